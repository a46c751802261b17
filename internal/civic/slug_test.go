package civic

import "testing"

func TestSlugIsTheSameForNamesThatDifferInCaseOrPunctuation(t *testing.T) {
	for name, want := range map[string]string{
		"Anti-Corruption": "anti-corruption", "Anti-corruption": "anti-corruption",
		"Citizenship & Immigration": "citizenship-immigration", "LGBTQIA+": "lgbtqia",
		"Côte d'Ivoire": "cote-d-ivoire", "  Türkiye ": "turkiye", "مصر": "مصر", "&": "", "": "",
		"Publication Of Budget/Fiscal Information": "publication-of-budget-fiscal-information",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
}
