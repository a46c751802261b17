package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// duty is a form about something of a member's responsibility.
type duty struct {
	c      *call
	in     app.Responsibility
	f      *sent
	faults []components.Fault
	page   pages.Speak
}

// dutyOf begins a form for a member, who the caller may keep it for.
func (c *call) dutyOf(member, title string, f *sent, faults []components.Fault) (*duty, error) {
	r, err := c.site.App.Responsibility(c.r.Context(), member)
	if err != nil {
		return nil, err
	}
	if err := c.who.Ask(civic.MayKeepDuties, civic.Place{Member: r.Member.ID}); err != nil {
		return nil, err
	}
	d := &duty{c: c, in: r, f: f, faults: faults}
	d.page = pages.Speak{Title: title, Page: c.layout("", c.headed(title, faults)), Faults: faults, Action: c.r.URL.EscapedPath(), Send: c.p.T("responsibility.send"),
		Back: pages.Link{URL: c.url("/work/members/" + r.Member.Slug + "/responsibility"), Text: c.p.T("responsibility.title", "member", words{c.p}.memberName(r.Member.Member))}}
	return d, nil
}

// languages are those of the plans that run, else the reader's.
func (d *duty) languages() (out []string) {
	for _, p := range d.in.Plans {
		out = union(out, p.Languages)
	}
	if len(out) == 0 {
		out = []string{d.c.p.Code}
	}
	return out
}

func (d *duty) line(name, kind string, most int, optional bool) {
	key := "responsibility." + name
	f := components.Field{Name: name, Label: d.c.p.T(key), Hint: d.c.p.Or(key+".hint", ""), Value: d.f.text(name), Fault: components.Of(d.faults, name), Kind: kind, Max: most, Autocomplete: "off"}
	if kind == "" {
		f.Dir = "auto"
	}
	if optional {
		f.Optional = d.c.p.T("form.optional")
	}
	d.page.Fields = append(d.page.Fields, f)
}

func (d *duty) text(name string, rows, most int, optional bool) {
	key := "responsibility." + name
	for i, lang := range d.languages() {
		field := name + "." + lang
		f := components.Field{Name: field, Label: d.c.p.T("unit.with_note", "text", d.c.p.T(key), "note", d.c.p.LanguageName(lang)), Value: d.f.text(field), Lang: lang, Dir: civic.Direction(lang),
			Fault: components.Of(d.faults, field), Area: rows > 1, Rows: rows, Max: most}
		if i == 0 {
			f.Hint, f.Fault = d.c.p.Or(key+".hint", ""), cmp.Or(f.Fault, components.Of(d.faults, name))
			for n := range d.page.Faults { // the summary leads to the first language
				if d.page.Faults[n].Field == name {
					d.page.Faults[n].Field = field
				}
			}
		}
		if optional || i > 0 {
			f.Optional = d.c.p.T("form.optional")
		}
		d.page.Fields = append(d.page.Fields, f)
	}
}

// texts are what was typed in the languages of the form; others stay as they were.
func (d *duty) texts(name string, before civic.Text) (out civic.Text) {
	asked := d.languages()
	for _, lang := range asked {
		if text := d.f.text(name + "." + lang); text != "" {
			out = append(out, civic.Phrase{Lang: lang, Text: text})
		}
	}
	for _, p := range before {
		if !slices.Contains(asked, p.Lang) {
			out = append(out, p)
		}
	}
	return out
}

// owners and ties ask which institution answers and which commitments it is about.
func (d *duty) owners() {
	m := components.Menu{Name: "owner", Label: d.c.p.T("responsibility.owner"), Hint: d.c.p.T("responsibility.owner.hint"), Fault: components.Of(d.faults, "owner"),
		Items: []components.Choice{{Label: d.c.p.T("responsibility.nobody")}}}
	for _, i := range bodyNames(d.c, d.in) {
		m.Items = append(m.Items, components.Choice{Value: string(i.ID), Label: phrase.Flat(i.Name.In(d.c.p.Code).Text), Chosen: d.f.text("owner") == string(i.ID)})
	}
	d.page.Menus = append(d.page.Menus, m)
}

