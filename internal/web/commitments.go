package web

import (
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/search"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// filters are the names of the filters in the address, in the order of the form.
var filters = []string{"region", "member", "completion", "year", "tag", "facet", "scope", "lang", "plan"}

// commitments searches and lists.
func (s *Site) commitments(c *call) error {
	f := app.CommitmentFilter{
		Q: c.query("q"), Member: c.query("member"), Region: c.query("region"), Tag: c.query("tag"),
		Facet: c.query("facet"), Scope: c.query("scope"), Completion: c.query("completion"), Lang: c.query("lang"), Plan: c.query("plan"),
	}
	if y := c.query("year"); y != "" {
		n, err := strconv.Atoi(y)
		if err != nil {
			return &civic.Error{Kind: civic.Invalid, Key: "query.year", Field: "year", Args: map[string]any{"value": y}}
		}
		f.Year = n
	}
	if utf8.RuneCountInString(f.Q) > search.Most {
		return &civic.Error{Kind: civic.Invalid, Key: "query.q_long", Field: "q", Args: map[string]any{"most": search.Most}}
	}
	list, err := s.App.Commitments(c.r.Context(), f, 0, c.query("cursor"))
	if err != nil {
		return err
	}
	title := c.p.T("commitments.title")
	if f.Q != "" {
		title = c.p.T("commitments.title.search", "query", f.Q)
	}
	l := pages.Commitments{
		Page: c.layout("commitments", title), Search: c.searchBox("q", f.Q), Clear: c.url("/commitments"),
		Count: c.p.N("commitments.results", list.Total),
	}
	if l.Named, err = c.tagNamed(f.Q); err != nil {
		return err
	}
	l.Page.Search = false
	l.Page.Hidden = f.Q != "" || c.query("cursor") != ""
	if err := c.filters(&l, list.Facets); err != nil {
		return err
	}
	if list.Total == 0 {
		if l.Unknown, err = c.unknown(f); err != nil {
			return err
		}
	}
	mark := newMarker(f.Q)
	for _, it := range list.Items {
		l.Rows = append(l.Rows, c.commitmentRow(it, mark))
	}
	if list.Next != "" {
		l.Next = c.url("/commitments" + c.selection("", "cursor", list.Next))
	}
	if c.query("cursor") != "" {
		l.First = c.url("/commitments" + c.selection(""))
	}
	for _, id := range formats {
		l.Exports = append(l.Exports, pages.Link{URL: exportURL(id, c.selection("")), Text: c.p.T("format." + id)})
	}
	return c.show(pages.CommitmentsPage(l))
}

// selection writes what is selected now as the end of an address, without one
// filter and with more pairs behind it.
func (c *call) selection(without string, more ...string) string {
	var pairs []string
	for _, name := range append([]string{"q"}, filters...) {
		if name != without {
			pairs = append(pairs, name, c.query(name))
		}
	}
	return query(append(pairs, more...)...)
}

// filters fills the form and the links that take a filter away.
func (c *call) filters(l *pages.Commitments, facets []app.Facet) error {
	members, err := c.site.App.Members(c.r.Context())
	if err != nil {
		return err
	}
	names := make(map[string]string, len(members))
	for _, m := range members {
		names[m.Slug] = words{c.p}.memberName(m.Member)
	}
	if q := c.query("q"); q != "" {
		l.Active = append(l.Active, pages.Link{URL: c.url("/commitments" + c.selection("q")), Text: c.p.T("action.remove", "name", q)})
	}
	for _, name := range filters {
		chosen := c.query(name)
		label, text := c.p.T("filter."+name), chosen
		for _, facet := range facets {
			if facet.Name != name {
				continue
			}
			form := pages.Filter{Name: name, Label: label, Any: c.p.T("filter.any")}
			for _, ch := range facet.Choices {
				if ch.Value == "" {
					continue
				}
				word, lang := c.choice(name, ch), ""
				if in, ok := facet.Names[ch.Value]; ok {
					tag := c.tagPhrase(in)
					word, lang = tag.Text, tag.Lang
				}
				if known := names[ch.Value]; name == "member" && known != "" {
					word = known
				}
				if ch.Selected {
					text = word
				}
				form.Options = append(form.Options, pages.Option{Value: ch.Value, Selected: ch.Selected, Lang: lang, Text: c.p.T("filter.choice", "name", word, "count", ch.Count)})
			}
			if name == "member" {
				coll := collate.New(language.Make(c.p.Code), collate.IgnoreCase)
				slices.SortStableFunc(form.Options, func(a, b pages.Option) int { return coll.CompareString(a.Text, b.Text) })
			}
			l.Filters = append(l.Filters, form)
		}
		if chosen != "" {
			l.Open = true
			l.Active = append(l.Active, pages.Link{URL: c.url("/commitments" + c.selection(name)), Text: c.p.T("action.remove", "name", text)})
		}
	}
	return nil
}

// unknown says which of the values that are asked for no commitment here has,
// whatever else is asked for.
func (c *call) unknown(f app.CommitmentFilter) ([]string, error) {
	var out []string
	for _, one := range []struct {
		name, value string
		alone       app.CommitmentFilter
	}{
		{"member", f.Member, app.CommitmentFilter{Member: f.Member}}, {"tag", f.Tag, app.CommitmentFilter{Tag: f.Tag}},
		{"lang", f.Lang, app.CommitmentFilter{Lang: f.Lang}}, {"plan", f.Plan, app.CommitmentFilter{Plan: f.Plan}},
	} {
		if one.value == "" {
			continue
		}
		list, err := c.site.App.Commitments(c.r.Context(), one.alone, 1, "")
		if err != nil {
			return nil, err
		}
		if list.Total == 0 {
			out = append(out, c.p.T("filter.unknown", "value", layout.Cut(one.value, 60), "filter", c.p.T("filter."+one.name)))
		}
	}
	return out, nil
}

// choice is the word of a filter's value.
func (c *call) choice(filter string, ch app.Choice) string {
	w := words{c.p}
	switch filter {
	case "region":
		return w.region(civic.Region(ch.Value))
	case "completion":
		return w.completion(ch.Value).Text
	case "lang":
		return c.p.LanguageName(ch.Value)
	case "year":
		return c.p.Digits(ch.Value)
	case "facet":
		return c.p.T(taxonomy.Facet(ch.Value).Key())
	case "scope":
		return c.p.T(taxonomy.Scope(ch.Value).Key() + ".name")
	}
	if ch.Label != "" {
		return ch.Label
	}
	return ch.Value
}

// excerptLength is how many characters of a text a list shows.
const excerptLength = 260

func (c *call) commitmentRow(it app.CommitmentItem, mark *marker) pages.CommitmentRow {
	w := words{c.p}
	d := it.Dossier
	row := pages.CommitmentRow{
		URL: c.commitmentURL(it.Ref), Title: mark.text(w.title(d.Commitment), 0), Ref: d.Commitment.OGPID,
		Member:     pages.Link{URL: c.url("/members/" + url.PathEscape(d.Member.Slug)), Text: w.memberName(d.Member)},
		Completion: w.completion(it.Completion), CompletionIs: w.lead("label.completion"),
	}
	if t := d.Commitment.Text.Original(); t.Text != "" {
		row.Excerpt = mark.text(phrase.Of(t), excerptLength)
	}
	if len(d.Plans) > 0 {
		p := d.Plans[0]
		row.Plan = &pages.Link{URL: c.url("/plans/" + p.Slug), Text: w.planName(p)}
	}
	return row
}
