package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/privacy"
)

// The verbs of entries on testimony.
const (
	verbTestify  = "testify"
	verbChange   = "change_testimony"
	verbWithdraw = "withdraw"
)

// TestimonyInput is what somebody saw of what a report says.
type TestimonyInput struct {
	Report   civic.ReportID
	Happened bool
	Saw      civic.Text
	Channel  civic.Channel // "" and Web for oneself; any other for somebody met off line
	Place    string        // off line: where, never an address of a person
	Consent  bool          // off line: the person agreed
}

// placeOfReport is where a question about a report is asked: its own plan, also
// when the commitment stands in several.
func (a *App) placeOfReport(ctx context.Context, id civic.ReportID) (civic.Report, civic.Place, error) {
	r, _, err := read[civic.Report](ctx, a, civic.KindReport, string(id))
	if err != nil {
		return r, civic.Place{}, err
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(r.Commitment))
	if err != nil {
		return r, civic.Place{}, err
	}
	return r, within(c, r.Plan), nil
}

// Testify keeps a testimony: the caller's own, or one that a facilitator writes
// down. An account testifies once on a report; again is a Conflict.
func (a *App) Testify(ctx context.Context, who civic.Caller, in TestimonyInput) (civic.TestimonyID, error) {
	t := civic.Testimony{Report: in.Report, Happened: in.Happened, Saw: cleanText(in.Saw), Month: a.today()[:7],
		Way: civic.Way{Channel: cmp.Or(in.Channel, civic.Web)}}
	permission, actor, target := civic.MayTestify, civic.CitizenActor, string(in.Report)
	if t.Channel.Offline() {
		permission, actor, target = civic.MayTestifyFor, who.Actor, ""
		t.Facilitator, t.Place, t.Consent = who.Actor, cleanLine(in.Place), in.Consent
	}
	r, on, err := a.placeOfReport(ctx, in.Report)
	if err != nil {
		return "", err
	}
	if err := who.Ask(permission, on); err != nil {
		return "", err
	}
	if e := civic.CheckTestimony(t); len(e) > 0 {
		return "", e
	}
	id, err := civic.NewBlindID(a.random)
	if err != nil {
		return "", err
	}
	if id, err = a.noteAuthor(ctx, who, civic.KindTestimony, id, target); err != nil {
		return "", err
	}
	t.ID, t.Member, t.Plan, t.Commitment, t.Demo = civic.TestimonyID(id), r.Member, r.Plan, r.Commitment, r.Demo
	err = a.act(ctx, who, permission, func(ask func(civic.Place) error) ([]edit, error) {
		if err := ask(on); err != nil {
			return nil, err
		}
		before, _, err := read[civic.Testimony](ctx, a, civic.KindTestimony, id)
		switch {
		case civic.KindOf(err) == civic.NotFound:
		case err != nil:
			return nil, err
		case !before.Withdrawn:
			return nil, &civic.Error{Kind: civic.Conflict, Key: "testimony.twice"}
		default:
			t.Hidden = before.Hidden
		}
		return []edit{{subject: t, verb: verbTestify, actor: actor}}, nil
	})
	if err != nil {
		return "", err
	}
	return t.ID, nil
}

// ChangeTestimony writes what the caller testified anew: whether it happened and
// what was seen. Somebody else's is NotFound.
func (a *App) ChangeTestimony(ctx context.Context, who civic.Caller, id civic.TestimonyID, happened bool, saw civic.Text) error {
	return a.editTestimony(ctx, who, id, verbChange, func(t *civic.Testimony) {
		t.Happened, t.Saw = happened, cleanText(saw)
	})
}

// WithdrawTestimony takes back what the caller testified: its words are gone from
// the newest version, and it no longer counts.
func (a *App) WithdrawTestimony(ctx context.Context, who civic.Caller, id civic.TestimonyID) error {
	return a.editTestimony(ctx, who, id, verbWithdraw, func(t *civic.Testimony) {
		t.Saw, t.Place, t.Withdrawn = nil, "", true
	})
}

func (a *App) editTestimony(ctx context.Context, who civic.Caller, id civic.TestimonyID, verb string, change func(*civic.Testimony)) error {
	if err := a.mine(ctx, who, civic.KindTestimony, string(id)); err != nil {
		return err
	}
	t, _, err := read[civic.Testimony](ctx, a, civic.KindTestimony, string(id))
	if err != nil {
		return err
	}
	permission, actor := civic.MayTestify, civic.CitizenActor
	if t.Channel.Offline() {
		permission, actor = civic.MayTestifyFor, who.Actor
	}
	return a.act(ctx, who, permission, func(ask func(civic.Place) error) ([]edit, error) {
		t, _, err := read[civic.Testimony](ctx, a, civic.KindTestimony, string(id))
		if err != nil {
			return nil, err
		}
		_, on, err := a.placeOfReport(ctx, t.Report)
		if err != nil {
			return nil, err
		}
		if err := ask(on); err != nil {
			return nil, err
		}
		if t.Withdrawn {
			return nil, notFound("testimony", string(id))
		}
		change(&t)
		if e := civic.CheckTestimony(t); len(e) > 0 {
			return nil, e
		}
		return []edit{{subject: t, verb: verb, actor: actor}}, nil
	})
}

