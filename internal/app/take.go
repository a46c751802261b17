package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// take lays a source on the desk: places its drafts, matches them with what is
// known, merges, and counts. Marks of absence wait for the other files: markAbsent.
func (d *desk) take(ctx context.Context, p interchange.Parsed, report *ImportReport, progress func(string, int, int)) error {
	if p.Format == "jsonl" {
		return d.takeSubjects(ctx, p, report)
	}
	if len(p.Drafts) == 0 && len(p.Reports) > 0 {
		return nil // a table of progress alone
	}
	drafts, err := d.place(ctx, p, report)
	if err != nil {
		return err
	}
	if err := d.matchAll(ctx, p.Edition, drafts); err != nil {
		return err
	}
	for i, draft := range drafts {
		if i%200 == 0 {
			progress("match", i, len(drafts))
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		if draft.undecided != "" {
			report.Undecided++
			report.Warnings = append(report.Warnings, draft.issue())
			continue
		}
		if err := d.apply(draft, p.Edition, report); err != nil {
			return err
		}
	}
	d.said[p.Edition] = append(d.said[p.Edition], drafts...)
	return nil
}

// place finds or makes each draft's member and plan, and brings the known
// commitments of those plans, and those with the drafts' OGP IDs, to the desk.
func (d *desk) place(ctx context.Context, p interchange.Parsed, report *ImportReport) ([]*placed, error) {
	drafts := make([]*placed, 0, len(p.Drafts))
	var ogpIDs []string
	var plans []civic.PlanID
	for _, draft := range p.Drafts {
		member, err := d.member(draft.Row, draft.Member, p.Edition, report)
		if err != nil {
			return nil, err
		}
		plan, err := d.plan(member, draft, p.Edition, report)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, &placed{Draft: draft, member: member, plan: plan, sketch: sketchOf(draft.Commitment)})
		if plan.was != nil {
			plans = append(plans, plan.now.ID)
		}
		if draft.Commitment.OGPID != "" {
			ogpIDs = append(ogpIDs, draft.Commitment.OGPID)
		}
	}
	if err := d.fetchPlans(ctx, plans); err != nil {
		return nil, err
	}
	return drafts, d.fetchOGPIDs(ctx, ogpIDs)
}

// apply makes a commitment of a draft, or lays it over the one that it matches.
func (d *desk) apply(p *placed, edition civic.Edition, report *ImportReport) error {
	told := p.Commitment
	told.Parts, told.Milestones = slices.Clone(told.Parts), slices.Clone(told.Milestones) // the draft may be laid on another desk
	p.member.idle, p.plan.idle = false, false
	told.Member = p.member.now.ID
	told.Plans = []civic.PlanEntry{{Plan: p.plan.now.ID, Number: p.Number}}
	for i, part := range told.Parts {
		if part.Missing == nil && part.Institution == "" {
			institution, err := d.institution(p.member.now.ID, part.Name, told.Title.Original().Lang, edition)
			if err != nil {
				return err
			}
			told.Parts[i].Institution = institution.now.ID
		}
	}
	for i := range told.Milestones {
		if told.Milestones[i].ID == "" {
			id, err := d.newID()
			if err != nil {
				return err
			}
			told.Milestones[i].ID = civic.MilestoneID(id)
		}
	}
	if p.match == nil {
		id, err := d.newID()
		if err != nil {
			return err
		}
		told.ID = civic.CommitmentID(id)
		p.match = &card[civic.Commitment]{now: told, edition: edition}
		d.layCommitment(p.match)
		p.gained = true
		report.Created++
		return nil
	}
	return d.revise(p, told, edition, report)
}

