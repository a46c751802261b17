package app

import (
	"cmp"
	"context"
	"slices"

	"avow/internal/civic"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// ModelDrift is how the suggestions of the model in use differ from those of the one
// before it, on the same commitments as they read today. The shipped model is the one
// before the first that was trained here. Without a model before there is nothing to
// compare: Before is "" and the rest is empty.
type ModelDrift struct {
	Before, After string // names of the models: when they were trained, or that of the program
	Looked        int    // commitments that both read
	Of            int    // commitments that there are
	Changed       int    // whose surest suggestion is another one, or is new or gone
	Tags          []SuggestedTag
}

// SuggestedTag is how many of the commitments each model suggests a tag for: the tags
// whose numbers differ most come first.
type SuggestedTag struct {
	Tag           taxonomy.ID
	Before, After int
}

// ModelTrained is the moment, in microseconds, in which the model that proposes tags was
// trained here; 0 for that of the program. Proposals depend on it, and the record does
// not tell it.
func (a *App) ModelTrained(ctx context.Context) (int64, error) { return a.store.ModelTrained(ctx) }

// mostDrift is how many commitments are read by both models: every k-th in the order
// in which they came into the record.
const mostDrift = 500

// driftIndex keeps what two models suggest for the commitments of the sample. A
// commitment that is written anew is read anew, and no other.
type driftIndex struct {
	before, after *tagging.Model
	of            map[civic.CommitmentID]driftRow
}

// driftRow is what two models suggest for one commitment, the surest first.
type driftRow struct {
	entry         int64
	before, after []taxonomy.ID
}

// drift compares the models; the caller holds the lock of the reports.
func (x *driftIndex) drift(ctx context.Context, a *App) (ModelDrift, error) {
	after, name, err := a.tagger(ctx)
	if err != nil {
		return ModelDrift{}, err
	}
	before, former, err := a.taggerBefore(ctx)
	if err != nil || before == nil {
		*x = driftIndex{}
		return ModelDrift{After: name}, err
	}
	if x.before != before || x.after != after {
		*x = driftIndex{before: before, after: after}
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return ModelDrift{}, err
	}
	if err := x.follow(ctx, a, sampleOf(s.rows)); err != nil {
		return ModelDrift{}, err
	}
	out := ModelDrift{Before: former, After: name, Looked: len(x.of), Of: len(s.rows)}
	tags := map[taxonomy.ID]*SuggestedTag{}
	of := func(id taxonomy.ID) *SuggestedTag {
		if tags[id] == nil {
			tags[id] = &SuggestedTag{Tag: id}
		}
		return tags[id]
	}
	first := func(ids []taxonomy.ID) taxonomy.ID { return append(ids[:len(ids):len(ids)], "")[0] }
	for _, r := range x.of {
		if first(r.before) != first(r.after) {
			out.Changed++
		}
		for _, id := range r.before {
			of(id).Before++
		}
		for _, id := range r.after {
			of(id).After++
		}
	}
	for _, t := range tags {
		out.Tags = append(out.Tags, *t)
	}
	slices.SortFunc(out.Tags, func(a, b SuggestedTag) int {
		return cmp.Or(cmp.Compare(apart(b), apart(a)), cmp.Compare(b.After, a.After), cmp.Compare(a.Tag, b.Tag))
	})
	return out, nil
}

func apart(t SuggestedTag) int { return max(t.Before-t.After, t.After-t.Before) }

// sampleOf chooses the commitments that are read, the oldest first.
func sampleOf(rows []*row) []*row {
	all := slices.Clone(rows)
	slices.SortFunc(all, func(a, b *row) int { return cmp.Compare(a.ord, b.ord) })
	step := (len(all) + mostDrift - 1) / mostDrift
	var out []*row
	for i := 0; i < len(all); i += step {
		out = append(out, all[i])
	}
	return out
}

// follow has both models read what is new in the sample.
func (x *driftIndex) follow(ctx context.Context, a *App, sample []*row) error {
	next := make(map[civic.CommitmentID]driftRow, len(sample))
	var ids []string
	for _, r := range sample {
		if known, ok := x.of[r.id]; ok && known.entry == r.entry {
			next[r.id] = known
		} else {
			ids = append(ids, string(r.id))
		}
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, ids)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		var c civic.Commitment
		if err := decodeFields(v, map[string]any{"title": &c.Title, "text": &c.Text}); err != nil {
			return err
		}
		title, body := c.Title.Original(), c.Text.Original()
		next[civic.CommitmentID(v.ID)] = driftRow{v.Entry, suggestedTags(x.before, title, body), suggestedTags(x.after, title, body)}
	}
	x.of = next
	return nil
}

func suggestedTags(m *tagging.Model, title, body civic.Phrase) (out []taxonomy.ID) {
	for _, s := range m.Suggest(title, body).Suggestions {
		out = append(out, s.Tag)
	}
	return out
}
