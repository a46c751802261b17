package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/text"
)

// BulkChange is one change of many commitments of a plan.
type BulkChange struct {
	Field string // one of BulkFields
	Value string // an institution's ID, a theme, a day (YYYY-MM-DD), or a number of days
}

// BulkFields lists what can be changed in many commitments at once: the
// institution in the lead, a further institution, the theme, the last day, and the
// days on which milestones are due, moved by a number of days.
var BulkFields = []string{"lead", "supporting", "theme", "end", "shift"}

// BulkPick is a commitment that was chosen, with the version that the person saw.
type BulkPick struct {
	Commitment civic.CommitmentID
	Version    int
}

// BulkRow is what becomes of one commitment. Fault says why not: a civic.Errors, or
// a *civic.Error of kind Conflict when it changed since it was seen.
type BulkRow struct {
	BulkPick
	Ref     string // last part of its address
	Name    string // OGP ID, else local ID
	Title   civic.Text
	Changes []FactChange
	Fault   error
}

// maxShift bounds how far milestones are moved at once, in days.
const maxShift = 3660

// FindInPlan lists the published commitments of a plan whose title, text, theme or
// institutions hold every word; no word: all of them.
func (a *App) FindInPlan(ctx context.Context, plan civic.PlanID, words string) ([]BulkRow, error) {
	commitments, err := a.commitmentsOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	wanted := strings.Fields(text.Fold(words))
	var out []BulkRow
	for _, c := range commitments {
		ids := []string{text.Fold(c.OGPID), text.Fold(c.LocalID)}
		var parts []string
		for _, t := range []civic.Text{c.Title, c.Short, c.Text, c.Theme} {
			for _, p := range t {
				parts = append(parts, p.Text)
			}
		}
		for _, p := range c.Parts {
			parts = append(parts, p.Name)
		}
		hay := text.Fold(strings.Join(parts, " "))
		if slices.ContainsFunc(wanted, func(w string) bool { return !slices.Contains(ids, w) && !strings.Contains(hay, w) }) {
			continue
		}
		_, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(c.ID))
		if err != nil {
			return nil, err
		}
		out = append(out, BulkRow{BulkPick: BulkPick{c.ID, number}, Ref: refOf(c), Name: cmp.Or(c.OGPID, c.LocalID), Title: c.Title})
	}
	return out, nil
}

// PreviewBulk says of every chosen commitment what the change would make of it, or
// why it cannot be changed. It writes nothing. Versions are those of now.
func (a *App) PreviewBulk(ctx context.Context, who civic.Caller, plan civic.PlanID, chosen []civic.CommitmentID, change BulkChange) ([]BulkRow, error) {
	p, _, err := read[civic.Plan](ctx, a, civic.KindPlan, string(plan))
	if err != nil {
		return nil, err
	}
	if err := who.Ask(civic.MayPlan, placeOfPlan(p)); err != nil {
		return nil, err
	}
	picks := make([]BulkPick, len(chosen))
	for i, c := range chosen {
		picks[i] = BulkPick{Commitment: c}
	}
	rows, _, err := a.bulk(ctx, p, picks, change)
	return rows, err
}

// ApplyBulk makes the change in one transaction, with one amendment for all. What
// cannot be changed, and what changed since it was seen, is left alone and told in its row.
func (a *App) ApplyBulk(ctx context.Context, who civic.Caller, plan civic.PlanID, picks []BulkPick, change BulkChange, why AmendmentInput) ([]BulkRow, error) {
	var rows []BulkRow
	err := a.onPlan(ctx, who, plan, func(p civic.Plan) ([]edit, error) {
		var after []civic.Commitment
		var err error
		rows, after, err = a.bulk(ctx, p, picks, change)
		if err != nil {
			return nil, err
		}
		if p.Stage.Runs() {
			if err := civic.CheckAmendment(why.amendment(), p.Adopted, a.today()).Or(); err != nil {
				return nil, err
			}
		}
		var edits []edit
		for i, row := range rows {
			if row.Fault != nil || len(row.Changes) == 0 {
				continue
			}
			if !p.Stage.Runs() {
				edits = append(edits, edit{subject: after[i], verb: verbRevise})
				continue
			}
			before, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(row.Commitment))
			if err != nil {
				return nil, err
			}
			in := why
			in.Drops = false
			c, err := a.amended(before, after[i], in, nil)
			if err != nil {
				rows[i].Fault = err
				continue
			}
			edits = append(edits, edit{subject: c, verb: verbAmend})
		}
		return edits, nil
	})
	return rows, err
}

