package civic_test

import (
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestATextIsSplitWhereItsSentencesEnd(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"One. Two! Three? Four":         "One.|Two!|Three?|Four",
		"- first point\n- second point": "- first point|- second point",
		"Growth of 3.5 percent. See www.a.org. J. Doe agrees.": "Growth of 3.5 percent.|See www.a.org.|J. Doe agrees.",
		"Il a dit « oui. » Puis plus rien.":                    "Il a dit « oui. »|Puis plus rien.",
		"هل انتهى؟ نعم. شكراً":                                 "هل انتهى؟|نعم.|شكراً",
		"The U.S. plan etc. goes on.":                          "The U.S. plan etc. goes on.",
		"  spaces \t are   one. \n\n\n Next. ":                 "spaces are one.|Next.",
	} {
		if got := strings.Join(civic.Sentences(text), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func english(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }

func TestWhatChangedBetweenTwoReports(t *testing.T) {
	before := civic.Report{Words: "In  progress", Done: english("A law was drafted. It waits. A hearing was held."),
		Evidence: []civic.Evidence{{URL: "https://a.example/x"}, {Title: english("Minutes")}}}
	after := civic.Report{Status: civic.SelfCompleted, Done: append(english("A law was drafted. It was adopted. A hearing was held. It is in force."), civic.Phrase{Lang: "fr", Text: "Adoptée."}),
		Evidence: []civic.Evidence{{URL: "https://a.example/x/", Title: english("The law")}, {URL: "https://b.example"}}}
	c := civic.CompareReports(before, after)
	if !c.Status || c.Same() || len(c.Done) != 2 || len(c.Challenges) != 0 {
		t.Fatalf("%+v", c)
	}
	var got []string
	for _, s := range c.Done[0].Sentences {
		got = append(got, string(s.Fate)+" "+s.Text)
	}
	want := []string{"stays A law was drafted.", "gone It waits.", "added It was adopted.", "stays A hearing was held.", "added It is in force."}
	if !slices.Equal(got, want) || c.Done[0].Added != 2 || c.Done[0].Removed != 1 || c.Done[1].Added != 1 {
		t.Errorf("%q\n%+v", got, c.Done)
	}
	if len(c.NewEvidence) != 1 || c.NewEvidence[0].URL != "https://b.example" || len(c.GoneEvidence) != 1 || c.GoneEvidence[0].Title.String() != "Minutes" {
		t.Errorf("evidence: new %v, gone %v", c.NewEvidence, c.GoneEvidence)
	}
	if c := civic.CompareReports(after, after); !c.Same() {
		t.Errorf("a report differs from itself: %+v", c)
	}
	if c := civic.CompareReports(civic.Report{Words: "In Progress"}, before); c.Status {
		t.Error("the same word in other letters is another status")
	}
}

func FuzzComparedTextsGiveBothBack(f *testing.F) {
	f.Add("One. Two.", "Two. Three.")
	f.Add("a\nb\nc", "c\nb\na")
	f.Add("", "x.")
	f.Fuzz(func(t *testing.T, before, after string) {
		c := civic.CompareReports(civic.Report{Done: english(before)}, civic.Report{Done: english(after)})
		var was, is []string
		for _, s := range c.Done[0].Sentences {
			if s.Fate != civic.Added {
				was = append(was, s.Text)
			}
			if s.Fate != civic.Gone {
				is = append(is, s.Text)
			}
		}
		if !slices.Equal(was, civic.Sentences(before)) || !slices.Equal(is, civic.Sentences(after)) {
			t.Errorf("%q and %q give %v", before, after, c.Done[0].Sentences)
		}
	})
}
