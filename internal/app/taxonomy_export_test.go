package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// valuesOf reads a cell as the data dictionary says.
func valuesOf(cell string) (out []string) {
	if cell == "" {
		return nil
	}
	value, quoted := "", false
	for _, r := range cell {
		switch {
		case quoted:
			value, quoted = value+string(r), false
		case r == '\\':
			quoted = true
		case r == '|':
			out, value = append(out, value), ""
		default:
			value += string(r)
		}
	}
	return append(out, value)
}

func TestTheTableOfTagsLosesNoNameInAnyLanguage(t *testing.T) {
	a := tagged(t)
	ctx := context.Background()
	set := setOf(t, `{"change_set": "more", "title": "More", "reason": "So", "changes": [
		{"op": "create", "names": {"zh": "开放数据"}, "definition": {"pt-BR": "Dados: todos\nos dias", "en": "Every day"}},
		{"op": "create", "names": {"en": "Slashes", "de": "Striche | und \\"}, "aliases": ["a,b|c", "back\\slash", {"pt": "traço"}]}]}`)
	if _, err := a.ApplyTags(ctx, civic.Operator(), set); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := a.ExportTaxonomy(ctx, "csv", "", &out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	_, graph, err := a.Taxonomy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	// read puts a text together again, in the order of languages.
	read := func(row []string, field string) (text civic.Text) {
		for _, lang := range []string{"en", "fr", "es", "ar"} {
			if s := row[at[field+"_"+lang]]; s != "" {
				text = append(text, civic.Phrase{Lang: lang, Text: s})
			}
		}
		for _, s := range valuesOf(row[at[field+"s_other"]]) {
			lang, said, _ := strings.Cut(s, ":")
			text = append(text, civic.Phrase{Lang: lang, Text: said})
		}
		return text
	}
	same := func(a, b civic.Text) bool {
		byLang := func(p, q civic.Phrase) int { return strings.Compare(p.Lang, q.Lang) }
		return slices.Equal(slices.SortedFunc(slices.Values(a), byLang), slices.SortedFunc(slices.Values(b), byLang))
	}
	seen := 0
	for _, row := range rows[1:] {
		tag, ok := graph.Tag(taxonomy.ID(row[at["tag"]]))
		if !ok {
			continue
		}
		seen++
		var aliases civic.Text
		languages := valuesOf(row[at["alias_languages"]])
		for i, s := range valuesOf(row[at["aliases"]]) {
			aliases = append(aliases, civic.Phrase{Lang: languages[i], Text: s})
		}
		if !same(read(row, "name"), tag.Names) || !same(read(row, "definition"), tag.Definition) || !slices.Equal(aliases, tag.Aliases) {
			t.Errorf("%s is read back as %v, %v, %v", tag.ID, read(row, "name"), read(row, "definition"), aliases)
		}
	}
	if seen != graph.Len() {
		t.Errorf("%d of %d tags are in the table", seen, graph.Len())
	}
}

func TestTheDataDictionaryListsTheColumnsOfTheTags(t *testing.T) {
	doc, err := os.ReadFile("../../docs/data-dictionary.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(doc), "## The tags")
	part, _, _ = strings.Cut(part, "\n## ")
	for _, name := range tagColumns {
		if !strings.Contains(part, "`"+name+"`") {
			t.Errorf("%s is not in the data dictionary", name)
		}
	}
}
