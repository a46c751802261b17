package text

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

var awkward = []string{"", " ", "a", "Straße", "STRASSE", "ﬁn", "Éducation", "e\u0301", "İstanbul", "ISPARTA", "ısı", "ΣΊΣΥΦΟΣ", "ς", "الشَّفافِيَّة",
	"کتاب‌ها", "क़ानून", "क़", "한국어", "ᄒᆞᆫ글", "がﾞｶﾞ", "ก็", "a<br/>b", "<BR >", "<b\u00adr>", "＜br＞", "½", "ﷺ", "e-government",
	"l'accès", "об’єднання", "\x00", "a\x00b", "\xff\xfe", "\uFFFD", "\ue000bullet", "\u200bx\u200b", "א\u05b0\u05b1", "ǅ", "Ꭰꭰ", "Ა", "\u0301", "a\u0345\u0301",
	"٢٠١٧", "१२", "𝟙𝟚", "🏳️‍🌈", "1️⃣", "AND OR NOT NEAR(\"x\" *", "'", "''a''", "a'", "“quoted”", "x—y", "ℌello", "K", "Ω", "ſ", "ŉ", "ΐ", "ᾳ", "ŀ", "⑩", "㎏", "a\u0338b",
	"\u1100\u1161\u11a8", "ཨོཾ", "မြန်မာ", "ខ្មែរ", "ລາວ", "\U0001e900", "\U00010400", "ﬀ\u0301", "ä\u0327", "\u0344", "ゟ", "\u3164", "\u2126\u0301"}

