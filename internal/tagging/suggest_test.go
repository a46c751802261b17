package tagging

import (
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func TestASuggestionComesWithTheWordsThatSpokeForIt(t *testing.T) {
	rows, task := made(240)
	m := trained(t, rows, task)
	r := m.Suggest(english("New Drinking water for every village"), english("The government will build a pipe and a reservoir and report about results."))
	if len(r.Suggestions) != 1 || r.Suggestions[0].Tag != "water-sanitation" || r.Suggestions[0].Basis != ByText || r.Unsure != "" {
		t.Fatalf("%+v", r)
	}
	s := r.Suggestions[0]
	if s.Confidence < 0.5 || s.Confidence > 1 {
		t.Errorf("confidence %f", s.Confidence)
	}
	found := map[string]bool{}
	for _, w := range s.Words {
		found[w.Text] = true
	}
	if !found["water"] || !found["Drinking"] || found["government"] {
		t.Errorf("words %v", s.Words)
	}
}

func TestTheTextMayBeInTheOtherLanguage(t *testing.T) {
	rows, task := made(240)
	m := trained(t, rows, task)
	r := m.Suggest(civic.Phrase{Text: "Agua potable y saneamiento para los pueblos"}, civic.Phrase{})
	if len(r.Suggestions) == 0 || r.Suggestions[0].Tag != "water-sanitation" || r.Lang != "es" {
		t.Errorf("%+v", r)
	}
}

func TestWhatCannotBeToldIsSaidSo(t *testing.T) {
	rows, task := made(120)
	m := trained(t, rows, task)
	for text, want := range map[string]Unsure{
		"":       NoText,
		" — … ":  NoText,
		"water":  TooShort,
		"Water.": TooShort,
		"水资源管理与公共服务的改进计划":                       UnknownScript,
		"การปรับปรุง บริการ สาธารณะ ของ รัฐบาล": UnknownScript,
		"blorf quux zzyx wibble frotz plugh":    NoKnownWord,
		"\xff\xfe\x00":                          NoText,
	} {
		r := m.Suggest(english(text), civic.Phrase{})
		if r.Unsure != want || len(r.Suggestions) != 0 || r.Suggestions == nil {
			t.Errorf("%q: %q, %v", text, r.Unsure, r.Suggestions)
		}
	}
	if r := m.Suggest(english("the government will report every month about results"), civic.Phrase{}); r.Unsure != NothingStandsOut {
		t.Errorf("%+v", r)
	}
}

func TestOfAVeryLongTextTheBeginningIsRead(t *testing.T) {
	rows, task := made(120)
	m := trained(t, rows, task)
	long := strings.Repeat("the government will report about results and drinking water ", 90_000) // 5 MB
	r := m.Suggest(english("Drinking water"), english(long))
	if !r.Cut || len(r.Suggestions) == 0 || r.Suggestions[0].Tag != "water-sanitation" {
		t.Errorf("cut %v, %v %v", r.Cut, r.Unsure, r.Suggestions)
	}
	if r := m.Suggest(english(strings.Repeat("水", 2_000_000)), civic.Phrase{}); !r.Cut || r.Unsure == "" {
		t.Errorf("%+v", r)
	}
}

func TestChildrenImplyParents(t *testing.T) {
	rows, task := made(240)
	task.Labels = append(task.Labels, Label{ID: "services", Names: []string{"services"}, Below: []taxonomy.ID{"education", "water-sanitation"}})
	m := trained(t, rows, task)
	r := m.Suggest(english("School and teacher for every pupil"), english("classroom and scholarship for every student"))
	i := slices.IndexFunc(r.Suggestions, func(s Suggestion) bool { return s.Tag == "services" })
	if i < 0 || r.Suggestions[i].Basis != ByGraph || r.Suggestions[i].From != "education" || len(r.Suggestions[i].Words) == 0 {
		t.Errorf("%+v", r.Suggestions)
	}
}

func TestATagThatWasNotLearnedIsToldByItsName(t *testing.T) {
	rows, task := made(240)
	task.Labels = append(task.Labels, Label{ID: "open-source", Names: []string{"Open source"}})
	m := trained(t, rows, task)
	confidence := func(text string) float64 { return m.Confidences(english(text), civic.Phrase{})[4] }
	said, not := confidence("Publish the portal as open source software for every student"), confidence("Publish the portal and datasets for every student")
	if said < 0.3 || not > 0.01 {
		t.Errorf("%.3f when it is said, %.3f when not", said, not)
	}
	for _, r := range m.Reports() {
		if r.Learned != (r.Tag != "open-source") || !r.Named {
			t.Errorf("%+v", r)
		}
	}
}

func TestEveryReasonHasAKey(t *testing.T) {
	for _, u := range Unsures {
		if !strings.HasPrefix(u.Key(), "tagging.unsure.") {
			t.Error(u.Key())
		}
	}
	for _, b := range Bases {
		if !strings.HasPrefix(b.Key(), "tagging.basis.") {
			t.Error(b.Key())
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, s := range []string{"", "water", "Datos abiertos en línea", "الحكومة المفتوحة", "水资源", "a\xffb", strings.Repeat("x", 500)} {
		f.Add(s, s)
	}
	m := Shipped()
	f.Fuzz(func(t *testing.T, title, body string) {
		r := m.Suggest(civic.Phrase{Text: title}, civic.Phrase{Text: body})
		if (len(r.Suggestions) == 0) != (r.Unsure != "") {
			t.Errorf("%d suggestions, unsure %q", len(r.Suggestions), r.Unsure)
		}
		for _, s := range r.Suggestions {
			if !(s.Confidence > 0 && s.Confidence <= 1) {
				t.Errorf("confidence %v", s.Confidence)
			}
		}
	})
}

func BenchmarkSuggest(b *testing.B) {
	rows, _ := made(500)
	m := Shipped()
	b.ResetTimer()
	b.RunParallel(func(p *testing.PB) {
		for i := 0; p.Next(); i++ {
			r := rows[i%len(rows)]
			m.Suggest(r.Title, r.Text)
		}
	})
}

func BenchmarkTrain2000(b *testing.B) {
	rows, task := made(2000)
	b.ReportAllocs()
	for range b.N {
		if _, err := Train(rows, task); err != nil {
			b.Fatal(err)
		}
	}
}
