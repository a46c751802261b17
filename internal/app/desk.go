package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/text"
)

// The verbs of an import's entries in the public record.
const (
	verbCreate  = "create"
	verbUpdate  = "update"
	verbConfirm = "confirm"     // a newer edition says the same: only its source was added
	verbAbsent  = "mark_absent" // a later table no longer holds it
)

// change is a subject to write, with the words of its entry.
type change struct {
	subject func() civic.Subject
	verb    string
	edition civic.Edition
}

// card is a subject on the desk: as it was in the store (nil: new) and as it is now.
type card[T civic.Subject] struct {
	was     []byte
	now     T
	verb    string
	edition civic.Edition
	idle    bool // made for a row that was not taken after all: left out
}

// desk is where an import works: copies of the subjects it touches, read from
// the record at one size, changed here and written in one go. Members, plans and
// institutions are all here; commitments are fetched plan by plan.
type desk struct {
	app  *App
	size int64

	members      []*card[civic.Member]
	institutions []*card[civic.Institution]
	plans        []*card[civic.Plan]
	commitments  []*card[civic.Commitment]
	reports      []*card[civic.Report] // of the plans whose reports a source tells

	memberBy      map[string]*card[civic.Member] // folded code, name and aliases; ID
	planBy        map[string]*card[civic.Plan]   // member ID + number; ID
	institutionBy map[string]*card[civic.Institution]
	commitmentBy  map[civic.CommitmentID]*card[civic.Commitment]
	byOGPID       map[string]*card[civic.Commitment]
	byPlan        map[civic.PlanID][]*card[civic.Commitment]
	fetched       map[civic.PlanID]bool
	reportBy      map[reportKey]*card[civic.Report]
	reported      map[civic.PlanID]bool   // plans whose reports are here
	byPeople      map[civic.ReportID]bool // filed or corrected by a person
	slugs         map[string]bool         // of members and plans, as "member/slug"

	said    map[civic.Edition][]*placed // what the files said, for marks of absence
	differs map[planDifference]int      // warnings of the file at hand, by their place

	run     *gathered // nil until a file tells such kinds
	tags    *tagDesk
	studies *studyDesk
	more    []change // of other kinds, in their order
}

func (a *App) openDesk(ctx context.Context) (*desk, error) {
	head, err := a.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	d := &desk{
		app: a, size: head.Size,
		memberBy: map[string]*card[civic.Member]{}, planBy: map[string]*card[civic.Plan]{},
		institutionBy: map[string]*card[civic.Institution]{}, commitmentBy: map[civic.CommitmentID]*card[civic.Commitment]{},
		byOGPID: map[string]*card[civic.Commitment]{}, byPlan: map[civic.PlanID][]*card[civic.Commitment]{},
		reportBy: map[reportKey]*card[civic.Report]{}, reported: map[civic.PlanID]bool{}, byPeople: map[civic.ReportID]bool{},
		fetched: map[civic.PlanID]bool{}, slugs: map[string]bool{}, said: map[civic.Edition][]*placed{},
	}
	if err := load(ctx, a.store, civic.KindMember, d.layMember); err != nil {
		return nil, err
	}
	if err := load(ctx, a.store, civic.KindInstitution, d.layInstitution); err != nil {
		return nil, err
	}
	if err := load(ctx, a.store, civic.KindPlan, d.layPlan); err != nil {
		return nil, err
	}
	return d, nil
}

func load[T civic.Subject](ctx context.Context, st *store.Store, kind civic.Kind, lay func(*card[T])) error {
	return st.EachNewest(ctx, kind, func(v store.Version) error {
		c, err := cardOf[T](v)
		if err != nil {
			return err
		}
		lay(c)
		return nil
	})
}

func cardOf[T civic.Subject](v store.Version) (*card[T], error) {
	c := &card[T]{was: v.Body}
	if err := json.Unmarshal(v.Body, &c.now); err != nil {
		return nil, fmt.Errorf("decode %s %s: %w", v.Kind, v.ID, err)
	}
	return c, nil
}

func (d *desk) layMember(c *card[civic.Member]) {
	d.members = append(d.members, c)
	d.indexMember(c)
}

