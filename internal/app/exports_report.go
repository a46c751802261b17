package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// ReportFilter selects reports: of a plan, of a commitment, or all.
type ReportFilter struct {
	Plan       string // slug, source's ID or ours
	Commitment string // OGP ID or ours
}

// reportColumns are those before the texts; each text has a column for each
// language in which one of the reports has it.
var reportColumns = []string{"report", "version", "member", "plan", "period", "commitment", "milestone", "institution_id", "institution",
	"status", "status_words", "status_missing", "state", "days_late", "filed", "dated", "source", "evidence", "milestones", "demo"}

var reportTexts = []string{"done", "challenges", "next"}

// ExportReports writes the newest version of every report that a filter selects,
// in the order of their creation: "csv" has one row for each, "jsonl" one object
// as the record holds it. It needs constant memory.
func (a *App) ExportReports(ctx context.Context, format string, f ReportFilter, w io.Writer) error {
	each, err := a.reportsOf(ctx, f)
	if err != nil {
		return err
	}
	if format == "jsonl" {
		return each(func(v store.Version, _ civic.Report) error {
			_, err := fmt.Fprintf(w, "%s\n", v.Body)
			return err
		})
	}
	x := reportExport{app: a, plans: map[civic.PlanID]civic.Plan{}, refs: map[civic.CommitmentID]string{}, codes: map[civic.MilestoneID]string{},
		units: map[civic.CommitmentID]civic.Commitment{}, bodies: map[civic.InstitutionID]string{}}
	if x.snapshot, err = a.index.current(ctx); err != nil {
		return err
	}
	if err := x.prepare(ctx, each); err != nil {
		return err
	}
	table, err := tableWriter(format, w)
	if err != nil {
		return err
	}
	head := slices.Clone(reportColumns)
	for _, field := range reportTexts {
		for _, lang := range x.langs {
			head = append(head, field+"_"+lang)
		}
	}
	if err := table.WriteRow(head); err != nil {
		return err
	}
	if err := each(func(v store.Version, r civic.Report) error { return table.WriteRow(x.row(v, r)) }); err != nil {
		return err
	}
	return table.Close()
}

// reportsOf returns what runs through the reports of a filter.
func (a *App) reportsOf(ctx context.Context, f ReportFilter) (func(func(store.Version, civic.Report) error) error, error) {
	role, target := "", ""
	if f.Commitment != "" {
		id, err := a.store.FindCommitment(ctx, f.Commitment)
		if err != nil {
			return nil, err
		}
		role, target = civic.OfCommitment, string(id)
	}
	var plan civic.PlanID
	if f.Plan != "" {
		var err error
		if plan, err = a.store.FindPlan(ctx, f.Plan); err != nil {
			return nil, err
		}
		if role == "" {
			role, target = civic.OfPlan, string(plan)
		}
	}
	return func(use func(store.Version, civic.Report) error) error {
		take := func(v store.Version) error {
			if v.Erased {
				return nil
			}
			r, err := decodeVersion[civic.Report](v)
			if err != nil || plan != "" && r.Plan != plan {
				return err
			}
			return use(v, r)
		}
		if role == "" {
			return a.store.EachNewest(ctx, civic.KindReport, take)
		}
		versions, err := a.store.Belonging(ctx, civic.KindReport, role, target)
		for _, v := range versions {
			if err = take(v); err != nil {
				return err
			}
		}
		return err
	}, nil
}

// reportExport knows what the rows refer to.
type reportExport struct {
	app      *App
	snapshot *snapshot
	langs    []string
	plans    map[civic.PlanID]civic.Plan
	refs     map[civic.CommitmentID]string
	units    map[civic.CommitmentID]civic.Commitment
	codes    map[civic.MilestoneID]string
	bodies   map[civic.InstitutionID]string
}