// bulk makes the rows of a change and the commitments that come of it. A version
// of 0 is that of now.
func (a *App) bulk(ctx context.Context, p civic.Plan, picks []BulkPick, change BulkChange) ([]BulkRow, []civic.Commitment, error) {
	switch {
	case !p.Lives():
		return nil, nil, notHere(p)
	case p.Stage == civic.Ended:
		return nil, nil, &civic.Error{Kind: civic.Conflict, Key: "planrule.ended"}
	case len(picks) == 0:
		return nil, nil, &civic.Error{Kind: civic.Invalid, Key: "bulk.none", Field: "chosen"}
	}
	if err := change.check(); err != nil {
		return nil, nil, err
	}
	rows, after := make([]BulkRow, len(picks)), make([]civic.Commitment, len(picks))
	for i, pick := range picks {
		before, number, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(pick.Commitment))
		if err != nil {
			return nil, nil, err
		}
		row := BulkRow{BulkPick: BulkPick{pick.Commitment, number}, Ref: refOf(before), Name: cmp.Or(before.OGPID, before.LocalID), Title: before.Title}
		switch {
		case !inPlan(before, p.ID):
			return nil, nil, notFound("commitment", string(pick.Commitment))
		case pick.Version != 0 && pick.Version != number:
			row.Version = pick.Version
			row.Fault = &civic.Error{Kind: civic.Conflict, Key: "bulk.moved", Args: map[string]any{"count": number - pick.Version}}
		case before.Dropped:
			row.Fault = &civic.Error{Kind: civic.Invalid, Key: "planrule.dropped"}
		case p.Stage.Runs() != (before.Adopted != nil):
			row.Fault = &civic.Error{Kind: civic.Invalid, Key: "planrule.not_adopted"}
		default:
			after[i], row.Fault = a.changed(ctx, p, before, change)
			if row.Fault == nil {
				row.Changes = promiseChanges(before, after[i])
			} else if kind := civic.KindOf(row.Fault); kind != civic.Invalid {
				return nil, nil, row.Fault
			}
		}
		rows[i] = row
	}
	return rows, after, nil
}

// check says what is wrong with the change itself.
func (b BulkChange) check() error {
	var e civic.Errors
	switch days, err := strconv.Atoi(b.Value); {
	case !slices.Contains(BulkFields, b.Field):
		e.Add("field", "bulk.field", "value", b.Field)
	case b.Field == "shift" && (err != nil || days == 0 || max(days, -days) > maxShift):
		e.Add("value", "bulk.days", "max", maxShift)
	case b.Value == "":
		e.Add("value", "planrule.text_missing")
	}
	return e.Or()
}

// changed is a commitment after the change, checked.
func (a *App) changed(ctx context.Context, p civic.Plan, before civic.Commitment, b BulkChange) (civic.Commitment, error) {
	lang := "en"
	if len(p.Languages) > 0 {
		lang = p.Languages[0]
	}
	change := map[string]string{}
	switch b.Field {
	case "lead", "end":
		change[b.Field] = b.Value
	case "supporting":
		change[b.Field] = strings.TrimSpace(before.Answer(b.Field) + " " + b.Value)
	case "theme":
		change["theme."+lang] = b.Value
	case "shift":
		days, err := strconv.Atoi(b.Value)
		if err != nil {
			return before, err
		}
		for _, m := range before.Milestones {
			if due, err := time.Parse(time.DateOnly, m.Due.Date); err == nil {
				change["milestone."+string(m.ID)+".due"] = due.AddDate(0, 0, days).Format(time.DateOnly)
			}
		}
	}
	after, err := before.WithAnswers(change, p.Languages)
	if err != nil {
		return before, err
	}
	bodies, err := a.bodiesIn(ctx, after)
	if err != nil {
		return before, err
	}
	// What was wrong before, in an imported text for example, is not this change's fault.
	old, err := a.bodiesIn(ctx, before)
	if err != nil {
		return before, err
	}
	known := civic.CheckCommitment(before, p, old)
	faults := slices.DeleteFunc(civic.CheckCommitment(after, p, bodies), func(f *civic.Error) bool {
		return slices.ContainsFunc(known, func(k *civic.Error) bool { return k.Field == f.Field && k.Key == f.Key })
	})
	if err := faults.Or(); err != nil {
		return before, err
	}
	after.Parts = slices.Clone(after.Parts)
	for i, part := range after.Parts {
		if part.Name == "" {
			after.Parts[i].Name = bodies[part.Institution].Name.String()
		}
	}
	return after, nil
}
