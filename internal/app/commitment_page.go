package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// Commitment returns everything known of one commitment. Ref is its OGP ID or
// our ID, in any case; nothing there is NotFound.
func (a *App) Commitment(ctx context.Context, ref string) (CommitmentPage, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return CommitmentPage{}, err
	}
	id, err := a.store.FindCommitment(ctx, ref)
	if err != nil {
		return CommitmentPage{}, err
	}
	versions, err := a.store.Versions(ctx, civic.KindCommitment, string(id))
	if err != nil {
		return CommitmentPage{}, fmt.Errorf("read the versions of %s: %w", id, err)
	}
	if len(versions) == 0 || versions[len(versions)-1].Erased {
		return CommitmentPage{}, notFound("commitment", ref)
	}
	states, err := decodeStates(versions)
	if err != nil {
		return CommitmentPage{}, err
	}
	page := CommitmentPage{}
	newest := versions[len(versions)-1]
	page.CommitmentItem = s.itemOf(states[len(states)-1], newest.Entry)
	c := page.Dossier.Commitment
	bodies, err := a.institutions(ctx, appendInstitutions(nil, c))
	if err != nil {
		return CommitmentPage{}, err
	}
	page.Dossier.Institutions = theirs(bodies, c)
	page.Ratings = ratingViews(c)
	page.Tags = tagViews(c)
	page.Sources = sourceViews(c)
	page.History = s.history(versions, states)
	return page, nil
}

// decodeStates decodes each version; an erased one is the zero commitment.
func decodeStates(versions []store.Version) ([]civic.Commitment, error) {
	states := make([]civic.Commitment, len(versions))
	for i, v := range versions {
		if v.Erased {
			continue
		}
		if err := json.Unmarshal(v.Body, &states[i]); err != nil {
			return nil, fmt.Errorf("decode version %d of %s: %w", v.Number, v.ID, err)
		}
	}
	return states, nil
}

// ratingViews lists every rating with its assessment: in the order of products,
// within a product the newest source first.
func ratingViews(c civic.Commitment) []RatingView {
	var products []civic.Product
	for _, a := range c.Assessments {
		if !slices.Contains(products, a.Product) {
			products = append(products, a.Product)
		}
	}
	var out []RatingView
	for _, product := range products {
		for _, a := range slices.Backward(c.Assessments) {
			if a.Product != product {
				continue
			}
			for _, r := range a.Ratings {
				out = append(out, RatingView{
					Rating: r, Product: a.Product, Edition: a.Edition, Year: a.Year, NoYear: a.NoYear, Unit: a.Unit,
					Current: newestReport(c, a, r.Variable),
				})
			}
		}
	}
	return out
}

// tagViews lists the tags of every edition, the newest edition first.
func tagViews(c civic.Commitment) []TagView {
	var out []TagView
	for _, t := range slices.Backward(c.Tags) {
		for _, name := range t.Yes {
			out = append(out, TagView{Slug: TagSlug(name), Name: name, Edition: t.Edition, Value: "yes"})
		}
		for _, u := range t.Unknown {
			out = append(out, TagView{Slug: TagSlug(u.Name), Name: u.Name, Edition: t.Edition, Value: string(u.Missing.Kind), Code: u.Missing.Code})
		}
	}
	return out
}

// sourceViews lists each edition's row with every public column as the source
// writes it, the newest edition first.
func sourceViews(c civic.Commitment) []SourceView {
	var out []SourceView
	for _, s := range slices.Backward(c.Sources) {
		v := SourceView{Edition: s.Edition, Row: s.Row, Columns: s.Cells}
		if keys := interchange.ColumnKeys(s.Edition); keys != nil {
			v.Columns = make([]civic.Cell, 0, len(keys))
			for i, value := range interchange.FullRow(s.Edition, c) {
				if !interchange.IsContactColumn(s.Edition, keys[i]) {
					v.Columns = append(v.Columns, civic.Cell{Column: keys[i], Value: value})
				}
			}
		}
		out = append(out, v)
	}
	return out
}

// The fields of history lines that stand for a whole version; a version that
// brought a further source and nothing new has an empty one.
const (
	createdField = "created"
	erasedField  = "erased"
)

// history lists what each entry changed, newest first. The first version is one
// line; an erased version says no more than that it was, and so does what follows it.
func (s *snapshot) history(versions []store.Version, states []civic.Commitment) []Change {
	var out []Change
	for i := len(versions) - 1; i >= 0; i-- {
		v := versions[i]
		line := Change{At: v.At, By: v.Actor, Verb: v.Verb, Source: v.Edition, Ledger: v.Entry}
		switch {
		case v.Erased:
			line.Field = erasedField
			out = append(out, line)
		case i == 0:
			line.Field = createdField
			out = append(out, line)
		case versions[i-1].Erased:
			out = append(out, line)
		default:
			lines := s.changeLines(line, states[i-1], states[i])
			if len(lines) == 0 {
				lines = []Change{line} // the source was added and says the same
			}
			out = append(out, lines...)
		}
	}
	return out
}

// changeLines makes a line of each changed fact. That a newer edition asks
// something more and has no answer either is no line.
func (s *snapshot) changeLines(line Change, before, after civic.Commitment) []Change {
	var out []Change
	for _, c := range ChangedFacts(before, after) {
		if c.Added && (isMissing(c.After) || c.After == "no") {
			continue
		}
		line.Field, line.Before, line.After = c.Field, s.word(c.Field, c.Before), s.word(c.Field, c.After)
		out = append(out, line)
	}
	return out
}

// word turns a reference into what people call it.
func (s *snapshot) word(field, value string) string {
	switch {
	case value == "":
	case field == "member":
		if m := s.memberOf(civic.MemberID(value)); m.Name != "" {
			return m.Name
		}
	case field == "plan":
		if p := s.planOf(civic.PlanID(value)); p.Slug != "" {
			return p.Slug
		}
	}
	return value
}
