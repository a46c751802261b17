package taxonomy

import (
	"maps"
	"slices"
	"strings"

	"avow/internal/civic"
)

// Set is a change set: operations that are applied, undone and redone together.
// Its file form is docs/formats/tag-changes.md.
type Set struct {
	Name      string // a slug
	About     About
	Effective string    // YYYY-MM-DD; "" for the day on which it is applied
	Settings  []Setting // what can still be chosen
	Changes   []Change
	when      []map[string]string // the settings under which each change is made; nil for all of them
}

// Setting is a choice that a set leaves open.
type Setting struct {
	Name    string
	Title   civic.Text
	Values  []SettingValue
	Default string // one of Values
}

// SettingValue is one of the answers to a setting.
type SettingValue struct {
	Name  string
	Title civic.Text
}

// Choose decides the settings: those given, the default for the others. The result
// has no open settings, says in About how they were decided, and has the changes
// alone that are made under them.
func (s Set) Choose(settings map[string]string) (Set, error) {
	var e civic.Errors
	if s.Name == "" || civic.Slug(s.Name) != s.Name || len(s.Name) > maxSetName {
		e.Add("change_set", KeySetName, "value", s.Name)
	}
	chosen := maps.Clone(s.About.Settings)
	if chosen == nil {
		chosen = map[string]string{}
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		if !slices.ContainsFunc(s.Settings, func(o Setting) bool { return o.Name == name }) {
			e.Add("settings."+name, KeyNoSetting, "value", name)
		}
	}
	for _, o := range s.Settings {
		value, ok := settings[o.Name]
		if !ok {
			value = o.Default
		}
		if chosen[o.Name] = value; !o.has(value) {
			e.Add("settings."+o.Name, KeySettingValue, "value", value, "setting", o.Name, "values", strings.Join(o.names(), ", "))
		}
	}
	e = append(e, checkAbout(About{s.About.Title, s.About.Source, chosen})...)
	for i, c := range s.Changes {
		e = append(e, checkTexts(c, c.at(i))...)
	}
	if len(e) > 0 {
		return Set{}, e
	}
	out := Set{Name: s.Name, About: s.About, Effective: s.Effective}
	if out.About.Settings = chosen; len(chosen) == 0 {
		out.About.Settings = nil
	}
	for i, c := range s.Changes {
		if i >= len(s.when) || fits(s.when[i], chosen) {
			out.Changes = append(out.Changes, c)
		}
	}
	return out, nil
}

// maxSetName bounds the name of a set, in bytes.
const maxSetName = 80

// fits reports whether everything that is asked for was chosen.
func fits(asked, chosen map[string]string) bool {
	for name, value := range asked {
		if chosen[name] != value {
			return false
		}
	}
	return true
}

func (o Setting) names() (out []string) {
	for _, v := range o.Values {
		out = append(out, v.Name)
	}
	return out
}

func (o Setting) has(value string) bool { return slices.Contains(o.names(), value) }
