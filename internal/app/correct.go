package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"golang.org/x/text/language"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/review"
	"avow/internal/store"
)

const verbCorrect = "correct"

// CorrectLanguage says in which language a commitment's title and texts really
// are, where the detection guessed wrong. Lang is a BCP 47 tag. Texts whose
// language a source told stay as they are.
func (a *App) CorrectLanguage(ctx context.Context, actor civic.Actor, ref, lang string) error {
	if err := permit(actor, civic.MayCorrect); err != nil {
		return err
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return &civic.Error{Kind: civic.Invalid, Key: "correct.language", Field: "language", Args: map[string]any{"language": lang}}
	}
	return a.correct(ctx, actor, ref, func(c *civic.Commitment) error {
		changed := false
		for _, t := range []civic.Text{c.Title, c.Short, c.Text, c.Theme} {
			for i := range t {
				if t[i].Guessed {
					t[i].Lang, t[i].Guessed, changed = tag.String(), false, true
				}
			}
		}
		if !changed {
			return &civic.Error{Kind: civic.Invalid, Key: "correct.nothing_guessed", Field: "language"}
		}
		return nil
	})
}

// RatingChange is a corrected rating: exactly one of Value and Missing is set.
type RatingChange struct {
	Edition  civic.Edition
	Product  civic.Product
	Variable string
	Value    string
	Missing  *civic.Missing
}

// CorrectRating puts another value in the place of one rating of one assessment.
// The value must be on the rating's scale.
func (a *App) CorrectRating(ctx context.Context, actor civic.Actor, ref string, r RatingChange) error {
	return a.correct(ctx, actor, ref, func(c *civic.Commitment) error {
		for i, as := range c.Assessments {
			if as.Edition != r.Edition || as.Product != r.Product {
				continue
			}
			at := slices.IndexFunc(as.Ratings, func(x civic.Rating) bool { return x.Variable == r.Variable })
			if at < 0 {
				continue
			}
			rating := &c.Assessments[i].Ratings[at]
			scale, _ := review.ScaleByID(rating.Scale)
			known := r.Missing == nil || slices.Contains(civic.MissingKinds, r.Missing.Kind)
			if (r.Value == "") == (r.Missing == nil) || !known || (r.Value != "" && !scale.Has(r.Value)) {
				return &civic.Error{Kind: civic.Invalid, Key: "correct.rating_value", Field: r.Variable, Args: map[string]any{"value": r.Value, "scale": rating.Scale}}
			}
			said := cmp.Or(rating.Corrects, ratingValue(*rating))
			rating.Value, rating.Missing, rating.Label, rating.Coded = r.Value, r.Missing, "", nil
			if rating.Corrects = said; ratingValue(*rating) == said {
				rating.Corrects = "" // the source was right after all
			}
			return nil
		}
		return &civic.Error{Kind: civic.NotFound, Key: "correct.no_rating", Field: r.Variable}
	})
}

// correct changes one commitment and logs it. Rows of the source that follow
// from the commitment follow the change; those of other editions stay. What is
// right already is not corrected: nothing is written.
func (a *App) correct(ctx context.Context, actor civic.Actor, ref string, change func(*civic.Commitment) error) error {
	if err := permit(actor, civic.MayCorrect); err != nil {
		return err
	}
	for range importTries {
		err := a.correctOnce(ctx, actor, ref, change)
		if !errors.Is(err, errMoved) {
			return err
		}
	}
	return &civic.Error{Kind: civic.Conflict, Key: "import.busy"}
}

func (a *App) correctOnce(ctx context.Context, actor civic.Actor, ref string, change func(*civic.Commitment) error) error {
	head, err := a.store.Head(ctx)
	if err != nil {
		return err
	}
	id, err := a.store.FindCommitment(ctx, ref)
	if err != nil {
		return err
	}
	v, err := a.store.Newest(ctx, civic.KindCommitment, string(id))
	if err != nil {
		return err
	}
	var before, after civic.Commitment
	for _, c := range []*civic.Commitment{&before, &after} {
		if err := json.Unmarshal(v.Body, c); err != nil {
			return fmt.Errorf("decode commitment %s: %w", id, err)
		}
	}
	if err := change(&after); err != nil {
		return err
	}
	after = interchange.Repack(before, after)
	if body, err := civic.Encode(after); err == nil && bytes.Equal(body, v.Body) {
		return nil
	}
	prepared, err := store.Prepare(after)
	if err != nil {
		return fmt.Errorf("prepare commitment %s: %w", id, err)
	}
	one := func() (pending, error) { return pending{prepared: prepared, verb: verbCorrect}, nil }
	return a.write(ctx, actor, civic.MayCorrect, head.Size, 1, one, nil)
}
