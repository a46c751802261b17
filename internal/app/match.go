package app

import (
	"cmp"
	"context"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/text"
)

// nearEnough is the mean similarity of titles and of texts from which two
// commitments of one plan may be the same one, so that a person has to decide.
const nearEnough = 0.9

// sketch is what a commitment is recognised by where no ID helps: its words. Its
// member and plan stand in the group it is compared in.
type sketch struct {
	title string
	bare  string // the title without a leading number
	text  string
}

func sketchOf(c civic.Commitment) sketch {
	return sketch{text.MatchKey(c.Title.String()), text.TitleKey(c.Title.String()), text.MatchKey(c.Text.String())}
}

// unnumbered is the sketch by which a title with a number and one without are
// compared.
func (s sketch) unnumbered() sketch { return sketch{bare: s.bare, text: s.text} }

// same reports whether two sketches with equal words are one commitment: not when
// their titles begin with two different numbers.
func (s sketch) same(o sketch) bool {
	return s.title == o.title || s.title == s.bare || o.title == o.bare
}

// near reports whether two sketches may be one commitment: equal titles, or
// nearly the same words.
func (s sketch) near(o sketch) bool {
	if s.title != "" && s.title == o.title {
		return true
	}
	titles := text.FoldedSimilarity(s.title, o.title)
	if titles < 2*nearEnough-1 {
		return false // equal texts could not make up for it
	}
	return (titles+text.FoldedSimilarity(s.text, o.text))/2 >= nearEnough
}

// placed is a draft with the member and plan it belongs to on the desk.
type placed struct {
	interchange.Draft
	member *card[civic.Member]
	plan   *card[civic.Plan]
	sketch sketch

	match      *card[civic.Commitment] // once taken also the one that was made of it
	gained     bool                    // the commitment was not in this edition before
	undecided  string                  // issue code, "" when decided
	candidates []string
}

// matchAll decides for each draft which known commitment it is: equal OGP ID or
// source key; else equal plan, folded title and folded text, unique on both
// sides; a near match is left to a person; everything else is new.
func (d *desk) matchAll(ctx context.Context, edition civic.Edition, drafts []*placed) error {
	taken := map[*card[civic.Commitment]]bool{}
	byKey := d.sourceKeys(edition, drafts)
	for _, p := range drafts {
		d.matchByID(edition, p, byKey, taken)
	}
	groups := map[civic.PlanID][]*placed{}
	var plans []civic.PlanID
	for _, p := range drafts {
		if p.match == nil && p.undecided == "" {
			plan := p.plan.now.ID
			if groups[plan] == nil {
				plans = append(plans, plan)
			}
			groups[plan] = append(groups[plan], p)
		}
	}
	for _, plan := range plans {
		known := d.unmatched(plan, taken)
		matchBySketch(groups[plan], known, taken)
		if err := matchNear(ctx, groups[plan], known, taken); err != nil {
			return err
		}
	}
	return nil
}

// matchByID finds a draft's commitment by the OGP ID or the source's own key.
func (d *desk) matchByID(edition civic.Edition, p *placed, byKey map[keyInPlan][]*card[civic.Commitment], taken map[*card[civic.Commitment]]bool) {
	if id := p.Commitment.OGPID; id != "" {
		found := d.byOGPID[id]
		switch {
		case found == nil:
		case found.now.Member != p.member.now.ID:
			p.undecided, p.candidates = "other_member", []string{ref(found.now)}
		case taken[found]:
			p.undecided, p.candidates = "same_twice", []string{ref(found.now)}
		default:
			p.match = found
			taken[found] = true
		}
		return
	}
	for _, c := range byKey[keyInPlan{p.plan.now.ID, sourceKey(p.Commitment, edition)}] {
		if !taken[c] {
			p.match = c
			taken[c] = true
			return
		}
	}
}

// keyInPlan is a source's own key of a commitment: it holds within its plan.
type keyInPlan struct {
	plan civic.PlanID
	key  string
}

// sourceKeys finds the known commitments of the drafts' plans by the keys that an
// edition gave them.
func (d *desk) sourceKeys(edition civic.Edition, drafts []*placed) map[keyInPlan][]*card[civic.Commitment] {
	out := map[keyInPlan][]*card[civic.Commitment]{}
	looked := map[civic.PlanID]bool{}
	for _, p := range drafts {
		plan := p.plan.now.ID
		if looked[plan] {
			continue
		}
		looked[plan] = true
		for _, c := range d.byPlan[plan] {
			if key := sourceKey(c.now, edition); key != "" {
				out[keyInPlan{plan, key}] = append(out[keyInPlan{plan, key}], c)
			}
		}
	}
	return out
}

