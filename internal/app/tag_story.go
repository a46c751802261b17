package app

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"sync"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// decisionIndex keeps in which entries of the record people's decisions on each tag
// changed. It follows the record and is filled when it is first asked.
type decisionIndex struct {
	store *store.Store

	mu   sync.Mutex
	head store.Head
	of   map[string][]int64             // entries by the tag that the decision names, in their order
	last map[string][]civic.TagDecision // by commitment
}

// entries returns, the newest first, at most limit of the entries below one in which
// decisions on tags that one of the graph's tag answers for changed.
func (x *decisionIndex) entries(ctx context.Context, head store.Head, mine func(tag string) bool, below int64, limit int) ([]int64, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.follow(ctx, head); err != nil {
		x.of = nil
		return nil, err
	}
	var out []int64
	for tag, entries := range x.of {
		if !mine(tag) {
			continue
		}
		for _, e := range slices.Backward(entries) {
			if e < below && e < head.Size {
				out = append(out, e)
			}
		}
	}
	slices.SortFunc(out, func(a, b int64) int { return int(b - a) })
	out = slices.Compact(out)
	return out[:min(len(out), limit)], nil
}

// follow reads what is new in the record.
func (x *decisionIndex) follow(ctx context.Context, head store.Head) error {
	since := x.head.Size
	switch {
	case x.of == nil, x.head.Origin != head.Origin, head.Size < since, head.Size == since && head.Root != x.head.Root:
		since, x.of, x.last = 0, map[string][]int64{}, map[string][]civic.TagDecision{}
	case head.Size == since:
		return nil
	}
	err := x.store.EachVersion(context.WithoutCancel(ctx), civic.KindCommitment, since, func(v store.Version) error {
		if v.Entry >= head.Size || x.last[v.ID] == nil && !bytes.Contains(v.Body, []byte(`"tag_decisions":[`)) {
			return nil
		}
		var c struct {
			Decided []civic.TagDecision `json:"tag_decisions"`
		}
		if !v.Erased {
			if err := json.Unmarshal(v.Body, &c); err != nil {
				return err
			}
		}
		for _, d := range c.Decided {
			if slices.ContainsFunc(x.last[v.ID], func(o civic.TagDecision) bool {
				return o.Tag == d.Tag && sameDecisions([]civic.TagDecision{o}, []civic.TagDecision{d})
			}) {
				continue
			}
			x.of[d.Tag] = append(x.of[d.Tag], v.Entry)
		}
		x.last[v.ID] = c.Decided
		return nil
	})
	if err == nil {
		x.head = head
	}
	return err
}

// TagStory tells what happened to a tag, newest first: the changes that made it, changed
// it or put others beside or below it, and the decisions of people that put it on a
// commitment or took it off one. The tag may have any of its names. Below the last one's
// Entry the story goes on.
func (a *App) TagStory(ctx context.Context, name string, page StoryPage) ([]Sentence, error) {
	below, limit := page.bounds()
	item, err := a.Tag(ctx, name)
	if err != nil {
		return nil, err
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	mine := func(tag string) bool { return tag == item.Slug || string(s.graph.Resolve(tag)) == item.Slug }
	t := a.newTeller(s)
	t.how = func() ([]Sentence, error) {
		if t.told.Kind == civic.KindCommitment {
			return t.putOnOrOff(taxonomy.ID(item.Slug), mine)
		}
		return t.entry()
	}
	var out []Sentence
	for told := 0; told < limit; {
		entries, err := a.decided.entries(ctx, s.head, mine, below, limit)
		if err != nil {
			return nil, err
		}
		some, err := a.store.StoriesOf(ctx, taxonomy.OfTag, item.Slug, entries, min(below, s.head.Size), limit)
		if err != nil {
			return nil, err
		}
		sentences, err := t.all(ctx, some)
		if err != nil {
			return nil, err
		}
		for i, one := range sentences {
			if i == 0 || sentences[i-1].Entry != one.Entry {
				if told == limit {
					break
				}
				told++
			}
			out = append(out, one)
		}
		if len(some) < limit {
			break
		}
		below = some[len(some)-1].Entry
	}
	return out, nil
}

// putOnOrOff tells the decisions on a tag that put it on the commitment at hand or took
// it off; nothing when the entry did neither.
func (t *teller) putOnOrOff(tag taxonomy.ID, mine func(string) bool) ([]Sentence, error) {
	var now, was civic.Commitment
	if t.told.Erased {
		return nil, nil
	}
	if err := json.Unmarshal(t.told.Body, &now); err != nil {
		return nil, err
	}
	if t.told.Former != nil {
		if err := json.Unmarshal(t.told.Former, &was); err != nil {
			return nil, err
		}
	}
	if t.s.graph.InForce(now, tag) == t.s.graph.InForce(was, tag) {
		return nil, nil
	}
	only := func(all []civic.TagDecision) []civic.TagDecision {
		return slices.DeleteFunc(slices.Clone(all), func(d civic.TagDecision) bool { return !mine(d.Tag) })
	}
	now.Decided, was.Decided = only(now.Decided), only(was.Decided)
	out, err := t.tellDecisions(now, was)
	if err != nil {
		return nil, err
	}
	return out, t.place(now, out)
}
