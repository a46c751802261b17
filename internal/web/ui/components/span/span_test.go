package span

import "testing"

func TestMonthReadsDatesAsExactAsTheyAre(t *testing.T) {
	for date, want := range map[string][2]int{
		"2012": {2012 * 12, 2012*12 + 11}, "2012-04": {2012*12 + 3, 2012*12 + 3}, "2012-04-05": {2012*12 + 3, 2012*12 + 3},
		"": {}, "20": {}, "2012-13": {}, "soon": {}, "2012-xx": {},
	} {
		if got := [2]int{Month(date, false), Month(date, true)}; got != want {
			t.Errorf("%q: have %v, want %v", date, got, want)
		}
	}
}

func TestABarThatEndsBeforeItStartsIsOpen(t *testing.T) {
	b := Bar{Start: 2014 * 12, End: 2013 * 12}
	if b.class() != "open" || b.last() != b.first() {
		t.Errorf("%s from %d to %d", b.class(), b.first(), b.last())
	}
}

func TestTheAxisCoversWhatIsKnownAndDrawsNoCenturies(t *testing.T) {
	var a Axis
	if a.Drawable() {
		t.Error("an axis of nothing is drawn")
	}
	a.Cover(Bar{Start: 2014 * 12, End: 2016*12 + 11})
	a.Cover(Bar{End: 2012 * 12})
	if a != (Axis{2012, 2016}) || !a.Drawable() {
		t.Errorf("axis %+v", a)
	}
	a.Cover(Bar{Start: 1201 * 12})
	if a.Drawable() {
		t.Errorf("axis %+v is drawn", a)
	}
}