func sourceKey(c civic.Commitment, edition civic.Edition) string {
	for _, s := range c.Sources {
		if s.Edition == edition {
			return s.Key
		}
	}
	return ""
}

func (d *desk) unmatched(plan civic.PlanID, taken map[*card[civic.Commitment]]bool) []*card[civic.Commitment] {
	var out []*card[civic.Commitment]
	for _, c := range d.byPlan[plan] {
		if !taken[c] {
			out = append(out, c)
		}
	}
	return out
}

// matchBySketch pairs drafts and known commitments whose folded title and text
// are equal, when there is one of each. Of several equal drafts without an ID or
// key the first stands for all and the others are undecided: nothing tells them
// apart. Where several drafts that differ by their IDs fit one commitment, all of
// them are undecided.
func matchBySketch(group []*placed, known []*card[civic.Commitment], taken map[*card[civic.Commitment]]bool) {
	byDraft := map[sketch]*placed{}
	for _, p := range group {
		first := byDraft[p.sketch]
		switch {
		case first == nil:
			byDraft[p.sketch] = p
		case p.Commitment.OGPID == "" && sourceKey(p.Commitment, p.Commitment.Sources[0].Edition) == "":
			p.undecided, p.candidates = "same_twice", []string{itoa(first.Row)}
		}
	}
	byKnown := map[sketch][]*card[civic.Commitment]{}
	sketches := map[*card[civic.Commitment]]sketch{}
	for _, c := range known {
		sketches[c] = sketchOf(c.now)
		byKnown[sketches[c].unnumbered()] = append(byKnown[sketches[c].unnumbered()], c)
	}
	for _, exact := range []bool{true, false} {
		claims := map[*card[civic.Commitment]][]*placed{}
		for _, p := range group {
			if p.undecided != "" || p.match != nil {
				continue
			}
			var fits []*card[civic.Commitment]
			for _, c := range byKnown[p.sketch.unnumbered()] {
				equal := p.sketch == sketches[c] || (!exact && p.sketch.same(sketches[c]))
				if equal && !taken[c] && compatible(p.Commitment, c.now) {
					fits = append(fits, c)
				}
			}
			switch {
			case len(fits) == 1:
				claims[fits[0]] = append(claims[fits[0]], p)
			case len(fits) > 1:
				p.undecided, p.candidates = "ambiguous", refs(fits)
			}
		}
		for c, by := range claims {
			for _, p := range by {
				if len(by) == 1 {
					p.match = c
					taken[c] = true
					continue
				}
				p.undecided, p.candidates = "ambiguous", []string{ref(c.now)}
			}
		}
	}
}

// compatible reports whether two commitments may be one: not when OGP gave them
// different IDs.
func compatible(a, b civic.Commitment) bool {
	return a.OGPID == "" || b.OGPID == "" || a.OGPID == b.OGPID
}

// matchNear leaves a draft undecided when a known commitment of its plan that
// nothing else matched has the same title or nearly the same words.
func matchNear(ctx context.Context, group []*placed, known []*card[civic.Commitment], taken map[*card[civic.Commitment]]bool) error {
	var rest []*card[civic.Commitment]
	var sketches []sketch
	for _, c := range known {
		if !taken[c] {
			rest = append(rest, c)
			sketches = append(sketches, sketchOf(c.now))
		}
	}
	for _, p := range group {
		if p.match != nil || p.undecided != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		var near []*card[civic.Commitment]
		for i, c := range rest {
			if compatible(p.Commitment, c.now) && p.sketch.near(sketches[i]) {
				near = append(near, c)
			}
		}
		if len(near) > 0 {
			p.undecided, p.candidates = "near_match", refs(near)
		}
	}
	return nil
}

// ref is how people name a commitment: its OGP ID, or ours when it has none.
func ref(c civic.Commitment) string { return cmp.Or(c.OGPID, string(c.ID)) }

func refs(cards []*card[civic.Commitment]) []string {
	out := make([]string, len(cards))
	for i, c := range cards {
		out[i] = ref(c.now)
	}
	return out
}

// issue tells a person why a draft was not taken.
func (p *placed) issue() interchange.Issue {
	column := interchange.TitleColumn(p.Commitment.Sources[0].Edition)
	return interchange.Issue{Row: p.Row, Column: column, Code: p.undecided, Args: map[string]any{
		"title": p.Commitment.Title.String(), "candidates": strings.Join(p.candidates, ", "),
	}}
}
