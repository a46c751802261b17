package server

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// spot is an address of an action with the place that its names stand for.
type spot struct {
	sample
	names    map[string]string // of the pattern: "plan" to "esperia-1"
	on       civic.Place
	anywhere bool
}

// widen puts something to act on beside the demonstration: drafts of two
// institutions, and a plan with its things in another member.
func (g gate) widen(t *testing.T, cast []player) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	poc, abroad := g.caller(t, named(t, cast, "poc")), g.caller(t, named(t, cast, "foreign-point_of_contact"))
	for _, ref := range g.known.Living.Commitments {
		id, err := g.keeper.store.FindCommitment(ctx, ref)
		must(err)
		d, err := g.app.DraftOf(ctx, poc, id)
		must(err)
		_, err = g.app.SaveDraft(ctx, poc, d.ID, d.Revision, map[string]string{"problem.en": "Something is wrong.", "problem.fr": "Quelque chose ne va pas."})
		must(err)
	}
	first, err := g.keeper.store.FindPlan(ctx, g.known.Living.Plans[0])
	must(err)
	late, err := g.app.NewDraft(ctx, poc, first)
	must(err)
	_, err = g.app.SaveDraft(ctx, poc, late.ID, late.Revision, map[string]string{"title.en": "A late promise", "title.fr": "Une promesse tardive", "number": "IX",
		"text.en": "It came late.", "text.fr": "Elle est venue tard.", "lead": g.known.IDs["institution"][0]})
	must(err)
	must(g.app.Amend(ctx, poc, late.ID, app.AmendmentInput{On: "2026-08-01", By: "Cabinet", Reason: both("It was forgotten.", "Elle a été oubliée.")}))
	other, err := g.app.Member(ctx, "lithuania")
	must(err)
	member, en := other.MemberItem.Member.ID, func(text string) civic.Text { return civic.Text{{Lang: "en", Text: text}} }
	plan, err := g.app.OpenPlan(ctx, abroad, app.PlanInput{Member: member, Number: "99", Start: "2027-01-01", End: "2028-12-31", Languages: []string{"en"}, Title: en("A plan elsewhere")})
	must(err)
	must(g.app.SetPeriods(ctx, abroad, plan, civic.SuggestPeriods("2027-01-01", "2028-12-31"), nil))
	draft, err := g.app.NewDraft(ctx, abroad, plan)
	must(err)
	_, err = g.app.SaveDraft(ctx, abroad, draft.ID, draft.Revision, map[string]string{"title.en": "A promise elsewhere", "text.en": "Elsewhere, something is published.", "number": "1"})
	must(err)
	_, err = g.app.KeepStep(ctx, abroad, civic.Step{Member: member, Plan: plan, Kind: "outreach", Title: en("Meetings"), Start: "2026-09-01"}, 0)
	must(err)
	_, err = g.app.KeepMeeting(ctx, abroad, civic.Meeting{Member: member, Plan: plan, Kind: "forum", On: "2026-06-01", Title: en("A meeting"), Government: 2, Civil: 2}, 0)
	must(err)
	_, err = g.app.KeepDocument(ctx, abroad, civic.Document{Member: member, Plan: plan, Kind: "other", Title: en("A paper"), Dated: "2026-06-01", URL: "https://lithuania.example/paper"}, 0)
	must(err)
	_, err = g.app.KeepTension(ctx, abroad, civic.Tension{Member: member, Topic: en("A tension"), Laws: []string{"One act", "Another act"}}, 0)
	must(err)
	_, err = g.app.KeepTool(ctx, abroad, civic.Tool{Member: member, Name: "A tool", Purpose: en("It counts"), Maintainer: "Somebody", Kind: "community"}, 0)
	must(err)
	_, err = g.app.Contribute(ctx, g.caller(t, named(t, cast, "citizen")), app.ContributionInput{Plan: string(plan), Text: en("An idea"), Way: civic.Way{Channel: civic.Web}})
	must(err)
}

// elsewherePlan is the plan that widen opens in another member.
const elsewherePlan = "lithuania-99"

