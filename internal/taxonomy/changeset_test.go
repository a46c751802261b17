package taxonomy

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

const goodSet = `{
  "change_set": "try",
  "title": "A try",
  "reason": "To see",
  "effective": "2030-02-01",
  "settings": [{"name": "where", "values": ["top", {"name": "side", "title": {"fr": "Côté", "en": "Side"}}], "default": "top"}],
  "changes": [
    {"op": "create", "names": {"fr": "Neuf", "en": "New"}, "aliases": ["Newer", {"fr": "Nouveau"}], "parents": "Top", "if": {"where": "top"}},
    {"op": "create", "names": "New", "parents": ["Side"], "facets": "open_data", "unverified": true, "if": {"where": "side"}, "reason": "Otherwise"},
    {"op": "merge", "tag": "Deep", "into": ["New"]}
  ]
}`

func TestAChangeSetIsReadAsItIsWritten(t *testing.T) {
	s, err := ReadSet(strings.NewReader("\ufeff" + goodSet))
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "try" || s.About.Title.String() != "A try" || s.Effective != "2030-02-01" || len(s.Settings) != 1 || s.Settings[0].Values[1].Title.Original().Lang != "fr" {
		t.Errorf("the set is %+v", s)
	}
	first, second := s.Changes[0], s.Changes[1]
	if first.Names.Original() != (civic.Phrase{Lang: "fr", Text: "Neuf"}) || len(first.Aliases) != 2 || first.Aliases[1].Lang != "fr" || first.Reason.String() != "To see" ||
		!slices.Equal(first.Parents, []ID{"Top"}) || second.Reason.String() != "Otherwise" || !second.Unverified || second.Facets[0] != FacetOpenData {
		t.Errorf("the changes are %+v", s.Changes)
	}
	for value, want := range map[string]string{"": "[1 3] map[where:top]", "side": "[2 3] map[where:side]"} {
		settings := map[string]string{"where": value}
		if value == "" {
			settings = nil
		}
		chosen, err := s.Choose(settings)
		var places []int
		for _, c := range chosen.Changes {
			places = append(places, c.Place)
		}
		if got := fmt.Sprint(places, " ", chosen.About.Settings); err != nil || strings.ReplaceAll(got, "  ", " ") != want || len(chosen.Settings) != 0 {
			t.Errorf("where %q: %s, %v", value, got, err)
		}
		again, err := chosen.Choose(nil)
		if err != nil || len(again.Changes) != len(chosen.Changes) || again.About.Settings["where"] != chosen.About.Settings["where"] {
			t.Errorf("chosen again it is %+v, %v", again, err)
		}
	}
	for _, bad := range []map[string]string{{"where": "nowhere"}, {"who": "top"}} {
		if _, err := s.Choose(bad); civic.KindOf(err) != civic.Invalid {
			t.Errorf("%v: %v", bad, err)
		}
	}
	if s.About.Settings != nil {
		t.Error("choosing changed the set")
	}
}

