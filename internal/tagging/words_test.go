package tagging

import (
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// shippedToday is the shipped model under the newest graph.
func shippedToday(t *testing.T) *Model {
	t.Helper()
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	return Shipped().For(line.Newest())
}

const cake = `Chocolate cake
Mix flour, sugar, cocoa and eggs in a bowl. Bake for forty minutes at 180 degrees and let it cool before serving with cream.`

const sonnet = `Shall I compare thee to a summer's day?
Thou art more lovely and more temperate:
Rough winds do shake the darling buds of May,
And summer's lease hath all too short a date;
Sometime too hot the eye of heaven shines,
And often is his gold complexion dimm'd;`

func TestWordsThatStandInAnyTextAreNoReason(t *testing.T) {
	m := shippedToday(t)
	for said, want := range map[string]Unsure{
		"the and of to in a is that it for on with as are this be by":         TooShort,
		"le la les de des et en pour que cette dans sur avec ce ces par leur": TooShort,
		"1 2 3 4 5 2019 2020 2021 100 000 45 67 89":                           TooShort,
		"2020 2021 2022":                                        TooShort,
		"the government will":                                   TooShort,
		"Budget, BUDGET, budget. Bùdget!":                       TooShort,
		strings.Repeat("budget ", 50_000):                       TooShort,
		strings.Repeat("x", 5<<20):                              TooShort,
		"blorf quux zzyx wibble frotz plugh":                    NoKnownWord,
		"transparency blorf quux zzyx wibble frotz plugh drumf": UnknownWords,
		cake:   NothingStandsOut,
		sonnet: NothingStandsOut,
	} {
		if r := m.Suggest(civic.Phrase{}, civic.Phrase{Text: said}); r.Unsure != want || len(r.Suggestions) > 0 {
			t.Errorf("%.60q: %q, %+v", said, r.Unsure, r.Suggestions)
		}
	}
}

func TestEverySuggestionHasAWordThatTellsSomething(t *testing.T) {
	m := shippedToday(t)
	for _, said := range []string{
		"From 2020 to 2022 the ministry will publish with others, on one portal, 100 datasets about the budget and about public contracts as open data.",
		"Cette plateforme sera mise en ligne en 2021 pour que les citoyens puissent suivre avec nous la mise en œuvre de la loi sur l’accès à l’information.",
		"En 2023 se publicarán en línea las compras públicas y las declaraciones de bienes de los servidores públicos, con la participación de la sociedad civil.",
	} {
		r := m.Suggest(civic.Phrase{}, civic.Phrase{Text: said})
		if len(r.Suggestions) == 0 {
			t.Errorf("%s: %+v", said, r)
		}
		for _, s := range r.Suggestions {
			if len(s.Words) == 0 || s.Confidence < 0.1 {
				t.Errorf("%s: %+v", said, s)
			}
			for _, w := range s.Words {
				if text.Filler(text.Fold(w.Text)) || !strings.Contains(said, w.Text) {
					t.Errorf("%s is a reason for %s", w.Text, s.Tag)
				}
			}
		}
	}
}

func TestArabicTextsAreRead(t *testing.T) {
	m := shippedToday(t)
	for said, want := range map[string]taxonomy.ID{
		"نشر البيانات المفتوحة عن الميزانية العامة والمشتريات الحكومية لمكافحة الفساد": "open-data",
		"ستنشر وزارة المالية الميزانية العامة للدولة ومشتريات الحكومة كبيانات مفتوحة":  "open-data",
		"تعزيز المشاركة العامة في صنع القرار وإشراك المجتمع المدني والشباب والنساء":    "public-participation",
		"بيانات مفتوحة و ميزانية و مشتريات":                                            "open-data",
	} {
		r := m.Suggest(civic.Phrase{}, civic.Phrase{Text: said})
		var got []taxonomy.ID
		for _, s := range r.Suggestions {
			got = append(got, s.Tag)
		}
		if !slices.Contains(got, want) {
			t.Errorf("%s: %v, %q", said, got, r.Unsure)
		}
	}
	for said, want := range map[string]Unsure{
		"القطط تنام طويلا":                         NoKnownWord,
		"改善公共服务和水资源管理":                             UnknownScript,
		"Повышение прозрачности бюджета и закупок": UnknownScript,
		"שקיפות התקציב ומאבק בשחיתות":              UnknownScript,
		"ბიუჯეტის გამჭვირვალობა და საჯარო ინფორმაცია": UnknownScript,
	} {
		if r := m.Suggest(civic.Phrase{}, civic.Phrase{Text: said}); r.Unsure != want {
			t.Errorf("%s: %q %v", said, r.Unsure, r.Suggestions)
		}
	}
}

func TestATermIsFoundBehindAnArticle(t *testing.T) {
	for said, want := range map[string]string{
		"الميزانية": "budget", "للميزانية": "budget", "بالمشتريات": "procurement", "كبيانات مفتوحة": "open-data", "فالبيانات المفتوحة": "open-data",
		"والمجتمع المدني": "civil-society", "مجتمع مدني": "civil-society", "والنساء": "gender",
	} {
		if !slices.Contains(conceptsIn([]string{said}), slices.Index(words().names, want)) {
			t.Errorf("%s is not %s", said, want)
		}
	}
}

// What F1 would suggest for every text is not suggested below its own share.
func TestATagThatFewRowsKnowHasAThresholdAboveItsShare(t *testing.T) {
	var own, all tally
	for i := range 60 {
		own.add(-1.5+0.15*float32(i/3%10), i%3 == 0) // scores that tell nothing
	}
	for i := range 600 {
		all.add(-3+float32(i%7), i%7 > 4)
	}
	if x := own.threshold(&all, ours.lowest(&own)); sigmoid(float64(x)) < 1.0/3 {
		t.Errorf("threshold %.3f of a tag that a third has", sigmoid(float64(x)))
	}
	var rare tally
	for i := range 300 {
		rare.add(-3+float32(i)/1000, i >= 290) // its own are at 0.062 at most
	}
	if x := rare.threshold(&all, ours.lowest(&rare)); sigmoid(float64(x)) > 0.06 {
		t.Errorf("a rare tag is never suggested: threshold %.3f", sigmoid(float64(x)))
	}
}
