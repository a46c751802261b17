package app

import (
	"context"
	"io"
	"slices"
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

// ownColumn are the languages whose names and definitions have a column of their own.
var ownColumn = []string{"en", "fr", "es", "ar"}

// tagColumns are the columns of the tags as CSV. Several values in a cell are divided by
// "|"; within a value "\|" is that sign and "\\" a backslash.
var tagColumns = []string{"tag", "name_en", "definition_en", "name_fr", "definition_fr", "name_es", "definition_es", "name_ar", "definition_ar", "aliases", "parents", "related",
	"deprecated", "successors", "editions", "commitments", "direct", "names_other", "definitions_other", "alias_languages"}

// writeTags writes tags as CSV, texts in every language that they have.
func writeTags(w io.Writer, items []TagItem) error {
	out := interchange.NewCSVWriter(w)
	if err := out.WriteRow(tagColumns); err != nil {
		return err
	}
	for _, t := range items {
		row := []string{t.Slug}
		for _, l := range ownColumn {
			row = append(row, inLanguage(t.Names, l), inLanguage(t.Tag.Definition, l))
		}
		var aliases, languages, editions []string
		for _, p := range t.Tag.Aliases {
			aliases, languages = append(aliases, p.Text), append(languages, p.Lang)
		}
		for _, s := range t.Tag.Spellings {
			editions = append(editions, string(s.Edition))
		}
		row = append(row, cellOf(aliases), joined(t.Tag.Parents, "|"), joined(t.Tag.Related, "|"), t.Tag.Deprecated, joined(t.Tag.Into, "|"),
			cellOf(editions), itoa(t.Commitments), itoa(t.Direct), inOthers(t.Names), inOthers(t.Tag.Definition), cellOf(languages))
		if err := out.WriteRow(row); err != nil {
			return err
		}
	}
	return out.Close()
}

// cellOf writes several values into one cell.
func cellOf(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = strings.NewReplacer(`\`, `\\`, `|`, `\|`).Replace(v)
	}
	return strings.Join(out, "|")
}

// inOthers are a text's phrases in languages without a column: "zh:..." each.
func inOthers(t civic.Text) string {
	var out []string
	for _, p := range t {
		if !slices.Contains(ownColumn, p.Lang) {
			out = append(out, p.Lang+":"+p.Text)
		}
	}
	return cellOf(out)
}

// inLanguage is a text in a language and in no other.
func inLanguage(t civic.Text, lang string) string {
	if p := t.In(lang); p.Lang == lang {
		return p.Text
	}
	return ""
}

// joined are IDs with a mark between them.
func joined(ids []taxonomy.ID, mark string) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, mark)
}
