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

// table is an edition of OGP's table as rows to learn from.
type table struct {
	edition string
	rows    []tagging.Row
	tags    []taxonomy.ID
	names   map[taxonomy.ID]string
}

// readTable reads the edition's table in a folder.
func readTable(folder, edition string) (table, error) {
	path := filepath.Join(folder, "commitments-"+edition+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		return table{}, err
	}
	parsed, err := interchange.ParseOGP(interchange.BytesInput(path, data))
	if err != nil {
		return table{}, err
	}
	t := table{edition: edition, names: map[taxonomy.ID]string{}}
	for _, d := range parsed.Drafts {
		member := d.Member.Name
		if m, ok := interchange.FindMember(d.Member); ok {
			member = cmp.Or(m.Within, m.Code, m.Slug) // a city is never apart from its country
		}
		r := tagging.Row{Member: member, Source: edition, Title: d.Commitment.Title.Original(), Text: d.Commitment.Text.Original()}
		r.Key = edition + "|" + tagging.TextKey(member, r.Title.Text, r.Text.Text)
		for _, e := range d.Commitment.Tags {
			for _, name := range e.Yes {
				id := taxonomy.ID(civic.Slug(name))
				r.Yes = append(r.Yes, id)
				if t.names[id] == "" {
					t.names[id] = name
					t.tags = append(t.tags, id)
				}
			}
		}
		t.rows = append(t.rows, r)
	}
	return t, nil
}