// nouns are all names that an address may hold: a plan by its slug, and so on.
func (g gate) nouns(t *testing.T, cast []player) map[string][]string {
	t.Helper()
	ctx := context.Background()
	out := map[string][]string{"member": {"esperia", "lithuania"}, "plan": append(slices.Clone(g.known.Living.Plans), elsewherePlan),
		"commitment": append(slices.Clone(g.known.Living.Commitments), "LT0031"), "period": {"2025-2", "2026-2", "2027-1"}, "unit": {app.WholeCommitment}}
	id, err := g.keeper.store.FindPlan(ctx, g.known.Living.Plans[0])
	if err != nil {
		t.Fatal(err)
	}
	err = g.keeper.store.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error {
		var c civic.Commitment
		if err := json.Unmarshal(v.Body, &c); err != nil {
			return err
		}
		if c.OGPID == "" && slices.ContainsFunc(c.Plans, func(e civic.PlanEntry) bool { return e.Plan == id }) {
			out["commitment"] = append(out["commitment"], v.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	promise, err := g.keeper.store.FindCommitment(ctx, out["commitment"][0])
	if err != nil {
		t.Fatal(err)
	}
	out["promise"], out["someone"] = []string{string(promise)}, []string{string(named(t, cast, "citizen").account)}
	for _, kind := range civic.Kinds {
		if out[string(kind)] != nil {
			continue
		}
		err := g.keeper.store.EachNewest(ctx, kind, func(v store.Version) error {
			out[string(kind)] = append(out[string(kind)], v.ID)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(out[string(kind)]) // the newest is the one that is open
	}
	out["set"] = []string{taxonomy.OpenDigital}
	for _, name := range []string{"published", "blind", "open", "item", "group"} {
		out[name] = g.known.IDs[name]
	}
	out["voice"] = append(slices.Clone(out["contribution"]), out["testimony"]...)
	for _, slug := range out["plan"] {
		id, err := g.keeper.store.FindPlan(ctx, slug)
		if err != nil {
			t.Fatal(err)
		}
		drafts, err := g.keeper.store.DraftsOfPlan(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drafts {
			var c civic.Commitment
			if err := json.Unmarshal(d.Body, &c); err != nil {
				t.Fatal(err)
			}
			out["draft"] = append(out["draft"], d.ID)
			for _, m := range c.Milestones {
				out["milestone "+d.ID] = append(out["milestone "+d.ID], string(m.ID))
			}
		}
	}
	return out
}

// spots are the addresses of an action, those of one place together: its
// member with its institutions tells a place.
func (g gate) spots(t *testing.T, row Row, nouns map[string][]string) (order []string, out map[string][]spot) {
	t.Helper()
	pattern := strings.Split(strings.ReplaceAll(row.Pattern, "{lang}", "en"), "/")
	addresses := []spot{{names: map[string]string{"someone": nouns["someone"][0], "promise": nouns["promise"][0]}}}
	for i, part := range pattern {
		values := []string{part}
		name := ""
		if strings.HasPrefix(part, "{") {
			if name = strings.Trim(part, "{}"); name == "ref" || name == "id" {
				name = strings.TrimSuffix(strings.ReplaceAll(pattern[i-1], "testimonies", "testimonys"), "s")
			}
			values = nouns[name]
		}
		var longer []spot
		for _, a := range addresses {
			of := values
			switch {
			case name == "step" && a.names["draft"] != "":
				of = []string{"title"}
			case name == "step" && a.names["unit"] != "":
				of = []string{"check"}
			case name == "milestone":
				of = nouns["milestone "+a.names["draft"]]
			}
			for _, value := range of {
				b := spot{names: map[string]string{}}
				for k, v := range a.names {
					b.names[k] = v
				}
				if b.address = a.address; i > 0 {
					b.address += "/" + value
				}
				if name != "" {
					b.names[name] = value
				}
				longer = append(longer, b)
			}
		}
		addresses = longer
	}
	out = map[string][]spot{}
	for _, a := range addresses {
		a.row, a.lang = row, "en"
		if plan, commitment := a.names["plan"], a.names["commitment"]; plan != "" && commitment != "" && strings.HasPrefix(plan, "esperia") == strings.HasPrefix(commitment, "LT") {
			continue // of two members
		}
		a.on, a.anywhere = g.place(t, a.sample)
		key := fmt.Sprint(a.on.Member, " ", a.on.Institutions)
		if out[key] == nil {
			order = append(order, key)
		}
		out[key] = append(out[key], a)
	}
	return order, out
}
