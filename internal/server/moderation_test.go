package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
)

func TestAContributionIsHiddenAndShownAgainLikeATestimony(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	poc, citizen, moderator := named(t, cast, "poc"), named(t, cast, "citizen"), named(t, cast, "moderator")
	var member civic.MemberID
	for _, held := range g.caller(t, poc).Grants {
		member = held.Member
	}
	plan, err := g.app.OpenPlan(t.Context(), g.caller(t, poc), app.PlanInput{Member: member, Number: "77", Start: "2027-01-01", End: "2028-12-31", Languages: []string{"en"}})
	if err != nil {
		t.Fatal(err)
	}
	id, err := g.app.Contribute(t.Context(), g.caller(t, citizen), app.ContributionInput{Plan: string(plan), Text: civic.Text{{Lang: "en", Text: "My neighbour’s number is 555"}}})
	if err != nil {
		t.Fatal(err)
	}
	at := "/en/work/moderation/" + string(id)
	if list := body(t, g.by(moderator, "GET", "/en/work/moderation", nil)); !strings.Contains(list, at) || !strings.Contains(list, "My neighbour’s number") {
		t.Error("a contribution is not listed")
	}
	if res := g.by(moderator, "GET", at, nil); res.StatusCode != http.StatusOK {
		t.Fatalf("%s answers %d", at, res.StatusCode)
	}
	for _, step := range []struct{ address, verb string }{{at, "hide"}, {at + "/show", "show_again"}} {
		res := g.by(moderator, "POST", step.address, url.Values{"rule": {"personal_data"}, "reason": {"It names a number."}})
		entries := g.entries(t)
		if last := entries[len(entries)-1]; res.StatusCode != http.StatusSeeOther || !strings.Contains(last, step.verb) {
			t.Errorf("%s answers %d; the record says %s", step.address, res.StatusCode, last)
		}
	}
	for _, p := range []player{nobody, citizen, poc} {
		if res := g.by(p, "GET", at, nil); res.StatusCode == http.StatusOK {
			t.Errorf("%s moderates", p.name)
		}
	}
}
