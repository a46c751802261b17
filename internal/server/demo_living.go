package server

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/interchange"
)

// demoPeople are the accounts of the demonstration: who they are, their role, and
// the name of the institution for which they report.
var demoPeople = []struct {
	mail, name  string
	role        civic.AccessRole
	institution string
}{
	{"admin@avow.example", "Ada Admin", civic.Administrator, ""},
	{"su@avow.example", "Sunil of the Support Unit", civic.SupportUnit, ""},
	{"moderator@avow.example", "Mona Moderator", civic.Moderator, ""},
	{"reviewer@avow.example", "Rui Reviewer", civic.Reviewer, ""},
	{"poc@avow.example", "Paola Point", civic.PointOfContact, ""},
	{"forum@avow.example", "Farid Forum", civic.ForumMember, ""},
	{"facilitator@avow.example", "Fatou Facilitator", civic.Facilitator, ""},
	{"reporter-a@avow.example", "Ana Reporter", civic.Reporter, "Ministry of Finance"},
	{"reporter-b@avow.example", "Boris Reporter", civic.Reporter, "Ministry of Health"},
	{"citizen@avow.example", "Chioma Citizen", civic.Citizen, ""},
}

// everywhere are the roles that the demonstration gives without a member.
var everywhere = map[civic.AccessRole]bool{civic.Administrator: true, civic.SupportUnit: true, civic.Moderator: true}

// demoMember is the member of the living plan: a country that does not exist.
const demoMember = `{"format":"avow-jsonl","version":1}
{"kind":"member","subject":{"id":"06230z6w00esper1adem0nstra","slug":"esperia","code":"XEP","prefix":"XEP","name":"Esperia (demonstration)","region":"europe","regime":"national","joined":2020,"demo":true}}
`

// director leads the demonstration through the use cases, on the days on which
// things happened. After the first error nothing more is done.
type director struct {
	ctx    context.Context
	app    *app.App
	clock  time.Time
	random *rand.ChaCha8
	err    error

	accounts map[string]civic.AccountID // of the part before the @
	bodies   map[string]civic.InstitutionID
	member   civic.MemberID
	plan     civic.PlanID
	promises []civic.CommitmentID
	steps    map[string]civic.MilestoneID
	reports  map[string]civic.ReportID // "promise period"
	minutes  int
}

// loadLiving tells the story of a plan from its announcement to its second year,
// day by day, so that every part of the site has something to show. Its IDs are
// the same everywhere.
func loadLiving(ctx context.Context, k *keeper) error {
	d := &director{ctx: ctx, random: rand.NewChaCha8([32]byte{'E', 's', 'p', 'e', 'r', 'i', 'a'}),
		accounts: map[string]civic.AccountID{}, bodies: map[string]civic.InstitutionID{},
		steps: map[string]civic.MilestoneID{}, reports: map[string]civic.ReportID{}}
	// Signed once, at the end: a demonstration that stops half way is loaded anew.
	d.app = app.New(k.store, app.Options{Now: func() time.Time { return d.clock }, Random: d.random})
	for _, part := range []func(){d.people, d.drafting, d.consultation, d.adoption, d.firstPeriod, d.secondPeriod, d.voices, d.nextPlan, d.studies} {
		part()
	}
	if d.err != nil {
		return fmt.Errorf("the demonstration of a living plan on %s: %w", d.clock.Format(time.DateOnly), d.err)
	}
	return k.afterCommit(ctx)
}

// on goes on to a day.
func (d *director) on(day string) {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || at.Before(d.clock.Truncate(24*time.Hour)) {
		d.fail(fmt.Errorf("no day after %s: %s", d.clock, day))
		return
	}
	d.clock = at.Add(9 * time.Hour)
}

func (d *director) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// do runs a use case, a minute after the one before.
func (d *director) do(change func() error) {
	if d.err == nil {
		d.clock = d.clock.Add(time.Minute)
		d.fail(change())
	}
}

// make runs a use case that gives something back.
func make1[T any](d *director, change func() (T, error)) (out T) {
	d.do(func() (err error) { out, err = change(); return err })
	return out
}

// as is one of the people, signed in with two factors.
func (d *director) as(name string) civic.Caller {
	account := d.accounts[name]
	grants, err := d.app.GrantsOf(d.ctx, account)
	if err != nil {
		d.fail(err)
	}
	return civic.Caller{Actor: civic.ActorOf(account), Account: account, Grants: grants, Strong: true}
}

// both is a text in the two languages of the plan.
func both(en, fr string) civic.Text {
	return civic.Text{{Lang: "en", Text: en}, {Lang: "fr", Text: fr}}
}

// people gives Esperia its institutions, and everybody an account with a role.
func (d *director) people() {
	d.on("2024-05-02")
	d.do(func() error {
		in := interchange.BytesInput("esperia.jsonl", []byte(demoMember))
		_, err := d.app.Import(d.ctx, civic.LocalOperator, app.ImportRequest{Format: "jsonl", Inputs: []interchange.Input{in}})
		return err
	})
	page := make1(d, func() (app.MemberPage, error) { return d.app.Member(d.ctx, "esperia") })
	d.member = page.MemberItem.Member.ID
	for _, name := range []civic.Text{
		both("Ministry of Finance", "Ministère des Finances"),
		both("Ministry of Health", "Ministère de la Santé"),
		both("National Archive", "Archives nationales"),
		both("Statistics Office", "Office de la statistique"),
	} {
		d.bodies[name[0].Text] = make1(d, func() (civic.InstitutionID, error) {
			return d.app.DefineInstitution(d.ctx, civic.Operator(), d.member, name)
		})
	}
	for _, p := range demoPeople {
		short, _, _ := strings.Cut(p.mail, "@")
		d.accounts[short] = make1(d, func() (civic.AccountID, error) { return d.app.OpenAccount(d.ctx, p.mail, p.name, "en") })
		if p.role == civic.Citizen {
			continue
		}
		scope := civic.Scope{Member: d.member, Institution: d.bodies[p.institution]}
		if everywhere[p.role] {
			scope = civic.Scope{}
		}
		d.do(func() error {
			_, err := d.app.Grant(d.ctx, civic.Operator(), app.GrantRequest{Account: d.accounts[short], Role: p.role, Scope: scope, Reason: "For the demonstration."})
			return err
		})
	}
}
