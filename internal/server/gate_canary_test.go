package server

import (
	"context"
	"slices"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
)

// canary is a word that only some may see.
type canary struct {
	word string
	seen []string // names of the cast, and beginnings of addresses where they may see it
}

// TestWhatIsHiddenAppearsInNoAnswer plants words in what is not public and looks
// for them in every answer to everybody: pages, files, feeds, API, exports, search.
func TestWhatIsHiddenAppearsInNoAnswer(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	cast := g.cast(t)
	poc := g.caller(t, named(t, cast, "poc"))
	drafters := []string{"poc", "su", "forum"}
	canaries := []canary{{word: "canarydraft", seen: drafters}, {word: "canaryhidden", seen: []string{"moderator"}}, {word: "canaryfile"},
		{word: "Canaryname", seen: []string{"poc", "admin", "canary"}}, {word: "canarymail", seen: []string{"poc", "admin", "canary"}}}

	plan, err := g.keeper.store.FindPlan(ctx, "esperia-2")
	must(err)
	draft, err := g.app.NewDraft(ctx, poc, plan)
	must(err)
	_, err = g.app.SaveDraft(ctx, poc, draft.ID, draft.Revision, map[string]string{"title.en": "A canarydraft sings", "text.en": "canarydraft canarydraft"})
	must(err)
	report := civic.ReportID(g.known.IDs["report"][0])
	saw, err := g.app.Testify(ctx, g.caller(t, named(t, cast, "facilitator")), app.TestimonyInput{Report: report, Channel: civic.Paper, Consent: true,
		Place: "library", Saw: civic.Text{{Lang: "en", Text: "A canaryhidden sings."}}})
	must(err)
	must(g.app.Hide(ctx, g.caller(t, named(t, cast, "moderator")), civic.KindTestimony, string(saw), "insult", "It insults."))
	_, err = g.app.KeepFile(ctx, poc, "secret.txt", strings.NewReader("canaryfile"))
	must(err)
	someone := g.signIn(t, player{name: "canary", mail: "canarymail@avow.example", role: civic.Citizen})
	must(g.app.NameAccount(ctx, g.caller(t, someone), "Canaryname", "en"))
	_, err = g.app.Contribute(ctx, g.caller(t, someone), app.ContributionInput{Plan: string(plan), Text: civic.Text{{Lang: "en", Text: "An idea."}}, Way: civic.Way{Channel: civic.Web}})
	must(err)
	cast = append(cast, someone)
	for _, p := range cast {
		if p.session != "" {
			canaries = append(canaries, canary{word: p.session}, canary{word: strings.TrimPrefix(p.token, "avow_")})
		}
	}

	addresses := []string{"/en/commitments?q=canarydraft", "/en/commitments?q=canaryhidden", "/api/v1/commitments?q=canarydraft", "/en/work/drafts/" + draft.ID + "/title",
		"/en/work/drafts/" + draft.ID + "/preview", "/en/nothing/canary", "/en/reports/" + string(report), "/api/v1/changes?since=0", "/api/v1/exports/commitments.jsonl",
		"/en/work/moderation", "/en/work/people"}
	for _, s := range g.every(t) {
		if !s.row.writes() && (s.lang == "" || s.lang == "en") {
			addresses = append(addresses, s.address)
		}
	}
	asked := 0
	for _, p := range cast {
		for _, address := range addresses {
			text := body(t, g.by(p, "GET", address, nil))
			asked++
			for _, c := range canaries {
				if c.word == "" || !strings.Contains(text, c.word) || strings.Contains(address, c.word) {
					continue
				}
				if !slices.Contains(c.seen, p.name) {
					t.Errorf("%s sees %.12s… at %s", p.name, c.word, address)
				}
			}
		}
	}
	t.Logf("D2 %d answers hold none of %d hidden words", asked, len(canaries))
}