// revise lays what a draft says over a known commitment and tells apart: updated
// (a value changed), unchanged (the same values, perhaps from a further source).
func (d *desk) revise(p *placed, told civic.Commitment, edition civic.Edition, report *ImportReport) error {
	c := p.match
	before := c.now
	after := merge(before, told)
	count := &ImportReport{} // a row that contradicts is counted as undecided
	if !d.contradicts(p, before, told, report) {
		count = report
	}
	changed := ChangedFacts(before, after)
	news := len(DistinctShared(before, after)) > 0
	if len(changed) == 0 && holds(before, edition) {
		count.Unchanged++ // spelling, row and order are no news
		return nil
	}
	if before.OGPID != after.OGPID {
		d.byOGPID[after.OGPID] = c
	}
	p.gained = !holds(before, edition)
	for _, place := range after.Plans {
		if !inPlan(before, place.Plan) {
			d.byPlan[place.Plan] = append(d.byPlan[place.Plan], c)
		}
	}
	c.now = after
	c.edition = edition
	if news {
		c.verb = verbUpdate
		count.Updated++
	} else {
		c.verb = cmp.Or(c.verb, verbConfirm)
		count.Unchanged++
	}
	return nil
}

func inPlan(c civic.Commitment, plan civic.PlanID) bool {
	return slices.ContainsFunc(c.Plans, func(p civic.PlanEntry) bool { return p.Plan == plan })
}

func holds(c civic.Commitment, edition civic.Edition) bool {
	return slices.ContainsFunc(c.Sources, func(s civic.Source) bool { return s.Edition == edition })
}

// markAbsent marks, once all files are on the desk, which commitments a table of
// a series does not hold although it holds their plan. A plan that the table does
// not mention says nothing of its commitments, and a commitment that an undecided
// row may mean is left alone.
func (d *desk) markAbsent(report *ImportReport) {
	for _, edition := range slices.Sorted(maps.Keys(d.said)) {
		d.markVanished(edition, d.said[edition], report)
		d.markOutlived(edition, d.said[edition], report)
	}
}

// markVanished marks the commitments that an earlier or the same edition had and
// this one has no longer.
func (d *desk) markVanished(edition civic.Edition, drafts []*placed, report *ImportReport) {
	seen := map[*card[civic.Commitment]]bool{}
	maybe := map[string]bool{}
	plans := map[civic.PlanID]bool{}
	for _, p := range drafts {
		seen[p.match] = true
		plans[p.plan.now.ID] = true
		for _, ref := range p.candidates {
			maybe[ref] = true
		}
	}
	for _, c := range d.commitments {
		if seen[c] || maybe[ref(c.now)] {
			continue
		}
		if !slices.ContainsFunc(c.now.Plans, func(p civic.PlanEntry) bool { return plans[p.Plan] }) {
			continue
		}
		if slices.ContainsFunc(c.now.Sources, func(s civic.Source) bool { return interchange.Succeeds(edition, s.Edition) }) {
			d.mark(c, edition, edition, report)
		}
	}
}

// markOutlived marks what an older table brings after a newer one that holds its
// plan and does not hold it, as if the older one had come first.
func (d *desk) markOutlived(edition civic.Edition, drafts []*placed, report *ImportReport) {
	for _, newer := range interchange.Editions() {
		if newer == edition || !interchange.Succeeds(newer, edition) {
			continue
		}
		covered := map[civic.PlanID]bool{}
		for _, p := range drafts {
			if !p.gained || holds(p.match.now, newer) {
				continue
			}
			plan := p.plan.now.ID
			known, looked := covered[plan]
			if !looked {
				known = slices.ContainsFunc(d.byPlan[plan], func(c *card[civic.Commitment]) bool { return holds(c.now, newer) })
				covered[plan] = known
			}
			if known {
				d.mark(p.match, newer, edition, report)
			}
		}
	}
}

// mark writes down that a commitment is not in an edition, because of what another told.
func (d *desk) mark(c *card[civic.Commitment], absent, told civic.Edition, report *ImportReport) {
	if slices.Contains(c.now.Absent, absent) {
		return
	}
	c.now.Absent = append(slices.Clone(c.now.Absent), absent)
	slices.SortStableFunc(c.now.Absent, func(a, b civic.Edition) int {
		return cmp.Compare(interchange.EditionRank(a), interchange.EditionRank(b))
	})
	c.edition = told
	c.verb = cmp.Or(c.verb, verbAbsent)
	report.Vanished++
	report.Warnings = append(report.Warnings, interchange.Issue{Code: "vanished", Args: map[string]any{
		"ref": ref(c.now), "title": c.now.Title.String(), "edition": string(absent),
	}})
}
