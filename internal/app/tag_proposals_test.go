package app

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/tagging"
)

// The two open source commitments that are filed under automated decision-making are
// the acceptance fixtures of the paper's re-tagging (domain 3.3, APP-4).
func TestOpenSourceIsProposedConfirmedByAPersonAndThenCounted(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		for _, f := range demo.Files {
			mustImport(t, a, ImportRequest{Format: f.Format, Inputs: []interchange.Input{interchange.BytesInput(f.Name, f.Data)}})
		}
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		if n := count(t, a, "Open source").Commitments; n != 0 {
			t.Fatalf("open source counts %d before anybody decided", n)
		}
		page, err := a.Proposals(ctx, ProposalFilter{Origin: civic.FromModel, Proposed: "open source"}, "")
		if err != nil {
			t.Fatal(err)
		}
		var choices []TagChoice
		for _, p := range page.Items {
			if p.Confidence == 0 || len(p.Words) == 0 || p.Model == "" {
				t.Errorf("%s is proposed without a reason: %+v", p.Item.Ref, p)
			}
			if slices.Contains([]string{"NL0049", "DE0039"}, p.Item.Ref) {
				choices = append(choices, TagChoice{Commitment: p.Item.Ref, Tag: string(p.Tag.ID), Verdict: civic.TagAccepted,
					Origin: p.Origin, Model: p.Model, Confidence: p.Confidence, Words: p.Words})
			}
		}
		if len(choices) != 2 {
			t.Fatalf("proposed are %d of NL0049 and DE0039, among %d", len(choices), len(page.Items))
		}
		if err := a.DecideTags(ctx, person(t, a, "unit@avow.example", civic.SupportUnit, civic.Scope{}), choices); err != nil {
			t.Fatal(err)
		}
		if n := count(t, a, "Open source").Commitments; n != 2 {
			t.Errorf("open source counts %d", n)
		}
		again, err := a.Proposals(ctx, ProposalFilter{Origin: civic.FromModel, Proposed: "open source"}, "")
		if err != nil || len(again.Items) != len(page.Items)-2 {
			t.Errorf("%d are proposed after two of %d were decided, %v", len(again.Items), len(page.Items), err)
		}
	})
}

func TestAModelIsTrainedOnTheTagsHereAndSuggests(t *testing.T) {
	a := tagged(t)
	if _, err := a.TrainTags(context.Background()); civic.KindOf(err) != civic.Invalid {
		t.Errorf("trained on three commitments: %v", err)
	}
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2024)
		done, err := a.TrainTags(ctx)
		if err != nil || done.Rows != 287 || done.Learned == 0 {
			t.Fatalf("%+v, %v", done, err)
		}
		got, err := a.SuggestText(ctx, "Register of lobbyists", "A public register of lobbyists and their meetings with members of parliament.", "en")
		if err != nil || len(got.Suggestions) == 0 {
			t.Errorf("suggested is %+v, %v", got, err)
		}
		_, name, err := a.tagger(ctx)
		if err != nil || name != done.Model {
			t.Errorf("the model is %q, not %q, %v", name, done.Model, err)
		}
	})
}

func TestTooLittleDoesNotPutTheShippedModelAway(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		for _, f := range demo.Files {
			mustImport(t, a, ImportRequest{Format: f.Format, Inputs: []interchange.Input{interchange.BytesInput(f.Name, f.Data)}})
		}
		_, err := a.TrainTags(ctx)
		var e *civic.Error
		if !errors.As(err, &e) || e.Kind != civic.Invalid || e.Key != "tagging.train.little" || e.Args["rows"].(int) == 0 || e.Args["rows_needed"] != LeastTrainingRows {
			t.Fatalf("trained on the demonstration data: %v", err)
		}
		if _, err := a.ApplyTags(ctx, civic.Operator(), appendix(t)); err != nil {
			t.Fatal(err)
		}
		if _, name, err := a.tagger(ctx); err != nil || name != ShippedModel {
			t.Errorf("the model is %q, %v", name, err)
		}
		got, err := a.SuggestFor(ctx, "NL0049")
		if err != nil || !slices.ContainsFunc(got.Suggestions, func(s tagging.Suggestion) bool { return s.Tag == "open-source" }) {
			t.Errorf("open source is not proposed: %+v, %v", got, err)
		}
	})
}