func (d *duty) ties() {
	if len(d.in.Commitments) == 0 {
		return
	}
	q := components.Choices{Name: "commitments", Legend: d.c.p.T("responsibility.commitments"), Hint: d.c.p.T("responsibility.commitments.hint"), Fault: components.Of(d.faults, "commitments"), Many: true}
	for id, item := range d.in.Commitments {
		q.Items = append(q.Items, components.Choice{Value: string(id), Label: phrase.Flat(words{d.c.p}.title(item.Dossier.Commitment).Text), Chosen: slices.Contains(d.f.all("commitments"), string(id))})
	}
	slices.SortFunc(q.Items, func(a, b components.Choice) int {
		return cmp.Or(strings.Compare(a.Label, b.Label), strings.Compare(a.Value, b.Value))
	})
	d.page.After = append(d.page.After, q)
}

func (d *duty) tiesChosen(before []civic.CommitmentID) (out []civic.CommitmentID) {
	for _, id := range d.f.all("commitments") {
		out = append(out, civic.CommitmentID(id))
	}
	for _, id := range before { // those of plans that are over are not asked for
		if _, asked := d.in.Commitments[id]; !asked {
			out = append(out, id)
		}
	}
	return out
}

// seen is the version that the form was made from.
func (d *duty) seen() int {
	n, _ := strconv.Atoi(d.f.text("seen")) // no number: 0, and any version is taken
	return n
}

func (d *duty) tension() {
	d.text("topic", 1, civic.MaxLine, false)
	d.page.Fields = append(d.page.Fields, components.Field{Name: "laws", Label: d.c.p.T("responsibility.laws"), Hint: d.c.p.T("responsibility.laws.hint"), Value: d.f.text("laws"),
		Fault: components.Of(d.faults, "laws"), Area: true, Rows: 4, Dir: "auto"})
	d.owners()
	d.ties()
}

func (d *duty) tool() {
	d.line("name", "", civic.MaxLine, false)
	d.text("purpose", 3, civic.MaxText, true)
	d.line("maintainer", "", civic.MaxLine, true)
	d.line("licence", "", civic.MaxLine, true)
	d.line("until", "date", 0, true)
	d.line("url", "url", civic.MaxAddress, true)
	kind := components.Menu{Name: "kind", Label: d.c.p.T("responsibility.kind"), Fault: components.Of(d.faults, "kind"), Items: []components.Choice{{Label: d.c.p.T("form.choose")}}}
	for _, k := range civic.MaintainerKinds {
		kind.Items = append(kind.Items, components.Choice{Value: k, Label: d.c.p.Or("maintainer."+k, k), Chosen: d.f.text("kind") == k})
	}
	d.page.Menus = append(d.page.Menus, kind)
	d.owners()
	d.ties()
}

// spread puts a text's languages into fields.
func spread(v url.Values, name string, t civic.Text) {
	for _, p := range t {
		v.Set(name+"."+p.Lang, p.Text)
	}
}

func idsOf(list []civic.CommitmentID) (out []string) {
	for _, id := range list {
		out = append(out, string(id))
	}
	return out
}

// kept ends a form: on to the list, or once more with its faults.
func (d *duty) kept(err error, ask func(*duty)) error {
	if err == nil {
		return d.c.goOn("/work/members/" + d.in.Member.Slug + "/responsibility?done=kept")
	}
	faults, ok := d.c.faults(err)
	if !ok {
		return err
	}
	again, err := d.c.dutyOf(d.in.Member.Slug, d.page.Title, d.f, faults)
	if err != nil {
		return err
	}
	again.page.Hidden = [][2]string{{"seen", d.f.text("seen")}}
	ask(again)
	return d.c.again(pages.SpeakPage(again.page))
}
