package main

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"avow/internal/tagging"
)

// folds is in how many parts the members are cut.
const folds = 10

// sheet prints the table.
type sheet struct{ failed bool }

// measure tells how the methods do on one edition.
func (s *sheet) measure(rows []tagging.Row, task tagging.Task, t tagging.Table) error {
	edition := strings.TrimPrefix(string(t.Edition), "ogp-")
	methods := []struct {
		name   string
		method tagging.Method
	}{{"neighbours", tagging.Neighbours}, {"regression", tagging.Regression}, {"alone", tagging.Alone}, {"avow", tagging.Learner}}
	found := map[string]tagging.Validation{}
	for _, m := range methods {
		v, err := tagging.CrossValidate(m.method, rows, task, string(t.Edition), folds)
		if err != nil {
			return err
		}
		found[m.name] = v
		s.tell(edition, m.name+"-micro-f1", v.MicroF1, "f1", interval(v.MicroInterval()))
		s.tell(edition, m.name+"-macro-f1", v.MacroF1, "f1", interval(v.MacroInterval()), fmt.Sprintf("%d tags", v.Tags))
		s.tell(edition, m.name+"-precision-at-3", v.PrecisionAt, "share")
		s.tell(edition, m.name+"-recall-at-10", v.RecallAt, "share")
	}
	ours, best := found["avow"], found["regression"]
	if n := found["neighbours"]; n.MicroF1 > best.MicroF1 {
		best = n
	}
	s.least(edition, "above-better-baseline", ours.MicroF1-best.MicroF1, "f1", 0.02, 0.05, interval(ours.Beyond(best)))
	s.least(edition, "macro-f1", ours.MacroF1, "f1", map[string]float64{"2017": 0.48, "2024": 0.44}[edition], 0)
	s.most(edition, "calibration-error", ours.Calibration, "share", 0.05)
	s.most(edition, "spanish-below-english", language(ours, "en")-language(ours, "es"), "f1", 0.08)
	s.most(edition, "dead-tags", float64(ours.Dead), "tags", 0, dead(ours))
	return nil
}

func interval(i tagging.Interval) string { return fmt.Sprintf("95%% %.3f to %.3f", i.Low, i.High) }

func language(v tagging.Validation, lang string) float64 {
	for _, l := range v.Languages {
		if l.Lang == lang {
			return l.MicroF1
		}
	}
	return math.NaN()
}

// dead names the tags that were never suggested rightly.
func dead(v tagging.Validation) string {
	var out []string
	for _, t := range v.PerTag {
		if t.F1 == 0 {
			out = append(out, fmt.Sprintf("%s of %d", t.Tag, t.Support))
		}
	}
	return cmp.Or(strings.Join(out, ", "), "none")
}

func (s *sheet) tell(edition, id string, value float64, unit string, notes ...string) {
	s.line(edition, id, value, unit, "measured", notes)
}

func (s *sheet) least(edition, id string, value float64, unit string, floor, aim float64, notes ...string) {
	if aim > 0 && value >= aim {
		notes = append([]string{"aim reached"}, notes...)
	}
	s.line(edition, id, value, unit, s.verdict(value >= floor)+fmt.Sprintf(" floor %.4g", floor), notes)
}

func (s *sheet) most(edition, id string, value float64, unit string, ceiling float64, notes ...string) {
	s.line(edition, id, value, unit, s.verdict(value <= ceiling)+fmt.Sprintf(" ceiling %.4g", ceiling), notes)
}

func (s *sheet) verdict(ok bool) string {
	if !ok {
		s.failed = true
		return "fail"
	}
	return "pass"
}

func (s *sheet) line(edition, id string, value float64, unit, verdict string, notes []string) {
	fmt.Printf("tags-%s-%s %.4f %s %s", edition, id, value, unit, verdict)
	for _, n := range notes {
		fmt.Printf(" (%s)", n)
	}
	fmt.Println()
}