func (d *desk) indexMember(c *card[civic.Member]) {
	m := c.now
	d.slugs["member/"+m.Slug] = true
	d.memberBy[string(m.ID)] = c
	for _, name := range append([]string{m.Code, m.Name, m.Slug}, m.Aliases...) {
		if key := text.Fold(name); key != "" && d.memberBy[key] == nil {
			d.memberBy[key] = c
		}
	}
}

func (d *desk) layPlan(c *card[civic.Plan]) {
	d.plans = append(d.plans, c)
	d.slugs["plan/"+c.now.Slug] = true
	d.planBy[string(c.now.ID)] = c
	d.planBy[planKey(c.now.Member, c.now.Number)] = c
}

func (d *desk) layInstitution(c *card[civic.Institution]) {
	d.institutions = append(d.institutions, c)
	d.institutionBy[string(c.now.ID)] = c
	d.institutionBy[institutionKey(c.now.Member, c.now.Name.String())] = c
}

func (d *desk) layCommitment(c *card[civic.Commitment]) {
	if d.commitmentBy[c.now.ID] != nil {
		return
	}
	d.commitments = append(d.commitments, c)
	d.commitmentBy[c.now.ID] = c
	d.indexCommitment(c)
}

func (d *desk) indexCommitment(c *card[civic.Commitment]) {
	if c.now.OGPID != "" {
		d.byOGPID[c.now.OGPID] = c
	}
	for _, p := range c.now.Plans {
		d.byPlan[p.Plan] = append(d.byPlan[p.Plan], c)
	}
}

func planKey(m civic.MemberID, number string) string { return string(m) + "/" + number }
func institutionKey(m civic.MemberID, name string) string {
	return string(m) + "/" + text.Fold(name)
}

// fetchPlans brings the known commitments of the plans to the desk.
func (d *desk) fetchPlans(ctx context.Context, plans []civic.PlanID) error {
	var wanted []civic.PlanID
	for _, p := range plans {
		if !d.fetched[p] {
			d.fetched[p] = true
			wanted = append(wanted, p)
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	ids, err := d.app.store.CommitmentsOfPlans(ctx, wanted)
	if err != nil {
		return err
	}
	return d.fetch(ctx, ids)
}

// fetchOGPIDs brings the commitments that carry the OGP IDs to the desk.
func (d *desk) fetchOGPIDs(ctx context.Context, ogpIDs []string) error {
	known, err := d.app.store.IDsByOGP(ctx, ogpIDs)
	if err != nil {
		return err
	}
	ids := make([]civic.CommitmentID, 0, len(known))
	for _, id := range known {
		ids = append(ids, id)
	}
	return d.fetch(ctx, ids)
}

func (d *desk) fetch(ctx context.Context, ids []civic.CommitmentID) error {
	var wanted []string
	for _, id := range ids {
		if d.commitmentBy[id] == nil {
			wanted = append(wanted, string(id))
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	versions, err := d.app.store.NewestOf(ctx, civic.KindCommitment, wanted)
	if err != nil {
		return err
	}
	for _, id := range wanted {
		v, ok := versions[id]
		if !ok {
			continue
		}
		c, err := cardOf[civic.Commitment](v)
		if err != nil {
			return err
		}
		d.layCommitment(c)
	}
	return nil
}

// changes lists what differs from the store, in the order in which one subject
// refers to the other.
func (d *desk) changes() []change {
	var out []change
	out = appendChanged(out, d.members)
	out = appendChanged(out, d.institutions)
	out = appendChanged(out, d.plans)
	out = appendChanged(out, d.commitments)
	out = appendChanged(out, d.reports)
	return append(out, d.more...)
}

func appendChanged[T civic.Subject](out []change, cards []*card[T]) []change {
	for _, c := range cards {
		if c.idle && c.was == nil {
			continue
		}
		if c.was != nil {
			if c.verb == "" {
				continue
			}
			if body, err := civic.Encode(c.now); err == nil && bytes.Equal(body, c.was) {
				continue
			}
		}
		verb := c.verb
		if c.was == nil {
			verb = verbCreate
		}
		out = append(out, change{subject: func() civic.Subject { return c.now }, verb: verb, edition: c.edition})
	}
	return out
}
