package tagging

import (
	"fmt"
	"math"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// handMade is ten rows of three tags whose figures are computed by hand.
func handMade() ([]Row, *Told) {
	told := &Told{Tags: []taxonomy.ID{"a", "b", "rare"}, Thresholds: []float64{0.5, 0.3, 0.5}}
	var rows []Row
	for i := range 10 {
		r := Row{Member: fmt.Sprint(i / 2), Title: civic.Phrase{Lang: "en", Text: "title"}}
		if i >= 7 {
			r.Title.Lang = "es"
		}
		if i < 6 {
			r.Yes = append(r.Yes, "a")
		}
		if i >= 5 {
			r.Yes = append(r.Yes, "b")
		}
		if i == 0 {
			r.Yes = append(r.Yes, "rare")
		}
		a, b := 0.1, 0.2
		if i < 4 { // a: right on 0 to 3, missed 4 and 5, wrong on 9
			a = 0.9
		}
		if i == 9 {
			a = 0.8
		}
		if i >= 6 { // b: right on 6 to 9, missed 5
			b = 0.4
		}
		rows = append(rows, r)
		told.Confidence = append(told.Confidence, []float64{a, b, 0.9})
	}
	return rows, told
}

func TestFiguresAreAsComputedByHand(t *testing.T) {
	s := score(judge(handMade()))
	near := func(name string, got, want float64) {
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %.4f, want %.4f", name, got, want)
		}
	}
	fa, fb := 2*4.0/(2*4+1+2), 2*4.0/(2*4+0+1)
	near("micro-F1", s.MicroF1, 2*8.0/(2*8+1+3))
	near("macro-F1", s.MacroF1, (fa+fb)/2)
	near("precision at 3", s.PrecisionAt, (9*1.0/3+2.0/3)/10)
	near("recall at 10", s.RecallAt, 1)
	// bins: 0.1 ×5 and 0.2 ×6 in two, 0.4 ×4, 0.8 ×1, 0.9 ×4
	near("calibration", s.Calibration, (math.Abs(0.5-2)+math.Abs(1.2-1)+math.Abs(1.6-4)+0.8+math.Abs(3.6-4))/20)
	if s.Tags != 2 || s.Test != 10 || s.Dead != 0 || len(s.PerTag) != 2 {
		t.Errorf("%+v", s)
	}
	if a := s.PerTag[0]; a.Tag != "a" || a.Support != 6 || math.Abs(a.Precision-0.8) > 1e-9 || math.Abs(a.Recall-4.0/6) > 1e-9 || math.Abs(a.F1-fa) > 1e-9 {
		t.Errorf("%+v", a)
	}
	if len(s.Languages) != 2 || s.Languages[0].Lang != "en" || s.Languages[0].Rows != 7 || math.Abs(s.Languages[1].MicroF1-2*3.0/(2*3+1)) > 1e-9 {
		t.Errorf("%+v", s.Languages)
	}
}

func TestNothingOfTheTestMembersIsLearned(t *testing.T) {
	rows, task := made(120)
	var seen []Row
	spy := func(train []Row, task Task, source string, test []Row) (*Told, error) {
		seen = train
		return Learner(train, task, source, test)
	}
	test := rows[:20] // of members M0 to M19
	s, err := Evaluate(spy, rows, task, "", test)
	if err != nil {
		t.Fatal(err)
	}
	if s.Train != 40 || s.Test != 20 || len(seen) != 40 {
		t.Errorf("train %d, test %d", s.Train, s.Test)
	}
	for _, r := range seen {
		for _, u := range test {
			if r.Member == u.Member {
				t.Fatalf("%s is on both sides", r.Member)
			}
		}
	}
}

func TestAllMethodsLearnWhatIsEasy(t *testing.T) {
	rows, task := made(200)
	for name, m := range map[string]Method{"neighbours": Neighbours, "regression": Regression, "ours": Learner} {
		v, err := CrossValidate(m, rows, task, "", 5)
		if err != nil {
			t.Fatal(err)
		}
		i := v.MicroInterval()
		if v.MicroF1 < 0.8 || v.Test != 200 || i.Low > v.MicroF1 || i.High < v.MicroF1 || v.Tags != 4 {
			t.Errorf("%s: %.3f (%.3f to %.3f), %d rows, %d tags", name, v.MicroF1, i.Low, i.High, v.Test, v.Tags)
		}
		if m := v.MacroInterval(); m.Low > v.MacroF1 || m.High < v.MacroF1 {
			t.Errorf("%s: macro %.3f, %v", name, v.MacroF1, m)
		}
		if b := v.Beyond(v); b.Low != 0 || b.High != 0 {
			t.Errorf("%s beats itself: %v", name, b)
		}
	}
}

func TestNoTagDiesOfItsThreshold(t *testing.T) {
	var rare, all tally
	for i := range 1000 {
		all.add(2, i%2 == 0)
	}
	for i := range 100 {
		rare.add(-2+float32(i)/1000, i >= 90) // never likely, but the ten are its likeliest
	}
	at := rare.threshold(&all, 0)
	if at >= -1.9 {
		t.Errorf("%.2f", at)
	}
}

func TestConfidencesMeanWhatTheySay(t *testing.T) {
	rows, task := made(300)
	v, err := CrossValidate(Learner, rows, task, "", 5)
	if err != nil {
		t.Fatal(err)
	}
	if v.Calibration > 0.08 {
		t.Errorf("%.3f off", v.Calibration)
	}
}
