package i18n

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestMessagesAreFilledInEachLanguage(t *testing.T) {
	for _, c := range []struct{ what, got, want string }{
		{"a plain message", For("fr").T("nav.commitments"), "Engagements"},
		{"a label keeps its digits together", For("en").T("unit.with_year", "name", "Report", "year", 2012), "Report, 2012"},
		{"a label in the reader's digits", For("ar").T("unit.with_year", "name", "تقرير", "year", 2012), "تقرير، ٢٠١٢"},
		{"one in English", For("en").N("count.commitments", 1), "1 commitment"},
		{"a thousand in English", For("en").N("count.commitments", 1203), "1,203 commitments"},
		{"zero is singular in French", For("fr").N("count.commitments", 0), "0 engagement"},
		{"a million in French", For("fr").N("count.commitments", 1_000_000), "1\u202f000\u202f000 d’engagements"},
		{"a million in Spanish", For("es").N("count.commitments", 1_000_000), "1.000.000 de compromisos"},
		{"none in Arabic", For("ar").N("count.commitments", 0), "لا التزامات"},
		{"two in Arabic", For("ar").N("count.commitments", 2), "التزامان"},
		{"three in Arabic", For("ar").N("count.commitments", 3), "٣ التزامات"},
		{"eleven in Arabic", For("ar").N("count.commitments", 11), "١١ التزامًا"},
		{"a hundred in Arabic", For("ar").N("count.commitments", 100), "١٠٠ التزام"},
		{"a hundred and three in Arabic", For("ar").N("count.commitments", 103), "١٠٣ التزامات"},
		{"an argument named Count chooses the form", For("en").T("count.plans", "Count", 1), "1 action plan"},
		{"names of arguments in any case", For("en").TMap("store.locked", map[string]any{"Place": "x.db"}), "Another process is writing to x.db. Nothing was changed. Try again when it has finished."},
		{"an argument that is not given stays visible", For("en").T("edition.table"), "Table “{name}”"},
		{"an argument is not read as a message", For("en").T("edition.table", "name", "{name}{count}"), "Table “{name}{count}”"},
		{"Latin words in an Arabic sentence are isolated", For("ar").T("edition.table", "name", "v1"), "الجدول «\u2068v1\u2069»"},
		{"Arabic words in an English sentence are isolated", For("en").T("commitments.title.search", "query", "شفافية"), "Commitments with “\u2068شفافية\u2069”"},
		{"Latin words in an English sentence are not", For("en").T("commitments.title.search", "query", "données"), "Commitments with “données”"},
		{"an error as an argument", For("en").T("cli.unexpected", "cause", errors.New("x")), "Something unexpected happened: x"},
		{"a name that is known", For("es").Or("region.europe", "x"), "Europa"},
		{"a name that nobody knows", For("es").Or("region.moon", "moon"), "moon"},
		{"a key that nobody has", For("es").T("no.such.key"), "⟦no.such.key⟧"},
		{"an unknown language is English", For("tlh").T("nav.home"), "Home"},
		{"a regional language is its base", For("fr-CA").T("nav.home"), "Accueil"},
		{"POSIX C is English", For("C").T("nav.home"), "Home"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.what, c.got, c.want)
		}
	}
}