// MyTestimony returns what the caller testified on a report; nil when nothing, or
// when it was withdrawn.
func (a *App) MyTestimony(ctx context.Context, who civic.Caller, report civic.ReportID) (*civic.Testimony, error) {
	if !who.SignedIn() {
		return nil, nil
	}
	id, err := a.store.Authored(ctx, who.Account, civic.KindTestimony, string(report))
	if err != nil || id == "" {
		return nil, err
	}
	t, _, err := read[civic.Testimony](ctx, a, civic.KindTestimony, id)
	if civic.KindOf(err) == civic.NotFound || err == nil && t.Withdrawn {
		return nil, nil
	}
	return &t, err
}

// TestimonyPage is what citizens say of a report, as everybody may see it. The
// rows of Counts are that it happened and that it did not, its columns Channels.
// Where the numbers by channel are hidden there are no channels: which of them
// were used would tell as much.
type TestimonyPage struct {
	Counts   privacy.Table
	Channels []civic.Channel // those on which something came
	Told     []TestimonyTold // in an order that tells no time
}

// TestimonyTold is one testimony with words, or one that is hidden.
type TestimonyTold struct {
	ID       civic.TestimonyID
	Happened bool
	Saw      civic.Text
	Channel  civic.Channel // "" where so few came on it that it would tell of a person
	Rule     string        // by which it is hidden, "" when it is shown; then nothing else is told
}

// Testimonies returns what citizens say of a report. Small numbers are hidden by
// the rule of package privacy. What is hidden still counts; what was withdrawn does not.
func (a *App) Testimonies(ctx context.Context, report civic.ReportID) (TestimonyPage, error) {
	all, err := belonging[civic.Testimony](ctx, a, civic.KindTestimony, civic.OfReport, string(report))
	if err != nil {
		return TestimonyPage{}, err
	}
	return testimonyPage(all), nil
}

// TestimoniesOn is Testimonies for each report on a commitment of which somebody
// said something.
func (a *App) TestimoniesOn(ctx context.Context, c civic.CommitmentID) (map[civic.ReportID]TestimonyPage, error) {
	all, err := belonging[civic.Testimony](ctx, a, civic.KindTestimony, civic.OfCommitment, string(c))
	if err != nil {
		return nil, err
	}
	of := map[civic.ReportID][]civic.Testimony{}
	for _, t := range all {
		of[t.Report] = append(of[t.Report], t)
	}
	out := make(map[civic.ReportID]TestimonyPage, len(of))
	for report, on := range of {
		out[report] = testimonyPage(on)
	}
	return out, nil
}

func testimonyPage(all []civic.Testimony) TestimonyPage {
	all = slices.DeleteFunc(all, func(t civic.Testimony) bool { return t.Withdrawn })
	slices.SortFunc(all, func(a, b civic.Testimony) int { return cmp.Compare(a.ID, b.ID) })
	counts := [][]int{make([]int, len(civic.Channels)), make([]int, len(civic.Channels))}
	for _, t := range all {
		row := 1
		if t.Happened {
			row = 0
		}
		counts[row][max(0, slices.Index(civic.Channels, t.Channel))]++
	}
	page := TestimonyPage{Counts: privacy.Suppress(counts)}
	byChannel := !slices.ContainsFunc(page.Counts.Columns, func(c privacy.Cell) bool { return c.Hidden })
	for i, c := range civic.Channels {
		if byChannel && page.Counts.Columns[i].N > 0 {
			page.Channels = append(page.Channels, c)
		}
	}
	page.Counts = page.Counts.Only(func(column int) bool { return slices.Contains(page.Channels, civic.Channels[column]) })
	for _, t := range all {
		told := TestimonyTold{ID: t.ID, Happened: t.Happened, Saw: t.Saw}
		if byChannel {
			told.Channel = t.Channel
		}
		switch {
		case t.Hidden != nil:
			page.Told = append(page.Told, TestimonyTold{ID: t.ID, Rule: t.Hidden.Rule})
		case len(t.Saw) > 0:
			page.Told = append(page.Told, told)
		}
	}
	return page
}
