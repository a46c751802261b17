package interchange

import (
	"cmp"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// Tagged gives what was read as rows with tags, for learning and measuring. A
// locality goes with its country, and a member has one name in all editions, so
// that a validation never has a member on both sides. Tags are those that the edition
// asks about, whatever the rows say, named as the graph knows them; those it does not
// know by their slug.
func Tagged(p Parsed, g *taxonomy.Graph) tagging.Table {
	named := func(name string) taxonomy.ID { return cmp.Or(g.Resolve(name), taxonomy.ID(civic.Slug(name))) }
	t := tagging.Table{Edition: p.Edition}
	for _, name := range TagNames(p.Edition) {
		if id := named(name); !slices.Contains(t.Tags, id) {
			t.Tags = append(t.Tags, id)
		}
	}
	for _, d := range p.Drafts {
		member := d.Member.Name
		if m, ok := FindMember(d.Member); ok {
			member = cmp.Or(m.Within, m.Code, m.Slug)
		}
		r := tagging.Row{Place: d.Row, Member: member, Source: string(p.Edition), Title: d.Commitment.Title.Original(), Text: d.Commitment.Text.Original()}
		r.Key = tagging.TextKey(strings.Join([]string{string(p.Edition), d.Member.Name, d.Plan.Number, d.Number}, " "), r.Title.Text, r.Text.Text)
		for _, e := range d.Commitment.Tags {
			for _, name := range e.Yes {
				r.Yes = append(r.Yes, named(name))
			}
			for _, u := range e.Unknown {
				r.Unknown = append(r.Unknown, named(u.Name))
			}
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}
