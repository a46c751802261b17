package taxonomy

import (
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"avow/internal/civic"
)

// The editions of OGP's table that the taxonomy begins with, as interchange names
// them, and the pages of commitments on OGP's site, whose names came with the
// edition of 2024.
const (
	Edition2014 civic.Edition = "ogp-2015" // the tags of 2014, in the table of May 2015
	Edition2017 civic.Edition = "ogp-2017"
	Edition2024 civic.Edition = "ogp-2024"
	EditionSite civic.Edition = "ogp-site"
)

// referenceDates say from which day an edition is taken to be in force. OGP dates
// none of them: for the first two it is the year, for the third the export's day.
var referenceDates = []struct {
	edition civic.Edition
	from    string
}{{Edition2014, "2014-01-01"}, {Edition2017, "2017-01-01"}, {Edition2024, "2024-07-03"}}

// Editions lists the editions that the taxonomy begins with, the oldest first.
func Editions() []civic.Edition { return []civic.Edition{Edition2014, Edition2017, Edition2024} }

// referenceFiles are the tags of the editions and the crosswalks between them:
// names as OGP writes them with translations of ours, the hierarchy of the edition
// of 2024 as its rows show it, and definitions restated where one was found.
//
//go:embed reference/*.json
var referenceFiles embed.FS

// referenceTag is a line of reference/tags.json.
type referenceTag struct {
	ID         ID                       `json:"id"`
	Editions   map[civic.Edition]string `json:"editions"`
	Names      map[string]string        `json:"names"` // beside the English one, which the editions give
	Aliases    []string                 `json:"aliases"`
	Parents    []ID                     `json:"parents"` // of the edition of 2024; the ones before have no order
	Definition map[string]string        `json:"definition"`
	Source     string                   `json:"source"`
	Facets     []Facet                  `json:"facets"`
	Derived    bool                     `json:"derived"`
}

// languages are those of the reference data, in the order of its texts.
var languages = []string{"en", "fr", "es", "ar"}

func textOf(m map[string]string) (t civic.Text) {
	for _, lang := range languages {
		if m[lang] != "" {
			t = append(t, civic.Phrase{Lang: lang, Text: m[lang]})
		}
	}
	return t
}

// at is the tag as it stands when the editions up to n are known; nil when none of
// them has it.
func (r referenceTag) at(n int) *Tag {
	t := &Tag{ID: r.ID, Definition: textOf(r.Definition), Source: r.Source, Facets: inOrder(r.Facets, Facets)}
	names := maps.Clone(r.Names)
	for _, e := range referenceDates[:n+1] {
		if name, ok := r.Editions[e.edition]; ok {
			t.Spellings = append(t.Spellings, Spelling{e.edition, name})
			names["en"] = name
		}
	}
	if n == len(referenceDates)-1 {
		t.Parents, t.Derived = with(nil, r.Parents...), r.Derived
		for _, name := range r.Aliases {
			t.Aliases = append(t.Aliases, civic.Phrase{Lang: languages[0], Text: name})
		}
		if name, ok := r.Editions[EditionSite]; ok {
			t.Spellings = append(t.Spellings, Spelling{EditionSite, name})
			if names["en"] == "" {
				names["en"] = name
			}
		}
	}
	t.Names = textOf(names)
	if names["en"] == "" {
		return nil
	}
	return t
}

type editionGraph struct {
	edition civic.Edition
	graph   *Graph
}

// referenceEditions are the graphs of the editions. A tag that a later edition
// lacks stays: it says which editions have it.
var referenceEditions = sync.OnceValue(func() []editionGraph {
	var lines []referenceTag
	readReference("reference/tags.json", &lines)
	var out []editionGraph
	for n, e := range referenceDates {
		d := newDraft(nil)
		d.date, d.faults = e.from, &faults{}
		for _, line := range lines {
			t := line.at(n)
			if t == nil {
				continue
			}
			d.tags[t.ID], d.own[t.ID] = t, true
			for _, p := range append(slices.Clone(t.Names), t.Aliases...) {
				d.claim("names", p.Text, t.ID)
			}
			for _, s := range t.Spellings {
				d.claim("names", s.Name, t.ID)
			}
			d.claim("names", string(t.ID), t.ID)
		}
		if len(d.found) > 0 {
			panic(d.found) // part of the program
		}
		out = append(out, editionGraph{e.edition, d.freeze()})
	}
	return out
})

func readReference(name string, into any) {
	raw, err := referenceFiles.ReadFile(name)
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		panic(err) // part of the program
	}
}
