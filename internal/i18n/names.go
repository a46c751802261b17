package i18n

import "strings"

// nameColumns are the languages of the generated tables, in their order.
var nameColumns = [4]string{"en", "fr", "es", "ar"}

// Country returns the name of a country by its ISO 3166 alpha-3 code, or "" when
// it is not known. A catalogue's "country.XXX" goes before the built-in table.
func (p *Printer) Country(alpha3 string) string {
	return p.name("country.", strings.ToUpper(alpha3), countryNames)
}

// Member returns the name of an OGP member: in English as OGP writes it, in
// other languages the country's name where the code is one, else as OGP writes it.
func (p *Printer) Member(code, ogpName string) string {
	base, _, _ := strings.Cut(p.Code, "-")
	if base == English || p.Code == PseudoRTL {
		return ogpName
	}
	if name := p.Country(code); name != "" {
		return name
	}
	return ogpName
}

// LanguageName returns the name of a language by its BCP 47 code; of a regional
// code that has none, that of its base; the code itself when nothing is known.
func (p *Printer) LanguageName(code string) string {
	if name := p.name("language.", code, languageNames); name != "" {
		return name
	}
	base, _, _ := strings.Cut(code, "-")
	if name := p.name("language.", base, languageNames); name != "" {
		return name
	}
	return code
}

func (p *Printer) name(prefix, code string, table map[string][4]string) string {
	if p.Has(prefix + code) {
		return p.T(prefix + code)
	}
	names, ok := table[code]
	if !ok {
		return ""
	}
	for i, c := range nameColumns {
		if c == p.Code {
			return names[i]
		}
	}
	return names[0]
}

// List joins items as a sentence does: "a, b and c".
func (p *Printer) List(items []string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return p.isolate(items[0])
	}
	last := p.locale("list.last", "{a} and {b}")
	if base, _, _ := strings.Cut(p.Code, "-"); base == "es" && soundsLikeI(items[n-1]) {
		last = strings.Replace(last, " y ", " e ", 1)
	}
	out := p.isolate(items[0])
	for _, item := range items[1 : n-1] {
		out = replacePair(p.locale("list.middle", "{a}, {b}"), out, p.isolate(item))
	}
	return replacePair(last, out, p.isolate(items[n-1]))
}

// replacePair fills {a} and {b} without reading what it filled in.
func replacePair(pattern, a, b string) string {
	return strings.NewReplacer("{a}", a, "{b}", b).Replace(pattern)
}

// soundsLikeI tells whether Spanish "y" becomes "e" before the word.
func soundsLikeI(word string) bool {
	w := strings.ToLower(word)
	if strings.HasPrefix(w, "hia") || strings.HasPrefix(w, "hie") || strings.HasPrefix(w, "io") {
		return false
	}
	return strings.HasPrefix(w, "i") || strings.HasPrefix(w, "í") || strings.HasPrefix(w, "hi") || strings.HasPrefix(w, "hí")
}