func TestFoldMakesEqualWhatPeopleCallEqual(t *testing.T) {
	for _, c := range [][2]string{
		{"  Open\n\tGovernment ", "open government"}, {"a<br/>b<BR>c<br />d", "a b c d"}, {"Straße", "strasse"}, {"Éducation", "education"},
		{"e\u0301", "e"}, {"İI ıi", "ii ii"}, {"ΠΡΟΫΠΟΛΟΓΙΣΜΌΣ", "προυπολογισμοσ"}, {"προϋπολογισμός", "προυπολογισμοσ"},
		{"الشَّفافِيَّة", "الشفافيه"}, {"أحمد إلى آخر", "احمد الي اخر"}, {"کتاب‌های", "كتاب هاي"}, {"שָׁלוֹם", "שלומ"}, {"Подотчётность", "подотчетность"},
		{"जानकारियाँ", "जानकारियाँ"}, {"ＡＢＣ ｶﾞ", "abc ガ"}, {"\uf0b7 item\u200b two", "item two"}, {"co\u00adop", "coop"}, {"٢٠١٧ ۲۰ २०", "2017 20 20"},
		{"“a” – ‘b’", "\"a\" - 'b'"}, {"Łódź Øst æ đ", "lodz ost ae d"}, {"a\x00b", "a b"}, {"\xff", "\uFFFD"}, {"", ""},
	} {
		if got := Fold(c[0]); got != c[1] {
			t.Errorf("Fold(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestTitleNumbersAreDropped(t *testing.T) {
	for _, c := range [][2]string{
		{"10. Ethics in research", "ethics in research"}, {"4.2. The police", "the police"}, {"1.1 Standardization", "standardization"},
		{"Commitment 3: Open data", "open data"}, {"4.1. Commitment: Open data", "open data"}, {"Measure 6. Protection", "protection"},
		{"21 Protection of persons", "protection of persons"}, {"3) Portal", "portal"}, {"7 - Portal", "portal"}, {"10.The portal", "the portal"},
		{"2.5% of the budget", "2.5% of the budget"}, {"24/7 service", "24/7 service"}, {"2012 plan", "2012 plan"}, {"10:30 meeting", "10:30 meeting"},
		{"5.", "5."}, {"100 open data sets", "100 open data sets"}, {"Commitment to openness", "commitment to openness"},
	} {
		if got := FoldTitle(c[0]); got != c[1] {
			t.Errorf("FoldTitle(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func checkFold(t *testing.T, s string) {
	t.Helper()
	f := Fold(s)
	if g := Fold(f); g != f {
		t.Errorf("Fold is not idempotent on %q: %q, then %q", s, f, g)
	}
	if !utf8.ValidString(f) || strings.ContainsAny(f, "\x00\n\t\r\u00a0") || strings.TrimSpace(f) != f || strings.Contains(f, "  ") {
		t.Errorf("Fold(%q) = %q is not clean", s, f)
	}
	for _, k := range []string{FoldTitle(s), MatchKey(s), TitleKey(s)} {
		if Fold(k) != k {
			t.Errorf("key %q of %q is not folded", k, s)
		}
	}
}

func checkToken(t *testing.T, from, tok string) {
	t.Helper()
	if tok == "" || utf8.RuneCountInString(tok) > MaxToken || !utf8.ValidString(tok) {
		t.Errorf("token %q of %q is empty, too long or broken", tok, from)
	}
	for _, r := range tok {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.In(r, unicode.Mn, unicode.Mc) {
			t.Errorf("token %q of %q holds %U", tok, from, r)
		}
	}
	if Fold(tok) != tok {
		t.Errorf("token %q of %q is not folded: %q", tok, from, Fold(tok))
	}
}

func checkTokens(t *testing.T, s, lang string) {
	t.Helper()
	tokens := Tokens(s, lang)
	for _, tok := range tokens {
		checkToken(t, s, tok)
	}
	if len(slices.Compact(slices.Sorted(slices.Values(tokens)))) != len(tokens) {
		t.Errorf("Tokens(%q) repeats a token: %q", s, tokens)
	}
	if !slices.Equal(tokens, Tokens(s, lang)) {
		t.Errorf("Tokens(%q) differs from call to call", s)
	}
}

func checkQuery(t *testing.T, q string) {
	t.Helper()
	words := Query(q)
	if len(words) > MaxQueryWords {
		t.Errorf("Query(%q) has %d words", q, len(words))
	}
	for _, w := range words {
		if len(w) == 0 || len(w) > MaxVariants {
			t.Errorf("Query(%q) has a word with %d variants", q, len(w))
		}
		for _, v := range w {
			checkToken(t, q, v)
		}
	}
	if len(q) < maxQuery {
		for _, lang := range []string{"en", "ar", "und"} {
			if missed, _ := missing(q, lang, q); len(missed) > 0 {
				t.Errorf("the text %q in %s does not find itself: %q", q, lang, missed)
			}
		}
	}
}

func TestAwkwardTextsStayClean(t *testing.T) {
	long := strings.Repeat("ä", 300) + " " + strings.Repeat("数", 300) + " " + strings.Repeat("\u0e01\u0e34", 100) + "\u0e01" + strings.Repeat("\u0e34", 200)
	for _, s := range append(awkward, long, strings.Join(awkward, ""), strings.Join(awkward, " ")) {
		checkFold(t, s)
		checkQuery(t, s)
		for _, l := range []string{"", "en", "de", "tr", "ar", "he", "am", "sr", "xx", "zh-Hant"} {
			checkTokens(t, s, l)
		}
	}
}

func TestEveryCharacterFoldsAndTokenisesCleanly(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.Is(unicode.Cs, r) || unicode.Is(unicode.Co, r) && r != 0xe000 || 0x30000 < r && r < 0xe0000 || 0x4e10 < r && r < 0x9f00 || 0xac80 < r && r < 0xd700 || 0x20010 < r && r < 0x2f7ff {
			continue
		}
		s := string(r)
		f := Fold(s)
		if Fold(f) != f {
			t.Errorf("%U folds to %q, then to %q", r, f, Fold(f))
		}
		for _, tok := range Tokens("a"+s+"b", "und") {
			checkToken(t, s, tok)
		}
	}
}

func TestWordsAreKnownAsPeopleTypeThem(t *testing.T) {
	for _, c := range []struct{ document, lang, query string }{
		{"An e-government portal", "en", "egovernment"}, {"An e-government portal", "en", "e-government"},
		{"the labour organisation analysed programmes", "en", "labor organization analyze program"},
		{"the labor organization analyzed programs", "en", "labour organisation analyse programme"},
		{"access to information", "en", "information access for the"}, {"水质监测", "zh", "水"}, {"개인정보 보호법", "ko", "법"},
		{"L’État publie", "fr", "etat l'état"}, {"The government's plan", "en", "government plan's"}, {"Статья 5 закона ISO 27001", "ru", "iso 27001 закон"},
		{"Plan 2017", "en", "٢٠١٧"}, {"javne nabavke", "sr", "јавним набавкама"},
	} {
		if missed, ok := missing(c.document, c.lang, c.query); !ok {
			t.Errorf("%q does not find %q: %q", c.query, c.document, missed)
		}
	}
}

func TestAQueryWithoutWordsAsksForNothing(t *testing.T) {
	for _, q := range []string{"", "  ", "* \" ( ) : - + ^", "\x00", "🏳"} {
		if w := Query(q); len(w) != 0 {
			t.Errorf("Query(%q) = %q", q, w)
		}
	}
	if w := Query("the"); len(w) != 1 {
		t.Errorf("a function word alone is a query, got %q", w)
	}
}

func similarity(a, b string) float64 { return FoldedSimilarity(Fold(a), Fold(b)) }

func TestSimilarityIsSymmetricalAndBounded(t *testing.T) {
	texts := append([]string{"open data portal", "Open Data Portal.", "open data portals", "an entirely different sentence"}, awkward...)
	for _, a := range texts {
		for _, b := range texts {
			s := similarity(a, b)
			if s < 0 || s > 1 || s != similarity(b, a) || Fold(a) == Fold(b) && s != 1 {
				t.Errorf("similarity(%q, %q) = %v, the other way round %v", a, b, s, similarity(b, a))
			}
		}
	}
	if s := similarity("Strengthening public-private collaboration", "Strengthening private-public collaboration"); s < 0.75 || s >= 1 {
		t.Errorf("two near titles have similarity %v", s)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(checkFold)
}

func FuzzTokens(f *testing.F) {
	for i, s := range awkward {
		f.Add(s, []string{"en", "de", "ar", "am", "und", "tr"}[i%6])
	}
	f.Fuzz(checkTokens)
}

func FuzzQuery(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(checkQuery)
}
