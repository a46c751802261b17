package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

func builtInCatalogues(t testing.TB) map[string]catalogue {
	t.Helper()
	out := map[string]catalogue{}
	for _, l := range builtIn().Languages() {
		out[l.Code] = For(l.Code).own
	}
	if len(out) != 4 {
		t.Fatalf("%d built-in languages, want 4", len(out))
	}
	return out
}

// all returns every text of a message by its form.
func (m message) all() map[string][]piece {
	if m.plural() {
		return m.forms
	}
	return map[string][]piece{"other": m.other}
}

func names(pieces []piece) []string {
	var out []string
	for _, p := range pieces {
		if p.name != "" {
			out = append(out, p.name)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func text(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.name != "" {
			b.WriteString("{" + p.name + "}")
		}
		b.WriteString(p.text)
	}
	return b.String()
}

func TestEveryKeyStandsInEveryLanguageAndNoOther(t *testing.T) {
	all := builtInCatalogues(t)
	for code, c := range all {
		for key := range all[English] {
			if _, ok := c[key]; !ok {
				t.Errorf("%s: %q is missing", code, key)
			}
		}
		for key := range c {
			_, ok := all[English][key]
			if !ok && !strings.HasPrefix(key, "country.") && !strings.HasPrefix(key, "language.") {
				t.Errorf("%s: %q is not in en.json", code, key)
			}
		}
	}
}

var keyForm = regexp.MustCompile(`^[a-z_]+(\.[A-Za-z0-9_-]+)+$`)

func TestKeysAreLowerCasePartsWithDots(t *testing.T) {
	for key := range builtInCatalogues(t)[English] {
		if !keyForm.MatchString(key) {
			t.Errorf("%q is no form of a key", key)
		}
	}
}

func TestTranslationsHaveThePlaceholdersOfTheEnglish(t *testing.T) {
	all := builtInCatalogues(t)
	for code, c := range all {
		for key, m := range c {
			english, ok := all[English][key]
			if !ok {
				continue
			}
			if english.plural() != m.plural() {
				t.Errorf("%s: %q is plural in one language and not in the other", code, key)
			}
			want := names(english.other)
			for form, pieces := range m.all() {
				got := names(pieces)
				if m.plural() { // "one commitment" needs no number
					got = slices.DeleteFunc(got, func(n string) bool { return n == "count" })
					want = slices.DeleteFunc(slices.Clone(want), func(n string) bool { return n == "count" })
				}
				if m.plural() && (form == "zero" || form == "one" || form == "two") && len(got) < len(want) {
					got = want // "nothing to show" needs no range
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %q (%s) has %v, English has %v", code, key, form, got, want)
				}
			}
		}
	}
}

func TestPluralMessagesHaveTheFormsOfTheirLanguageAndNoOther(t *testing.T) {
	want := map[string][]string{
		"en": {"one", "other"}, "fr": {"many", "one", "other"}, "es": {"many", "one", "other"},
		"ar": {"few", "many", "one", "other", "two", "zero"},
	}
	for code, c := range builtInCatalogues(t) {
		for key, m := range c {
			if !m.plural() {
				continue
			}
			var got []string
			for form := range m.forms {
				got = append(got, form)
			}
			slices.Sort(got)
			if !slices.Equal(got, want[code]) {
				t.Errorf("%s: %q has the forms %v, want %v", code, key, got, want[code])
			}
		}
	}
}

// same lists what may read alike in English and another language: names, words
// that the languages share, and patterns without words.
var same = regexp.MustCompile(`^(locale\.|site\.(name|title)$|nav\.api$|apidocs\.title$|format\.|unit\.|filter\.choice$|footer\.version$|history\.title$|label\.|regime\.|kind\.|status\.|nav\.pages$|table\.|commitment\.evidence\.source$|error\.(page_title|cause)$|scale\.|product\.|member\.institutions\.title$|commitment\.notes\.title$|commitment\.number|count\.|data\.|history\.|role\.|region\.|accessibility\.feedback\.contact|verb\.|variable\.ambition$|people\.institution$|responsibility\.(licence|duties)$|moderation\.contribution$|form\.error$)`)

func TestNothingIsLeftInEnglish(t *testing.T) {
	all := builtInCatalogues(t)
	for code, c := range all {
		if code == English {
			continue
		}
		alike := 0
		for key, m := range c {
			english, ok := all[English][key]
			if !ok || text(english.other) != text(m.other) || strings.HasPrefix(key, "locale.") {
				continue
			}
			alike++
			words := len(strings.Fields(text(m.other)))
			if !same.MatchString(key) || words > 3 {
				t.Errorf("%s: %q is the English text %q", code, key, text(m.other))
			}
		}
		if alike > 60 {
			t.Errorf("%s: %d texts read as in English", code, alike)
		}
	}
}

// slips are patterns that a careful typesetter of the language would not leave.
var slips = map[string][]struct{ what, pattern string }{
	"all": {
		{"a straight double quotation mark", `"`},
		{"two spaces", `[^ ]  `},
		{"a space at the end", ` $`},
		{"three dots instead of an ellipsis", `\.\.\.`},
		{"markup", `</?[a-z]+>|&[a-z]+;`},
	},
	"en": {{"a straight apostrophe", `'`}, {"a guillemet", `[«»]`}},
	"fr": {
		{"a straight apostrophe", `'`},
		{"no narrow no-break space before ; ? !", `[^\x{202f}][;?!]`},
		{"no no-break space before a colon", `[^\x{a0}/]:( |$)`},
		{"no no-break space inside guillemets", `«[^\x{a0}]|[^\x{a0}]»`},
		{"an English quotation mark", `[“”]`},
	},
	"es": {
		{"an English quotation mark", `[“”]`},
		{"a question without its opening mark", `^[^¿]*\?`},
		{"a space before punctuation", ` [;:?!]`},
	},
	"ar": {
		{"a Latin comma or semicolon after an Arabic letter", `\p{Arabic}[,;]`},
		{"a Latin question mark after an Arabic letter", `\p{Arabic}\?`},
		{"an English quotation mark", `[“”]`},
		{"a tatweel", "[^ل]\u0640[^«]"},
	},
}

func TestTypographyIsThatOfTheLanguage(t *testing.T) {
	for code, c := range builtInCatalogues(t) {
		for _, s := range append(slices.Clone(slips["all"]), slips[code]...) {
			re := regexp.MustCompile(s.pattern)
			for key, m := range c {
				if strings.HasPrefix(key, "locale.") {
					continue
				}
				for _, pieces := range m.all() {
					if line := text(pieces); re.MatchString(line) {
						t.Errorf("%s: %q has %s: %q", code, key, s.what, line)
					}
				}
			}
		}
	}
}

func TestArabicTextsAreArabic(t *testing.T) {
	arabic, latin := regexp.MustCompile(`\p{Arabic}`), regexp.MustCompile(`\p{Latin}`)
	bare := regexp.MustCompile(`^(site\.name$|locale\.|format\.)`)
	for key, m := range builtInCatalogues(t)["ar"] {
		literal := placeholder.ReplaceAllString(text(m.other), "")
		if latin.MatchString(literal) && !arabic.MatchString(literal) && !bare.MatchString(key) {
			t.Errorf("%q has no Arabic letter: %q", key, text(m.other))
		}
	}
}

func FuzzCatalogue(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a.b":"c"}`, `{"a.b":{"one":"{count} x","other":"{count} y"}}`, `{"a.b":{"one":"x"}}`, `{"a.b":1}`, `{"a":"b","a":"c"}`,
		`{"a.b":{"many more":"x","other":"y"}}`, "\xef\xbb\xbf{\"a.b\":\"{\"}", `[`, `{"a.b":"{x}{y}{{z}}"}`, `{"a.b":null}`, "{\"a.b\":\"\xff\"}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parse(data)
		if err != nil {
			return
		}
		for key, m := range c {
			if len(m.other) == 0 {
				t.Errorf("%q has no form \"other\"", key)
			}
			p := &Printer{own: c}
			_ = p.T(key, "count", 3)
		}
	})
}
