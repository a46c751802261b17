package study

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

func doc(title, body string) Document {
	return Document{civic.Phrase{Lang: "en", Text: title}, civic.Phrase{Lang: "en", Text: body}}
}

// threeSubjects writes texts on budgets, schools and rivers, one after the other.
func threeSubjects(each int) []Document {
	subjects := [][]string{
		strings.Fields("budget spending treasury audit expenditure fiscal invoice procurement"),
		strings.Fields("school teacher pupil classroom textbook curriculum education lesson"),
		strings.Fields("river water pollution basin fishing flood sewage irrigation"),
	}
	var docs []Document
	for i := range each * 3 {
		w := subjects[i%3]
		at := func(n int) string { return w[(i/3*3+n)%len(w)] }
		docs = append(docs, doc(at(0)+" "+at(1), fmt.Sprintf("The government will publish %s, %s and %s for %s and the %s.", at(1), at(2), at(3), at(4), at(5))))
	}
	return docs
}

func TestTextsOnThreeSubjectsMakeThreeGroups(t *testing.T) {
	docs := threeSubjects(12)
	s := Suggest(docs, 0, 1)
	if len(s.Groups) != 3 || len(s.Alone) != 0 {
		t.Fatalf("%d groups, %d alone", len(s.Groups), len(s.Alone))
	}
	for _, g := range s.Groups {
		for _, i := range g.Texts {
			if i%3 != g.Texts[0]%3 {
				t.Errorf("text %d stands with text %d", i, g.Texts[0])
			}
		}
		if len(g.Words) == 0 || slices.Contains(g.Words, "the") || slices.Contains(g.Words, "publish") {
			t.Errorf("words that hold the group together: %v", g.Words)
		}
	}
}

func TestTheSameTextsAndSeedGiveTheSameGroupsAndMap(t *testing.T) {
	docs := threeSubjects(15)
	if a, b := Suggest(docs, 0, 9), Suggest(docs, 0, 9); !reflect.DeepEqual(a, b) {
		t.Error("two answers to one question")
	}
}

func TestAsManyGroupsAsWereAskedFor(t *testing.T) {
	for _, k := range []int{2, 4, 5} {
		if got := len(Suggest(threeSubjects(12), k, 3).Groups); got != k {
			t.Errorf("asked for %d, got %d", k, got)
		}
	}
}

func TestVeryShortTextsStayAlone(t *testing.T) {
	docs := append(threeSubjects(8), doc("Budget", ""), doc("", ""), doc("1234 5678", "2022"))
	s := Suggest(docs, 3, 1)
	if !reflect.DeepEqual(s.Alone, []int{24, 25, 26}) {
		t.Errorf("alone: %v", s.Alone)
	}
	for _, i := range s.Alone {
		if s.Places[i] != nil {
			t.Errorf("text %d has a place on the map", i)
		}
	}
}

func TestFewTextsAreNotGrouped(t *testing.T) {
	for n := range 4 {
		docs := threeSubjects(2)[:n]
		if s := Suggest(docs, 0, 1); len(s.Groups) != 0 || len(s.Alone) != n {
			t.Errorf("%d texts: %+v", n, s)
		}
	}
}

func TestEveryTextIsInOneGroupOrAloneAndOnTheMap(t *testing.T) {
	docs := append(threeSubjects(10), doc("x", "y"))
	for i := range 10 { // the same text ten times
		_ = i
		docs = append(docs, doc("School teacher lesson", "pupil classroom textbook curriculum"))
	}
	s := Suggest(docs, 6, 5)
	seen := map[int]int{}
	for _, g := range s.Groups {
		for _, i := range g.Texts {
			seen[i]++
			if p := s.Places[i]; p == nil || p.X < 0 || p.X > 1000 || p.Y < 0 || p.Y > 1000 {
				t.Errorf("text %d stands at %v", i, p)
			}
		}
	}
	for _, i := range s.Alone {
		seen[i]++
	}
	for i := range docs {
		if seen[i] != 1 {
			t.Errorf("text %d is in %d groups", i, seen[i])
		}
	}
	if s.Shown <= 0 || s.Shown > 1000 {
		t.Errorf("the map shows %d per mille", s.Shown)
	}
}

func TestOtherScriptsAreGroupedToo(t *testing.T) {
	var docs []Document
	for i := range 12 {
		a := civic.Phrase{Lang: "ar", Text: "نشر بيانات الميزانية والانفاق العام والضرائب"}
		if i%2 == 1 {
			a = civic.Phrase{Lang: "zh", Text: "公开学校教育数据和教师信息"}
		}
		docs = append(docs, Document{Title: a})
	}
	s := Suggest(docs, 2, 1)
	if len(s.Groups) != 2 || len(s.Groups[0].Texts) != 6 {
		t.Errorf("%+v", s)
	}
}
