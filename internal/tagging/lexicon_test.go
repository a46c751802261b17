package tagging

import (
	"slices"
	"strings"
	"testing"
)

func TestOneThingIsOneConceptInEveryLanguage(t *testing.T) {
	concept := slices.Index(words().names, "procurement")
	for _, s := range []string{"Public procurement", "Licitaciones y adquisiciones", "Les marchés publics", "Appel d’offres", "Compras públicas", "contratações", "مشتريات حكومية", "TENDERS"} {
		if !slices.Contains(conceptsIn([]string{s}), concept) {
			t.Errorf("%s", s)
		}
	}
	for _, s := range []string{"public health", "la contraseña", "marché du travail"} {
		if slices.Contains(conceptsIn([]string{s}), concept) {
			t.Errorf("%s", s)
		}
	}
}

func TestTheLexiconIsWellFormed(t *testing.T) {
	x := words()
	if x.common < 50 || len(x.names) <= x.common {
		t.Fatalf("%d concepts, %d of them common", len(x.names), x.common)
	}
	for line := range strings.Lines(lexiconFile) {
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line == "=" || strings.HasPrefix(line, "#") {
			continue
		}
		name, terms, ok := strings.Cut(line, "\t")
		if !ok || name == "" || terms == "" {
			t.Errorf("%q", line)
		}
		for term := range strings.FieldsSeq(terms) {
			for w := range strings.SplitSeq(term, "_") {
				if strings.Trim(w, "*") == "" || strings.Contains(strings.TrimSuffix(w, "*"), "*") {
					t.Errorf("%s: %q", name, term)
				}
			}
		}
	}
}