func TestNumbersAreThoseOfTheReader(t *testing.T) {
	for _, c := range []struct {
		lang  string
		n     int
		want  string
		plain string
	}{
		{"en", 0, "0", "0"}, {"en", 999, "999", "999"}, {"en", 1000, "1,000", "1000"}, {"en", -1234567, "\u22121,234,567", "-1234567"},
		{"fr", 1203, "1\u202f203", "1203"}, {"es", 1203, "1203", "1203"}, {"es", 12030, "12.030", "12030"},
		{"ar", 1203, "١٬٢٠٣", "١٢٠٣"}, {"ar", 2024, "٢٬٠٢٤", "٢٠٢٤"},
	} {
		p := For(c.lang)
		if got := p.Number(c.n); got != c.want {
			t.Errorf("%s: Number(%d) = %q, want %q", c.lang, c.n, got, c.want)
		}
		if got := p.Plain(c.n); got != c.plain {
			t.Errorf("%s: Plain(%d) = %q, want %q", c.lang, c.n, got, c.plain)
		}
	}
	for _, c := range []struct{ got, want string }{
		{For("en").Decimal(1234.5, 1), "1,234.5"}, {For("fr").Decimal(0.25, 2), "0,25"}, {For("ar").Decimal(-2.5, 1), "\u2212٢٫٥"},
		{For("en").Decimal(2, 1), "2"}, {For("en").Decimal(-0.01, 1), "0"},
		{For("en").Percent(1, 3), "33%"}, {For("fr").Percent(1, 3), "33\u202f%"}, {For("ar").Percent(1, 3), "٣٣٪"},
		{For("en").Percent(1, 1000), "1%"}, {For("en").Percent(999, 1000), "99%"}, {For("en").Percent(0, 9), "0%"}, {For("en").Percent(9, 9), "100%"}, {For("en").Percent(0, 0), ""},
		{For("en").Bytes(1), "1 byte"}, {For("fr").Bytes(30_000), "30 ko"}, {For("es").Bytes(1_500_000), "1,5 MB"},
		{For("ar").Digits("4.2.2"), "٤.٢.٢"}, {For("fr").Digits("4.2.2"), "4.2.2"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestDatesAreWrittenOut(t *testing.T) {
	micros := time.Date(2012, 4, 1, 14, 3, 59, 0, time.UTC).UnixMicro()
	for _, c := range []struct{ lang, date, dateTime, day, month, year string }{
		{"en", "1 April 2012", "1 April 2012, 14:03 UTC", "5 April 2012", "April 2012", "2012"},
		{"fr", "1er\u00a0avril 2012", "1er\u00a0avril 2012 à 14:03 UTC", "5\u00a0avril 2012", "avril 2012", "2012"},
		{"es", "1 de abril de 2012", "1 de abril de 2012, 14:03 UTC", "5 de abril de 2012", "abril de 2012", "2012"},
		{"ar", "١ أبريل ٢٠١٢", "١ أبريل ٢٠١٢، ١٤:٠٣ بالتوقيت العالمي المنسق", "٥ أبريل ٢٠١٢", "أبريل ٢٠١٢", "٢٠١٢"},
	} {
		p := For(c.lang)
		got := []string{p.Date(micros), p.DateTime(micros), p.CivilDate("2012-04-05"), p.CivilDate("2012-04"), p.CivilDate("2012")}
		for i, want := range []string{c.date, c.dateTime, c.day, c.month, c.year} {
			if got[i] != want {
				t.Errorf("%s: %q, want %q", c.lang, got[i], want)
			}
		}
	}
	for _, odd := range []string{"", "IV quarter of 2020", "2012-13", "2012-02-30", "20x2", "04/05/2012"} {
		if got := For("ar").CivilDate(odd); got != odd {
			t.Errorf("a date that is none changed from %q to %q", odd, got)
		}
	}
}

func TestNamesOfCountriesAndLanguages(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{For("en").Country("LTU"), "Lithuania"}, {For("fr").Country("ltu"), "Lituanie"}, {For("es").Country("KOR"), "Corea del Sur"},
		{For("ar").Country("LTU"), "ليتوانيا"}, {For("ar").Country("CIV"), "كوت ديفوار"}, {For("fr").Country("XKX"), "Kosovo"}, {For("fr").Country("ARBA"), ""},
		{For("en").Member("KOR", "Republic of Korea"), "Republic of Korea"}, {For("fr").Member("KOR", "Republic of Korea"), "Corée du Sud"},
		{For("fr").Member("ARBA", "Buenos Aires, Argentina"), "Buenos Aires, Argentina"},
		{For("en").LanguageName("pt-BR"), "Brazilian Portuguese"}, {For("fr").LanguageName("uk"), "ukrainien"}, {For("ar").LanguageName("de"), "الألمانية"},
		{For("es").LanguageName("en-ZA"), "inglés"}, {For("es").LanguageName("xx"), "xx"},
		{For("en").List(nil), ""}, {For("en").List([]string{"a"}), "a"}, {For("en").List([]string{"a", "b", "c"}), "a, b and c"},
		{For("fr").List([]string{"a", "b"}), "a et b"}, {For("es").List([]string{"España", "Italia"}), "España e Italia"}, {For("es").List([]string{"agua", "hielo"}), "agua y hielo"},
		{For("ar").List([]string{"ألف", "باء", "جيم"}), "ألف، باء وجيم"}, {For("en").List([]string{"{b}", "c"}), "{b} and c"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	for code, row := range countryNames {
		if len(code) != 3 || strings.ToUpper(code) != code {
			t.Errorf("%q (%v) is no alpha-3 code", code, row)
		}
	}
}

func TestTheLanguageIsNegotiated(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "fr": "fr", "fr-CA,fr;q=0.9,en;q=0.8": "fr", "es-419": "es", "ar-EG": "ar", "de,es;q=0.5": "es", "ja": "en", "en-XA": "en",
		"*": "en", ";;;": "en", "fr;q=0": "en", strings.Repeat("fr,", 1000): "en",
	} {
		if got := builtIn().Negotiate(header); got != want {
			t.Errorf("Negotiate(%.40q) = %q, want %q", header, got, want)
		}
	}
}

func TestALanguageIsOneFile(t *testing.T) {
	extra := fstest.MapFS{
		"pt.json": {Data: []byte(`{"locale.name":"Português","locale.group":".","locale.month.4":"abril","locale.date.month":"{month} de {year}",
			"nav.home":"Início","count.plans":{"one":"{count} plano","other":"{count} planos"},"country.LTU":"Lituânia"}`)},
		"fr.json":   {Data: []byte(`{"nav.home":"Page d’accueil"}`)},
		"notes.txt": {Data: []byte("no catalogue")},
	}
	s, err := Load(Options{Extra: extra, Mark: "<<%s>>"})
	if err != nil {
		t.Fatal(err)
	}
	p := s.For("pt-BR")
	for _, c := range []struct{ got, want string }{
		{p.Code, "pt"}, {p.Name, "Português"}, {p.Dir, "ltr"}, {p.T("nav.home"), "Início"}, {p.N("count.plans", 1), "1 plano"}, {p.N("count.plans", 5000), "5.000 planos"},
		{p.CivilDate("2012-04"), "abril de 2012"}, {p.Country("LTU"), "Lituânia"}, {p.Country("LVA"), "Latvia"}, {p.T("nav.members"), "<<Members>>"},
		{s.For("fr").T("nav.home"), "Page d’accueil"}, {s.For("fr").T("nav.members"), "Membres"}, {s.Negotiate("pt-PT"), "pt"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if p.Has("nav.members") || !p.Has("nav.home") {
		t.Error("Has does not tell which keys the file has")
	}
	if missed := strings.Join(s.Missed(), ","); !strings.Contains(missed, "pt nav.members") {
		t.Errorf("missed keys are %q", missed)
	}
	codes := ""
	for _, l := range s.Languages() {
		codes += l.Code + " "
	}
	if codes != "en fr es ar pt " {
		t.Errorf("languages are %q", codes)
	}
}

func TestABrokenFileIsNamed(t *testing.T) {
	for name, data := range map[string]string{"pt.json": `{"a.b":`, "de.json": `{"a":"b","a":"c"}`, "no language.json": `{}`, "it.json": `{"a.b":{"one":"x"}}`, "nl.json": `{} x`, "fa.json": `{"locale.dir":"up"}`, "bn.json": `{"locale.digits":"012"}`} {
		_, err := Load(Options{Extra: fstest.MapFS{name: {Data: []byte(data)}}})
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: error %v does not name the file", name, err)
		}
	}
}

func FuzzTranslate(f *testing.F) {
	f.Add("unit.labelled", "title", "{after}", "شفافية", 2)
	f.Add("count.commitments", "", "\u202e", "{{count}}", -1)
	f.Add("no.such.key", "\x00", "%s", "</a>", 1<<40)
	f.Add("import.cell_too_large", "\xff", "1,000", "\u2069", 1000000)
	s, err := Load(Options{Pseudo: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, key, field, before, after string, n int) {
		for _, l := range s.Languages() {
			p := s.For(l.Code)
			_ = p.T(key, "field", field, "before", before, "after", after, "value", n, before)
			_ = p.N(key, n, "name", field)
			_, _, _ = p.Country(field), p.LanguageName(before), p.CivilDate(after)
			_, _, _ = p.List([]string{field, before, after}), p.Date(int64(n)), p.DateTime(int64(n))
			if got := p.T("unit.labelled", "label", before, "value", after); !strings.Contains(got, before) || !strings.Contains(got, after) {
				t.Errorf("%s: an argument was changed: %q", l.Code, got)
			}
			if p.Number(n) == "" || p.Bytes(int64(n)) == "" {
				t.Errorf("%s: no number for %d", l.Code, n)
			}
		}
		_ = builtIn().Negotiate(field)
	})
}
