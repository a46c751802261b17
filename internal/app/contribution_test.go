package app

import (
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

func TestAContributionDoesNotTellWhoWroteIt(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		r.day = "2026-01-17"
		citizen := r.account("Jane", "", civic.Scope{})
		head, err := r.Head(r.ctx)
		r.must(err)
		id, err := r.Contribute(r.ctx, citizen, ContributionInput{Plan: "republic-1", Text: english("Publish the budget"), Month: "1999-01",
			Way: civic.Way{Channel: civic.Web, Place: "12 Home Street", Facilitator: "account:jane"}})
		r.must(err)
		entries, err := r.store.Entries(r.ctx, head.Size, 10)
		r.must(err)
		if len(entries) != 1 || entries[0].Actor != civic.CitizenActor || entries[0].Verb != verbContribute {
			t.Fatalf("%+v", entries)
		}
		for _, told := range []string{string(citizen.Account), "Jane", "Home Street", "2026-01-17"} {
			if strings.Contains(string(entries[0].Body), told) {
				t.Errorf("the record tells %q: %s", told, entries[0].Body)
			}
		}
		if !strings.Contains(string(entries[0].Body), `"month":"2026-01"`) {
			t.Errorf("%s", entries[0].Body)
		}
		if wrote, err := r.store.Wrote(r.ctx, citizen.Account, civic.KindContribution, string(id)); err != nil || !wrote {
			t.Errorf("the private link is missing: %v", err)
		}
	})
}

func TestAContributionIsHeldAgainstTheRules(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		facilitator := r.account("fay", civic.Facilitator, civic.Scope{Member: r.member})
		citizen := r.account("jane", "", civic.Scope{})
		offline := civic.Way{Channel: civic.Paper, Place: "Market of Otavalo", Consent: true}
		for _, c := range []struct {
			name string
			who  civic.Caller
			in   ContributionInput
			want string
			kind civic.ErrorKind
		}{
			{"nothing said", citizen, ContributionInput{Text: english("  ")}, "text repository.fault.missing", ""},
			{"too much said", citizen, ContributionInput{Text: english(strings.Repeat("x", civic.MaxContribution+1))}, "text.en repository.fault.long", ""},
			{"without consent", facilitator, ContributionInput{Text: english("x"), Way: civic.Way{Channel: civic.Phone}}, "consent repository.fault.consent", ""},
			{"a month to come", facilitator, ContributionInput{Text: english("x"), Way: offline, Month: "2026-02"}, "month repository.fault.month_range", ""},
			{"a month that is none", facilitator, ContributionInput{Text: english("x"), Way: offline, Month: "2026-13"}, "month repository.fault.month", ""},
			{"a day instead of a month", facilitator, ContributionInput{Text: english("x"), Way: offline, Month: "2026-01-01"}, "month repository.fault.month", ""},
			{"a channel that is none", facilitator, ContributionInput{Text: english("x"), Way: civic.Way{Channel: "pigeon", Consent: true}}, "channel repository.fault.choose", ""},
			{"a commitment of no plan", citizen, ContributionInput{Text: english("x"), Commitment: "LT0031"}, "commitment repository.fault.elsewhere", ""},
			{"off line by a citizen", citizen, ContributionInput{Text: english("x"), Way: offline}, "", civic.Forbidden},
			{"by a visitor", civic.Caller{}, ContributionInput{Text: english("x")}, "", civic.Unauthenticated},
			{"off line for another member", r.account("gil", civic.Facilitator, civic.Scope{Member: "elsewhere"}), ContributionInput{Text: english("x"), Way: offline}, "", civic.Forbidden},
			{"no such plan", citizen, ContributionInput{Plan: "nowhere-1", Text: english("x")}, "", civic.NotFound},
		} {
			if c.in.Plan == "" {
				c.in.Plan = "republic-1"
			}
			_, err := r.Contribute(r.ctx, c.who, c.in)
			if c.want != "" && !slices.Contains(planFaults(err), c.want) || c.kind != "" && civic.KindOf(err) != c.kind {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		id, err := r.Contribute(r.ctx, facilitator, ContributionInput{Plan: "republic-1", Text: english("<img src=x onerror=alert(1)>"), Way: offline, Month: "2025-12"})
		r.must(err)
		p, err := r.Process(r.ctx, "republic-1")
		r.must(err)
		if len(p.Contributions) != 1 || p.Contributions[0].Facilitator != facilitator.Actor || p.Contributions[0].Place != "Market of Otavalo" || p.Contributions[0].Month != "2025-12" {
			t.Errorf("%+v", p.Contributions)
		}

		both := civic.Text{{Lang: "en", Text: "No."}, {Lang: "fr", Text: "Non."}}
		for _, c := range []struct {
			name string
			who  civic.Caller
			in   AnswerInput
			want string
			kind civic.ErrorKind
		}{
			{"no decision", r.poc, AnswerInput{Response: both}, "decision repository.fault.choose", ""},
			{"one language of two", r.poc, AnswerInput{Decision: "not", Response: both[:1]}, "response.fr repository.fault.missing", ""},
			{"no reason", r.poc, AnswerInput{Decision: "not"}, "response.en repository.fault.missing", ""},
			{"by the forum", r.forum, AnswerInput{Decision: "not", Response: both}, "", civic.Forbidden},
			{"by the citizen", citizen, AnswerInput{Decision: "not", Response: both}, "", civic.Forbidden},
		} {
			c.in.Contribution = id
			err := r.AnswerContribution(r.ctx, c.who, c.in)
			if c.want != "" && !slices.Contains(planFaults(err), c.want) || c.kind != "" && civic.KindOf(err) != c.kind {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		head, err := r.Head(r.ctx)
		r.must(err)
		r.must(r.AnswerContribution(r.ctx, r.poc, AnswerInput{Contribution: id, Decision: "not", Response: both}))
		r.must(r.AnswerContribution(r.ctx, r.poc, AnswerInput{Contribution: id, Decision: "not", Response: both}))
		r.day = "2026-02-01"
		r.must(r.AnswerContribution(r.ctx, r.poc, AnswerInput{Contribution: id, Decision: "partly", Response: both}))
		if got, want := verbsFrom(t, r.App, head.Size), []string{"contribution answer_contribution", "contribution correct_answer"}; !slices.Equal(got, want) {
			t.Errorf("the record says %v", got)
		}
		moderator := someone("mod", civic.Moderator, civic.Scope{})
		r.must(r.Hide(r.ctx, moderator, civic.KindContribution, string(id), "insult", "It insults a clerk"))
		p, err = r.Process(r.ctx, "republic-1")
		r.must(err)
		if c := p.Contributions[0]; len(c.Text) > 0 || c.Place != "" || c.Answered != "2026-01-10" || p.Answered != 1 {
			t.Errorf("a hidden contribution shows %+v", c)
		}
		rows, slug, err := r.ContributionTable(r.ctx, "republic-1", "fr")
		if err != nil || slug != "republic-1" || len(rows) != 1 || rows[0].Text != "" || rows[0].Hidden != "insult" || rows[0].Response != "Non." {
			t.Errorf("%+v, %v", rows, err)
		}
		r.move(civic.Implementation)
		for _, in := range []ContributionInput{{Plan: "republic-1", Text: english("x")}, {Plan: "republic-1", Text: english("x"), Way: offline}} {
			who := citizen
			if in.Channel.Offline() && in.Channel != "" {
				who = facilitator
			}
			if _, err := r.Contribute(r.ctx, who, in); !slices.Contains(planFaults(err), "plan repository.fault.closed") {
				t.Errorf("after adoption: %v", err)
			}
		}
	})
}
