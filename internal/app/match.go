package app

import (
	"cmp"
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
	return (text.FoldedSimilarity(s.title, o.title)+text.FoldedSimilarity(s.text, o.text))/2 >= nearEnough
}

// placed is a draft with the member and plan it belongs to on the desk.
type placed struct {
	interchange.Draft
	member *card[civic.Member]
	plan   *card[civic.Plan]
	sketch sketch

	match      *card[civic.Commitment]
	undecided  string // issue code, "" when decided
	candidates []string
}

// matchAll decides for each draft which known commitment it is: equal OGP ID or
// source key; else equal plan, folded title and folded text, unique on both
// sides; a near match is left to a person; everything else is new.
func (d *desk) matchAll(edition civic.Edition, drafts []*placed) {
	taken := map[*card[civic.Commitment]]bool{}
	for _, p := range drafts {
		if p.undecided == "" {
			d.matchByID(edition, p, taken)
		}
	}
	groups := map[civic.PlanID][]*placed{}
	for _, p := range drafts {
		if p.match == nil && p.undecided == "" {
			groups[p.plan.now.ID] = append(groups[p.plan.now.ID], p)
		}
	}
	for plan, group := range groups {
		known := d.unmatched(plan, taken)
		matchBySketch(group, known, taken)
		matchNear(group, known, taken)
	}
}

// matchByID finds a draft's commitment by the OGP ID or the source's own key.
func (d *desk) matchByID(edition civic.Edition, p *placed, taken map[*card[civic.Commitment]]bool) {
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
	key := sourceKey(p.Commitment, edition)
	if key == "" {
		return
	}
	for _, c := range d.byPlan[p.plan.now.ID] {
		if sourceKey(c.now, edition) == key && !taken[c] {
			p.match = c
			taken[c] = true
			return
		}
	}
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
// are equal, when there is one of each. Of several equal drafts the first stands
// for all and the others are undecided: nothing tells them apart.
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
				p.match = fits[0]
				taken[fits[0]] = true
			case len(fits) > 1:
				p.undecided, p.candidates = "ambiguous", refs(fits)
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
func matchNear(group []*placed, known []*card[civic.Commitment], taken map[*card[civic.Commitment]]bool) {
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
	return interchange.Issue{Row: p.Row, Code: p.undecided, Args: map[string]any{
		"title": p.Commitment.Title.String(), "candidates": strings.Join(p.candidates, ", "),
	}}
}
