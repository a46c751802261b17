package civic

import "testing"

func TestSlugKeepsWhatCanBeReadInAnAddress(t *testing.T) {
	for name, want := range map[string]string{
		"Access to Information":         "access-to-information",
		"  E-Government / ICT & Tech. ": "e-government-ict-tech",
		"Côte d'Ivoire":                 "cote-divoire",
		"São Tomé and Príncipe":         "sao-tome-and-principe",
		"Łódź, Straße, Æther, Ørsted":   "lodz-strasse-aether-orsted",
		"İstanbul":                      "istanbul",
		"Буэнос":                        "буэнос",
		"й":                             "й",
		"الشفافية والمساءلة":            "الشفافية-والمساءلة",
		"शिक्षा नीति":                   "शिक्षा-नीति",
		"2016-18":                       "2016-18",
		"---":                           "",
		"":                              "",
	} {
		if got := Slug(name); got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
	}
}
