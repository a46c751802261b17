package web

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
)

// Known is what a running site has, to fill the names in the samples.
type Known struct {
	Members, Plans, Commitments, Tags []string
	Stylesheet, Icon                  string

	// Living is what is run here, the furthest plan first: what people work on.
	Living struct{ Members, Plans, Commitments []string }
	// IDs are those of every other noun, by its name: {report} takes IDs["report"].
	// They belong to the first living plan and its member.
	IDs map[string][]string
}

// few is how many of a noun the samples show.
const few = 3

// Known lists what the site has for the samples of its rows: at most a few of each noun.
func (s *Site) Known(ctx context.Context) (Known, error) {
	k := Known{Stylesheet: s.assets.URL("avow.css"), Icon: s.assets.URL("icon.svg"), IDs: map[string][]string{}}
	members, errM := s.App.Members(ctx)
	plans, errP := s.App.Plans(ctx)
	tags, errT := s.App.Tags(ctx)
	list, errC := s.App.Commitments(ctx, app.CommitmentFilter{}, 5, "")
	for _, m := range members[:min(few, len(members))] {
		k.Members = append(k.Members, m.Slug)
	}
	for _, p := range plans[:min(few, len(plans))] {
		k.Plans = append(k.Plans, p.Slug)
	}
	for _, t := range tags[:min(few, len(tags))] {
		k.Tags = append(k.Tags, t.Slug)
	}
	for _, c := range list.Items {
		k.Commitments = append(k.Commitments, c.Ref)
	}
	errL := errors.Join(s.living(ctx, &k, plans), s.recorded(ctx, &k), s.voiced(ctx, &k), s.studied(ctx, &k))
	k.Members = union(k.Members, k.Living.Members)
	k.Plans = union(k.Plans, k.Living.Plans)
	k.Commitments = union(k.Commitments, k.Living.Commitments[:min(2, len(k.Living.Commitments))])
	return k, errors.Join(errM, errP, errT, errC, errL)
}

// living adds what is run here.
func (s *Site) living(ctx context.Context, k *Known, plans []app.PlanItem) error {
	plans = slices.DeleteFunc(slices.Clone(plans), func(p app.PlanItem) bool { return !p.Lives() })
	stage := func(p app.PlanItem) int { return slices.Index(civic.Stages, p.Stage) }
	slices.SortStableFunc(plans, func(a, b app.PlanItem) int { return stage(b) - stage(a) })
	for i, p := range plans {
		if p.Member != plans[0].Member {
			continue
		}
		k.Living.Members = union(k.Living.Members, []string{p.MemberSlug})
		k.Living.Plans = append(k.Living.Plans, p.Slug)
		if i > 0 {
			continue
		}
		page, err := s.App.Plan(ctx, p.Slug)
		if err != nil {
			return err
		}
		for _, c := range page.Items[:min(few, len(page.Items))] {
			k.Living.Commitments = append(k.Living.Commitments, c.Ref)
		}
		for _, period := range p.Periods {
			k.IDs["period"] = append(k.IDs["period"], period.Key)
		}
	}
	return nil
}

func union(a, b []string) []string {
	for _, one := range b {
		if !slices.Contains(a, one) {
			a = append(a, one)
		}
	}
	return a
}

// Addresses gives the row's samples for one language with every name filled.
// Samples whose names nothing is known for are left out. What people work on is
// filled with what is run here.
func (r Route) Addresses(lang string, k Known) []string {
	var out []string
	for _, sample := range r.Samples {
		out = append(out, k.fill(sample, lang, r.Kind == KindWork || r.Kind == KindAction)...)
	}
	return out
}

// fill fills one sample with every name, each with a few values.
func (k Known) fill(sample, lang string, working bool) []string {
	members, plans, commitments := k.Members, k.Plans, k.Commitments
	for name := range k.IDs {
		working = working || strings.Contains(sample, "{"+name+"}")
	}
	if working {
		members, plans, commitments = k.Living.Members, k.Living.Plans, k.Living.Commitments
	}
	names := map[string][]string{"lang": {lang}, "member": members, "plan": plans, "commitment": commitments, "tag": k.Tags,
		"stylesheet": {k.Stylesheet}, "icon": {k.Icon}}
	ids := map[string][]string{}
	maps.Copy(ids, k.IDs)
	switch { // the steps of a form, not those of a plan
	case strings.Contains(sample, "{draft}"):
		ids["step"] = draftSteps
	case strings.Contains(sample, "{unit}"):
		ids["step"], ids["unit"] = []string{"progress", "obstacles", "evidence", "check"}, []string{app.WholeCommitment}
	}
	several := 0
	for name, values := range ids {
		if strings.Contains(sample, "{"+name+"}") {
			several++
		}
		most := few
		if name == "step" {
			most = len(values)
		}
		names[name] = values[:min(most, len(values))]
	}
	if several > 0 { // things of one plan, seen together
		names["plan"], names["commitment"] = plans[:min(1, len(plans))], commitments[:min(1, len(commitments))]
	}
	if several > 1 {
		for name := range ids {
			if name != "step" {
				names[name] = names[name][:min(1, len(names[name]))]
			}
		}
	}
	out := []string{sample}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		hole := "{" + name + "}"
		if !strings.Contains(sample, hole) {
			continue
		}
		var filled []string
		for _, s := range out {
			for _, v := range names[name] {
				filled = append(filled, strings.ReplaceAll(s, hole, v))
			}
		}
		out = filled
	}
	return slices.DeleteFunc(out, func(s string) bool { return strings.Contains(s, "{") })
}