func TestTheShippedModelCanBePutBack(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		takeTable(t, a, table2024)
		said := func() (tagging.Result, string) {
			_, name, err := a.tagger(ctx)
			if err != nil {
				t.Fatal(err)
			}
			r, err := a.SuggestText(ctx, "Register of lobbyists", "A public register of lobbyists and their meetings with members of parliament.", "en")
			if err != nil {
				t.Fatal(err)
			}
			return r, name
		}
		before, _ := said()
		done, err := a.TrainTags(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if r, name := said(); name != done.Model || reflect.DeepEqual(r, before) {
			t.Errorf("after training %q suggests %+v", name, r)
		}
		for range 2 {
			if err := a.ShippedTags(ctx); err != nil {
				t.Fatal(err)
			}
			if r, name := said(); name != ShippedModel || !reflect.DeepEqual(r, before) {
				t.Errorf("put back is %q, which suggests %+v", name, r)
			}
		}
		if _, name, err := a.taggerBefore(ctx); err != nil || name != "" {
			t.Errorf("compared with %q, %v", name, err)
		}
	})
}

func TestTwoModelsAreComparedOnTheSameCommitments(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		subjects := []civic.Subject{lithuania, lithuania4, kenya, kenya3}
		tags := []string{"Lobbying", "Open Data", "Justice", "Gender", "Education", "Health", "Audits", "Aid", "Land", "Labor"}
		titles := []string{"A register of lobbyists and their meetings", "A portal on which data can be used again", "Courts publish their judgments",
			"Women and men have the same rights", "Schools tell parents what they spend", "Hospitals show how long patients wait",
			"Reports of the court of auditors", "Donors tell what they finance", "A cadastre that everybody can read", "Inspectors of workplaces report"}
		for i := range LeastTrainingRows {
			c := bare(i, titles[i%len(titles)], tags[i%len(tags)])
			if i%20 >= 10 {
				c.Member, c.Plans[0].Plan = kenya.ID, kenya3.ID
			}
			subjects = append(subjects, c)
		}
		record(t, a, "create", "ogp-2024", subjects...)
		drift := func() ModelDrift {
			q, err := a.TagQuality(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			return q.Models
		}
		if d := drift(); d.Before != "" || d.After != ShippedModel || d.Tags != nil {
			t.Errorf("with one model there is %+v", d)
		}
		first := learned(t, a, noon)
		d := drift()
		if d.Before != ShippedModel || d.After != first || d.Looked != LeastTrainingRows || d.Of != LeastTrainingRows || d.Changed == 0 || d.Changed > d.Looked || len(d.Tags) == 0 {
			t.Errorf("the shipped model and one that was learned here: %+v", d)
		}
		for i, s := range d.Tags {
			if s.Before+s.After == 0 || i > 0 && apart(s) > apart(d.Tags[i-1]) {
				t.Errorf("%+v is not in its place", s)
			}
		}
		kept := a.reports.models.of
		if err := a.DecideTags(ctx, civic.Operator(), []TagChoice{{Commitment: testID('c', 3), Tag: "Aid", Verdict: civic.TagAccepted}}); err != nil {
			t.Fatal(err)
		}
		if again := drift(); !reflect.DeepEqual(again, d) {
			t.Errorf("a decision changed what models suggest: %+v", again)
		}
		fresh := 0
		for id, r := range a.reports.models.of {
			if kept[id].entry != r.entry {
				fresh++
			}
		}
		if fresh != 1 {
			t.Errorf("%d commitments were read anew after a decision on one", fresh)
		}
		second := learned(t, a, noon.Add(time.Microsecond))                         // in the same second
		if d := drift(); d.Before != first || d.After != second || d.Changed != 0 { // nearly the same rows
			t.Errorf("compared are %s and %s, trained were %s and %s", d.Before, d.After, first, second)
		}
	})
}

// learned keeps a model that was learned from the few commitments of a test, and
// returns its name.
func learned(t *testing.T, a *App, at time.Time) string {
	t.Helper()
	ctx := context.Background()
	_, graph, err := a.Taxonomy(ctx)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := a.tagTables(ctx, graph)
	if err != nil {
		t.Fatal(err)
	}
	rows, task := tagging.Together(graph, tables)
	model, err := tagging.Train(rows, task.Live(graph))
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := model.Encode()
	if err == nil {
		err = a.store.House(ctx, func(h *store.House) error { return h.KeepModel(at.UnixMicro(), bytes) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return modelName(at.UnixMicro())
}
