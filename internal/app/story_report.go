package app

import (
	"cmp"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

func tellReport(t *teller, now civic.Report, was *civic.Report) ([]Sentence, error) {
	who, err := t.institution(now.Institution)
	if err != nil {
		return nil, err
	}
	args := []any{"institution", who}
	suffix := ""
	if now.Milestone != "" {
		c, err := t.commitment(now.Commitment)
		if err != nil {
			return nil, err
		}
		if name := milestoneName(c.Milestones, now.Milestone); name != "" {
			suffix, args = ".milestone", append(args, "milestone", name)
		}
	}
	if was != nil {
		return correctedReport(now, *was, suffix, args), nil
	}
	if !t.first() {
		return nil, nil
	}
	status := selfStatus(now)
	if status == nil {
		return []Sentence{say("story.report.no_status"+suffix, args...)}, nil
	}
	s := say("story.report.new"+suffix, append(args, "status", status)...)
	plan := t.s.planOf(now.Plan)
	period, before := periodOf(plan, now.Period)
	if before.Key != "" {
		former, found, err := t.reportBefore(now, before.Key)
		switch word := selfStatus(former); {
		case err != nil:
			return nil, err
		case !found:
			s.More = append(s.More, said("story.report.none_before"))
		case word != nil && former.Status == now.Status && former.Words == now.Words:
			s.More = append(s.More, said("story.report.same_before"))
		case word != nil:
			s.More = append(s.More, said("story.report.before", "status", word))
		}
	}
	if days := daysAfter(t.told.At, period.Due); days > 0 && now.Edition == "" {
		s.More = append(s.More, said("story.report.late", "count", days))
	}
	return []Sentence{s}, nil
}

// correctedReport tells what a later version of a report says otherwise.
func correctedReport(now, was civic.Report, suffix string, args []any) []Sentence {
	var out []Sentence
	b, a := selfStatus(was), selfStatus(now)
	if (now.Status != was.Status || now.Words != was.Words) && a != nil {
		if b == nil {
			b = civic.Word{Key: "story.no_status"}
		}
		out = append(out, say("story.report.corrected"+suffix, append(args[:len(args):len(args)], "before", b, "after", a)...))
	}
	for _, text := range []struct {
		key      string
		now, was civic.Text
	}{{"done", now.Done, was.Done}, {"challenges", now.Challenges, was.Challenges}, {"next", now.Next, was.Next}} {
		if string(encoded(text.now)) != string(encoded(text.was)) {
			s := say("story.report."+text.key, args...)
			s.Field, s.Before, s.After = text.key, text.was.String(), text.now.String()
			out = append(out, s)
		}
	}
	if n := len(now.Evidence) - len(was.Evidence); n > 0 {
		out = append(out, say("story.report.evidence_added", append(args[:len(args):len(args)], "count", n)...))
	} else if string(encoded(now.Evidence)) != string(encoded(was.Evidence)) {
		out = append(out, say("story.report.evidence_changed", args...))
	}
	if string(encoded(now.Steps)) != string(encoded(was.Steps)) {
		out = append(out, say("story.report.milestones", args...))
	}
	return out
}

// selfStatus is the word of a report's status: the scale's, else the source's own.
func selfStatus(r civic.Report) any {
	switch {
	case r.Words != "":
		return r.Words
	case r.Status != "":
		return civic.Word{Key: "story.status." + string(r.Status), Else: string(r.Status)}
	}
	return nil
}

// reportBefore finds what was reported on the same thing in another period, as it
// stood when the entry at hand was written.
func (t *teller) reportBefore(now civic.Report, period string) (civic.Report, bool, error) {
	list, known := t.ofCommitment[now.Commitment]
	if !known {
		var err error
		if list, err = t.app.store.Belonging(t.ctx, civic.KindReport, civic.OfCommitment, string(now.Commitment)); err != nil {
			return civic.Report{}, false, err
		}
		t.ofCommitment[now.Commitment] = list
	}
	for _, v := range list {
		if v.Erased {
			continue
		}
		r, err := decodeVersion[civic.Report](v)
		if err != nil {
			return r, false, err
		}
		if r.Period != period || r.Plan != now.Plan || r.Milestone != now.Milestone {
			continue
		}
		if v.Entry < t.told.Entry {
			return r, true, nil
		}
		return t.reportThen(v)
	}
	return civic.Report{}, false, nil
}

// reportThen is a report as it stood before the entry at hand.
func (t *teller) reportThen(v store.Version) (r civic.Report, found bool, err error) {
	versions, err := t.app.store.Versions(t.ctx, v.Kind, v.ID)
	if err != nil {
		return r, false, err
	}
	for _, v := range versions {
		if v.Entry >= t.told.Entry || v.Erased {
			continue
		}
		if r, err = decodeVersion[civic.Report](v); err != nil {
			return r, false, err
		}
		found = true
	}
	return r, found, nil
}

// daysAfter is how many days a moment lies after a civil date, 0 when not after it.
func daysAfter(micros int64, date string) int {
	due, err := time.Parse(time.DateOnly, cmp.Or(date, "9999-12-31"))
	if err != nil {
		return 0
	}
	on := time.UnixMicro(micros).UTC().Truncate(24 * time.Hour)
	return max(0, int(on.Sub(due).Hours()/24))
}
