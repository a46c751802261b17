package app

import (
	"context"
	"io"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/taxonomy"
)

// ExportTaxonomy writes the tags in force today: "ttl" and "jsonld" are SKOS, with
// addresses that begin with base; "csv" is a line each with the counts.
func (a *App) ExportTaxonomy(ctx context.Context, format, base string, w io.Writer) error {
	v, graph, err := a.TaxonomyAt(ctx, "", 0)
	if err != nil {
		return err
	}
	skos := interchange.SKOS{Base: base, Title: schemeTitle, Version: v.Number, Date: v.Effective, Graph: graph}
	switch format {
	case "ttl":
		return skos.WriteTurtle(w)
	case "jsonld":
		return skos.WriteJSONLD(w)
	}
	items, err := a.Tags(ctx)
	if err != nil {
		return err
	}
	return writeTags(w, items)
}

// schemeTitle is data of the export, in the languages of the house.
var schemeTitle = civic.Text{{Lang: "en", Text: "Tags of open government commitments"}, {Lang: "fr", Text: "Étiquettes des engagements de gouvernement ouvert"},
	{Lang: "es", Text: "Etiquetas de los compromisos de gobierno abierto"}, {Lang: "ar", Text: "وسوم التزامات الحكومة المنفتحة"}}

// writeTags writes tags as CSV. Several values in a cell are divided by "|".
func writeTags(w io.Writer, items []TagItem) error {
	out := interchange.NewCSVWriter(w)
	langs := []string{"en", "fr", "es", "ar"}
	head := []string{"tag"}
	for _, l := range langs {
		head = append(head, "name_"+l, "definition_"+l)
	}
	if err := out.WriteRow(append(head, "aliases", "parents", "related", "deprecated", "successors", "editions", "commitments", "direct")); err != nil {
		return err
	}
	for _, t := range items {
		row := []string{t.Slug}
		for _, l := range langs {
			row = append(row, inLanguage(t.Names, l), inLanguage(t.Tag.Definition, l))
		}
		var aliases, editions []string
		for _, p := range t.Tag.Aliases {
			aliases = append(aliases, p.Text)
		}
		for _, s := range t.Tag.Spellings {
			editions = append(editions, string(s.Edition))
		}
		row = append(row, strings.Join(aliases, "|"), joined(t.Tag.Parents), joined(t.Tag.Related), t.Tag.Deprecated, joined(t.Tag.Into),
			strings.Join(editions, "|"), itoa(t.Commitments), itoa(t.Direct))
		if err := out.WriteRow(row); err != nil {
			return err
		}
	}
	return out.Close()
}

// inLanguage is a text in a language and in no other.
func inLanguage(t civic.Text, lang string) string {
	if p := t.In(lang); p.Lang == lang {
		return p.Text
	}
	return ""
}

func joined(ids []taxonomy.ID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, "|")
}
