package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// studyDesk are the studies and codings that are known.
type studyDesk struct {
	studies map[study.ID]study.Study
	codings map[study.ID][]study.Coding
}

func (d *desk) studiesKnown(ctx context.Context) error {
	if d.studies != nil {
		return nil
	}
	s := &studyDesk{map[study.ID]study.Study{}, map[study.ID][]study.Coding{}}
	err := d.app.store.EachNewest(ctx, civic.KindStudy, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		one, err := decodeVersion[study.Study](v)
		s.studies[one.ID] = one
		return err
	})
	if err == nil {
		err = d.app.store.EachNewest(ctx, civic.KindCoding, func(v store.Version) error {
			if v.Erased {
				return nil
			}
			one, err := decodeVersion[study.Coding](v)
			s.codings[one.Study] = append(s.codings[one.Study], one)
			return err
		})
	}
	if err == nil {
		d.studies = s
	}
	return err
}

// takeStudies lays studies with their codings on the desk. A study is taken whole:
// with all its codings, as the rules of the workbench would have left it, or not at
// all. A known one that says otherwise stays as it is here.
func (d *desk) takeStudies(ctx context.Context, studies, codings []onLine, report *ImportReport) error {
	if len(studies)+len(codings) == 0 {
		return nil
	}
	if err := d.studiesKnown(ctx); err != nil {
		return err
	}
	if err := d.tagsKnown(ctx); err != nil {
		return err
	}
	of := map[study.ID][]onLine{}
	for _, c := range codings {
		id := c.subject.(study.Coding).Study
		of[id] = append(of[id], c)
	}
	var takenStudies, takenCodings []civic.Subject
	for _, one := range studies {
		s := one.subject.(study.Study)
		known, here := d.studies.studies[s.ID]
		if here && sameSubject(known, s) {
			report.Others.Unchanged++
			continue
		}
		mine := of[s.ID]
		delete(of, s.ID)
		issue, err := d.checkStudy(ctx, one, mine)
		if err != nil {
			return err
		}
		switch {
		case issue == nil && here:
			issue = &interchange.Issue{Row: one.line, Code: "known_differs", Args: map[string]any{"kind": string(civic.KindStudy), "ref": string(s.ID)}}
			report.Undecided += 1 + len(mine)
			report.Warnings = append(report.Warnings, *issue)
			continue
		case issue != nil:
			report.Refused += 1 + len(mine)
			report.Warnings = append(report.Warnings, *issue)
			for _, c := range mine {
				if c.line != issue.Row {
					report.Warnings = append(report.Warnings, interchange.Issue{Row: c.line, Column: "study", Code: "unknown_reference",
						Args: map[string]any{"id": string(s.ID), "ref": c.subject.SubjectID()}})
				}
			}
			if issue.Row != one.line {
				report.Warnings = append(report.Warnings, interchange.Issue{Row: one.line, Code: "study_coding", Args: map[string]any{"line": issue.Row}})
			}
			continue
		}
		report.Others.New++
		d.studies.studies[s.ID] = s
		takenStudies = append(takenStudies, s)
		takenCodings = append(takenCodings, d.takeCodings(mine, report)...)
	}
	for _, one := range codings { // of studies that are known
		s := one.subject.(study.Coding)
		if of[s.Study] == nil {
			continue
		}
		known, here := d.studies.studies[s.Study]
		if !here {
			refuse(report, one.line, string(s.Study), s.ID)
			continue
		}
		if err := study.CheckCoding(known, s); err != nil && !d.codingKnown(s) {
			issue := interchange.RuleIssue("study", err)
			issue.Row = one.line
			report.Refused++
			report.Warnings = append(report.Warnings, issue)
			continue
		}
		takenCodings = append(takenCodings, d.takeCodings([]onLine{one}, report)...)
	}
	// In the order of the file, whatever the order of their studies.
	at := map[string]int{}
	for i, c := range codings {
		at[c.subject.SubjectID()] = i
	}
	slices.SortFunc(takenCodings, func(a, b civic.Subject) int { return at[a.SubjectID()] - at[b.SubjectID()] })
	for _, s := range slices.Concat(takenStudies, takenCodings) {
		d.more = append(d.more, change{subject: func() civic.Subject { return s }, verb: verbCreate, edition: jsonlEdition})
	}
	return nil
}

func (d *desk) codingKnown(s study.Coding) bool {
	return slices.ContainsFunc(d.studies.codings[s.Study], func(o study.Coding) bool { return sameSubject(o, s) })
}

// takeCodings takes codings whose study is there.
func (d *desk) takeCodings(codings []onLine, report *ImportReport) (taken []civic.Subject) {
	for _, one := range codings {
		s := one.subject.(study.Coding)
		at := slices.IndexFunc(d.studies.codings[s.Study], func(o study.Coding) bool { return o.ID == s.ID || o.Label == s.Label })
		switch {
		case at < 0:
			report.Others.New++
			d.studies.codings[s.Study] = append(d.studies.codings[s.Study], s)
			taken = append(taken, s)
		case sameSubject(d.studies.codings[s.Study][at], s):
			report.Others.Unchanged++
		default:
			report.Undecided++
			report.Warnings = append(report.Warnings, interchange.Issue{Row: one.line, Code: "known_differs", Args: map[string]any{"kind": string(civic.KindCoding), "ref": s.ID}})
		}
	}
	return taken
}

// checkStudy says why a study cannot be taken, with its codings; nil when it can.
func (d *desk) checkStudy(ctx context.Context, one onLine, codings []onLine) (*interchange.Issue, error) {
	s := one.subject.(study.Study)
	ids := make([]civic.CommitmentID, len(s.Items))
	for i, item := range s.Items {
		ids[i] = item.Commitment
	}
	if err := d.fetch(ctx, ids); err != nil {
		return nil, err
	}
	for _, id := range ids {
		if d.commitmentBy[id] == nil {
			return &interchange.Issue{Row: one.line, Column: "items.commitment", Code: "unknown_reference", Args: map[string]any{"id": string(id), "ref": string(s.ID)}}, nil
		}
	}
	var all []study.Coding
	for _, c := range codings {
		coding := c.subject.(study.Coding)
		if err := study.CheckCoding(s, coding); err != nil {
			issue := interchange.RuleIssue("study", err)
			issue.Row = c.line
			return &issue, nil
		}
		all = append(all, coding)
	}
	for _, c := range d.studies.codings[s.ID] {
		if !slices.ContainsFunc(all, func(o study.Coding) bool { return o.Label == c.Label }) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b study.Coding) int { return cmp.Compare(a.Label, b.Label) })
	if err := study.CheckWhole(s, all, d.everTag); err != nil {
		issue := interchange.RuleIssue("study", err)
		issue.Row = one.line
		return &issue, nil
	}
	return nil, nil
}

// everTag reports whether any version of the taxonomy has a tag.
func (d *desk) everTag(name string) bool {
	for _, v := range d.tags.timeline.Versions() {
		if _, g, err := d.tags.timeline.Version(v.Number); err == nil {
			if t, ok := g.Tag(taxonomy.ID(name)); ok && string(t.ID) == name {
				return true
			}
		}
	}
	return false
}