func TestAFaultNamesThePlaceInTheFile(t *testing.T) {
	s, err := ReadSet(strings.NewReader(strings.Replace(goodSet, `"Deep"`, `"Deepest"`, 1)))
	if err == nil {
		s, err = s.Choose(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err = Apply(small(t), s.Changes); !slices.Equal(faultsOf(err), []string{"changes.3.tag unknown_tag"}) {
		t.Errorf("the third operation of the file is the second that is made: %v", err)
	}
}

func TestAFileThatIsNoChangeSetIsRefused(t *testing.T) {
	change := func(one string) string {
		return `{"change_set":"try","title":"T","reason":"r","changes":[` + one + `]}`
	}
	for _, c := range []struct{ says, file, want string }{
		{"empty", "", "taxonomy.file.syntax"},
		{"no JSON", "hello", "taxonomy.file.syntax"},
		{"cut off", goodSet[:100], "taxonomy.file.syntax"},
		{"something behind", goodSet + "{}", "taxonomy.file.syntax"},
		{"a list", "[]", " taxonomy.file.form"},
		{"very deep", strings.Repeat("[", 100000), "taxonomy.file.syntax"},
		{"too large", `"` + strings.Repeat("x", MaxFile) + `"`, "taxonomy.file.large"},
		{"a field twice", `{"title":"a","title":"b"}`, "taxonomy.file.double"},
		{"nothing in it", "{}", "change_set taxonomy.file.missing, title taxonomy.file.missing, changes no_changes"},
		{"an unknown field", strings.Replace(goodSet, `"title"`, `"headline"`, 1), "headline taxonomy.file.unknown, title taxonomy.file.missing"},
		{"an unknown field of an operation", change(`{"op":"merge","tag":"a","to":"b"}`), "changes.1.to taxonomy.file.unknown, changes.1.into one_target"},
		{"an unknown operation", change(`{"op":"Merge","tag":"a","into":"b"}`), "changes.1.op unknown_op"},
		{"a number for a tag", change(`{"op":"merge","tag":4,"into":"b"}`), "changes.1.tag taxonomy.file.form, changes.1.tag no_tag"},
		{"a number for a list", change(`{"op":"merge","tag":"a","into":4}`), "changes.1.into taxonomy.file.form, changes.1.into one_target"},
		{"a word for an operation", change(`"merge"`), "changes.1 taxonomy.file.form"},
		{"operations that are no list", `{"change_set":"try","title":"T","reason":"r","changes":{}}`, "changes taxonomy.file.form"},
		{"no operations", change(""), "changes no_changes"},
		{"no reason", strings.Replace(change(`{"op":"merge","tag":"a","into":"b"}`), `"reason":"r",`, "", 1), "changes.1.reason reason"},
		{"a name with blanks", strings.Replace(goodSet, `"try"`, `"A try"`, 1), "change_set set_name"},
		{"a day that is none", strings.Replace(goodSet, "2030-02-01", "1 February", 1), "effective set_day"},
		{"a language that is none", strings.Replace(goodSet, `"title"`, `"language": "English", "title"`, 1), "language set_language"},
		{"a default that is none", strings.Replace(goodSet, `"default": "top"`, `"default": "bottom"`, 1), "settings.1.default setting_value"},
		{"a setting without values", strings.Replace(goodSet, `"values": ["top", {`, `"values": [], "title": [{`, 1), "settings.1.title taxonomy.file.form, settings.1 taxonomy.file.form, changes.1.if.where no_setting, changes.2.if.where no_setting"},
		{"an unknown setting", strings.Replace(goodSet, `"if": {"where": "top"}`, `"if": {"when": "top"}`, 1), "changes.1.if.when no_setting"},
		{"an unknown value", strings.Replace(goodSet, `"if": {"where": "top"}`, `"if": {"where": "up"}`, 1), "changes.1.if.where setting_value"},
		{"a condition that is a word", strings.Replace(goodSet, `"if": {"where": "top"}`, `"if": "top"`, 1), "changes.1.if taxonomy.file.form"},
		{"true for a word", strings.Replace(goodSet, `"unverified": true`, `"unverified": "yes"`, 1), "changes.2.unverified taxonomy.file.form"},
		{"too many operations", change(strings.Repeat(`{},`, MaxChanges) + `{}`), "changes many_changes"},
	} {
		_, err := ReadSet(strings.NewReader(c.file))
		if got := strings.Join(faultsOf(err), ", "); got != c.want {
			t.Errorf("%s: %q, not %q", c.says, got, c.want)
		}
	}
	var list civic.Errors
	_, err := ReadSet(strings.NewReader(strings.Replace(goodSet, `"title"`, `"headline"`, 1)))
	if list, _ = err.(civic.Errors); len(list) == 0 || list[0].Args["line"] != 3 {
		t.Errorf("the line is not told: %v", err)
	}
}

func TestTheExampleOfTheDocumentationCanBeRead(t *testing.T) {
	page, err := os.ReadFile("../../docs/formats/tag-changes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "```json\n")
	example, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("it has no example")
	}
	set, err := ReadSet(strings.NewReader(example))
	if err == nil {
		_, err = timeline(t).Apply(set, "2030-01-01", ids())
	}
	if err != nil {
		t.Error(err)
	}
	for _, op := range Ops {
		if !strings.Contains(string(page), "`"+string(op)+"`") {
			t.Errorf("the page does not speak of %s", op)
		}
	}
}

// FuzzReadSet: whatever is read as a change set, nothing breaks, and what can be
// made of the editions keeps the invariants.
func FuzzReadSet(f *testing.F) {
	f.Add([]byte(goodSet))
	files, err := filepath.Glob("changesets/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	for _, op := range Ops {
		f.Add(fmt.Appendf(nil, `{"change_set":"a","title":"T","reason":"r","changes":[{"op":%q,"tag":"Open Data","names":"New","into":["aid","tax"],"parents":"justice"}]}`, op))
	}
	line := timeline(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ReadSet(bytes.NewReader(raw))
		if err != nil {
			if civic.KindOf(err) == "" {
				t.Fatalf("an error that nobody can act on: %v", err)
			}
			return
		}
		entries, err := line.Apply(s, "2030-01-01", ids())
		if err != nil {
			if civic.KindOf(err) == "" {
				t.Fatalf("an error that nobody can act on: %v", err)
			}
			return
		}
		next, err := line.With(entries...)
		if err != nil {
			t.Fatal(err)
		}
		if err := next.Newest().Check(); err != nil {
			t.Fatal(err)
		}
	})
}
