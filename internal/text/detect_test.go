package text

import (
	"strings"
	"testing"
)

func TestScriptsOfOneLanguageDecideEvenForOneWord(t *testing.T) {
	for text, want := range map[string]string{
		"საქართველო": "ka", "Հայաստան": "hy", "δήμος": "el", "ประเทศ": "th", "정보": "ko", "データの公開": "ja", "情報を見る": "ja", "预算": "zh", "תקציב": "he",
		"தமிழ்": "ta", "বাজেট": "bn", "በጀት": "am", "budget": "und", "": "und", "123 !": "und", "бюджет": "und", "ميزانية": "und",
	} {
		lang, sure := Detect(text, nil)
		if lang != want || sure != (want != "und") {
			t.Errorf("Detect(%q) = %s, %v; want %s", text, lang, sure, want)
		}
	}
	if lang, _ := Detect("সরকাৰে তথ্য প্ৰকাশ কৰিব", []string{"en", "as"}); lang != "as" {
		t.Errorf("of a script's languages the listed one counts, got %s", lang)
	}
}

func TestOnlyListedLanguagesAreGuessedAndAsListed(t *testing.T) {
	const pt = "O governo divulgará na internet todos os contratos e as despesas dos órgãos públicos, com dados em formato aberto."
	if lang, sure := Detect(pt, []string{"en", "pt-BR"}); lang != "pt-BR" || !sure {
		t.Errorf("got %s, %v", lang, sure)
	}
	for _, among := range [][]string{{"en", "es"}, {"fi"}, {"sq", "en"}} {
		lang, _ := Detect(pt, among)
		if lang != "und" && lang != among[0] && (len(among) < 2 || lang != among[1]) {
			t.Errorf("among %v: got %s", among, lang)
		}
	}
	if lang, _ := Detect(pt, []string{"ru"}); lang != "und" {
		t.Errorf("no listed language is written so, got %s", lang)
	}
}

func TestTheSentencesOfTheSearchCasesAreToldApart(t *testing.T) {
	right, wrongSure, n := 0, 0, 0
	for _, name := range []string{"hard-cases.tsv", "hard-cases-heldout.tsv"} {
		for _, c := range searchCases(t, name) {
			n++
			lang, sure := Detect(c.document, nil)
			if lang == c.lang {
				right++
				continue
			}
			t.Logf("%s taken for %s (sure: %v): %s", c.lang, lang, sure, c.document)
			if sure {
				wrongSure++
			}
		}
	}
	t.Logf("%d of %d sentences right, %d wrong and sure", right, n, wrongSure)
	if right*10 < n*9 || wrongSure > 2 {
		t.Errorf("%d of %d sentences right, %d wrong and sure", right, n, wrongSure)
	}
}

func TestTheSpanishQuarterOfATableIsFound(t *testing.T) {
	spanish := map[string]bool{}
	for _, m := range strings.Split("argentina|chile|colombia|costa rica|el salvador|guatemala|honduras|mexico|panama|paraguay|peru|spain|uruguay|dominican republic|bolivia", "|") {
		spanish[m] = true
	}
	counts := map[string]map[string]int{"spanish-speaking": {}, "other": {}}
	sureOther, all := 0, 0
	rows := ogp2017(t)
	for _, r := range rows {
		group := "other"
		if spanish[r.member] {
			group = "spanish-speaking"
		}
		lang, sure := Detect(r.title+". "+r.full, nil)
		counts[group][lang]++
		if lang == "es" {
			all++
			if sure && group == "other" {
				sureOther++
				t.Logf("%s: %.80q", r.member, r.title)
			}
		}
	}
	t.Logf("%d of %d rows Spanish; %v", all, len(rows), counts)
	if share := float64(all) / float64(len(rows)); share < 0.2 || share > 0.3 {
		t.Errorf("%d of %d rows are Spanish, about a quarter should be", all, len(rows))
	}
	if sureOther > 3 {
		t.Errorf("%d rows of members that do not speak Spanish are surely Spanish", sureOther)
	}
}