// prepare reads what the reports refer to, before the first row is written.
func (x *reportExport) prepare(ctx context.Context, each func(func(store.Version, civic.Report) error) error) error {
	langs := map[string]bool{}
	commitments, bodies := map[string]bool{}, map[string]bool{}
	err := each(func(_ store.Version, r civic.Report) error {
		for _, t := range []civic.Text{r.Done, r.Challenges, r.Next} {
			for _, p := range t {
				langs[p.Lang] = true
			}
		}
		commitments[string(r.Commitment)] = true
		if r.Institution != "" {
			bodies[string(r.Institution)] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for lang := range langs {
		x.langs = append(x.langs, lang)
	}
	slices.Sort(x.langs)
	for _, p := range x.snapshot.plans {
		x.plans[p.ID] = p
	}
	err = x.eachOf(ctx, civic.KindInstitution, bodies, func(v store.Version) error {
		i, err := decodeVersion[civic.Institution](v)
		x.bodies[i.ID] = i.Name.String()
		return err
	})
	if err != nil {
		return err
	}
	return x.eachOf(ctx, civic.KindCommitment, commitments, func(v store.Version) error {
		c, err := decodeVersion[civic.Commitment](v)
		x.refs[c.ID] = refOf(c)
		slim := civic.Commitment{ID: c.ID, Start: c.Start, Adopted: c.Adopted, Dropped: c.Dropped, Amendments: c.Amendments}
		for _, m := range c.Milestones {
			x.codes[m.ID] = m.Name()
			slim.Milestones = append(slim.Milestones, civic.Milestone{ID: m.ID, Code: m.Code, Kind: m.Kind, Start: m.Start})
		}
		x.units[c.ID] = slim
		return err
	})
}

// eachOf reads subjects by ID, some hundreds at a time.
func (x *reportExport) eachOf(ctx context.Context, kind civic.Kind, ids map[string]bool, use func(store.Version) error) error {
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	for chunk := range slices.Chunk(list, 500) {
		found, err := x.app.store.NewestOf(ctx, kind, chunk)
		if err != nil {
			return err
		}
		for _, v := range found {
			if v.Erased {
				continue
			}
			if err := use(v); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *reportExport) row(v store.Version, r civic.Report) []string {
	plan, filed := x.plans[r.Plan], filedOn(v, r)
	state, days := "", ""
	for _, p := range plan.Periods {
		if p.Key == r.Period {
			e := civic.Expect(plan, x.units[r.Commitment], r.Milestone, p, &civic.Filed{Report: r, On: filed}, x.app.today())
			state = string(e.State)
			if e.State == civic.ReportedLate {
				days = itoa(e.Days)
			}
		}
	}
	missing := ""
	if r.NoStatus != nil {
		missing = string(r.NoStatus.Kind)
	}
	var evidence []string
	for _, e := range r.Evidence {
		if e.File != nil {
			evidence = append(evidence, e.File.Name+" (sha256 "+e.File.SHA256+")")
		} else {
			evidence = append(evidence, e.URL)
		}
	}
	row := []string{string(r.ID), itoa(v.Number), x.snapshot.memberOf(r.Member).Slug, plan.Slug, r.Period, x.refs[r.Commitment], x.codes[r.Milestone],
		string(r.Institution), x.bodies[r.Institution], string(r.Status), r.Words, missing, state, days, filed, r.Dated.Date, string(r.Edition),
		strings.Join(evidence, "\n"), x.steps(r), yesOrEmpty(r.Demo)}
	for _, t := range []civic.Text{r.Done, r.Challenges, r.Next} {
		for _, lang := range x.langs {
			text := ""
			for _, p := range t {
				if p.Lang == lang {
					text = p.Text
				}
			}
			row = append(row, text)
		}
	}
	return row
}

// steps is what a report says of milestones, as JSON: code, status, day.
func (x *reportExport) steps(r civic.Report) string {
	if len(r.Steps) == 0 {
		return ""
	}
	type step struct {
		Code   string `json:"code"`
		Status string `json:"status"`
		DoneOn string `json:"done_on,omitempty"`
	}
	list := make([]step, len(r.Steps))
	for i, s := range r.Steps {
		list[i] = step{x.codes[s.Milestone], string(s.Status), s.DoneOn}
	}
	text, err := json.Marshal(list)
	if err != nil {
		return "" // strings alone: it cannot be
	}
	return string(text)
}
