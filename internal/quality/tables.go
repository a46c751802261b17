package main

import (
	"cmp"
	"os"
	"path/filepath"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// readTable reads an edition's table in a folder as rows to learn from. A city is
// never apart from its country.
func readTable(folder, year string, g *taxonomy.Graph) (tagging.Table, error) {
	path := filepath.Join(folder, "commitments-"+year+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		return tagging.Table{}, err
	}
	parsed, err := interchange.ParseOGP(interchange.BytesInput(path, data))
	if err != nil {
		return tagging.Table{}, err
	}
	t := tagging.Table{Edition: parsed.Edition}
	seen := map[taxonomy.ID]bool{}
	for _, d := range parsed.Drafts {
		member := d.Member.Name
		if m, ok := interchange.FindMember(d.Member); ok {
			member = cmp.Or(m.Within, m.Code, m.Slug)
		}
		r := tagging.Row{Member: member, Title: d.Commitment.Title.Original(), Text: d.Commitment.Text.Original()}
		r.Key = year + "|" + tagging.TextKey(member, r.Title.Text, r.Text.Text)
		for _, e := range d.Commitment.Tags {
			for _, name := range e.Yes {
				id := cmp.Or(g.Resolve(name), taxonomy.ID(civic.Slug(name)))
				r.Yes = append(r.Yes, id)
				if !seen[id] {
					seen[id] = true
					t.Tags = append(t.Tags, id)
				}
			}
		}
		t.Rows = append(t.Rows, r)
	}
	return t, nil
}
