package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// ShippedModel names the model that is part of the program.
const ShippedModel = "shipped"

// modelIndex keeps the model that proposes tags, as it suggests under a graph.
type modelIndex struct {
	mu      sync.Mutex
	trained int64 // of the model below; 0: the shipped one
	model   *tagging.Model
	graph   *taxonomy.Graph
	live    *tagging.Model

	// The one before it, as it would suggest under the same graph.
	formerOf   int64 // the model that it came before
	former     *tagging.Model
	formerName string
	formerAs   *taxonomy.Graph
	formerLive *tagging.Model
}

// tagger returns the model that proposes tags under the taxonomy of today, and its
// name: when it was trained here, or that it is the program's.
func (a *App) tagger(ctx context.Context) (*tagging.Model, string, error) {
	_, graph, err := a.tags.current(ctx)
	if err != nil {
		return nil, "", err
	}
	trained, err := a.store.ModelTrained(ctx)
	if err != nil {
		return nil, "", err
	}
	x := &a.models
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.model == nil || x.trained != trained {
		model, at := tagging.Shipped(), int64(0)
		bytes, when, err := a.store.Model(ctx)
		if err != nil {
			return nil, "", err
		}
		if bytes != nil {
			// One of an earlier version of the program gives way to the shipped one.
			if own, err := tagging.Decode(bytes); err == nil {
				model = own
			}
			at = when
		}
		x.model, x.trained, x.live = model, at, nil
	}
	if x.live == nil || x.graph != graph {
		x.live, x.graph = x.model.For(graph), graph
	}
	name := ShippedModel
	if x.trained != 0 && x.model != tagging.Shipped() {
		name = modelName(x.trained)
	}
	return x.live, name, nil
}

// modelName is what a model that was trained here is called: when that was.
func modelName(trained int64) string {
	return time.UnixMicro(trained).UTC().Format("2006-01-02T15:04:05Z")
}

// taggerBefore returns the model that was in use before the one that proposes tags, as
// it would suggest under the taxonomy of today, and its name; nil when there is none.
// Where the former one was not trained here, or by a version of the program that wrote
// models otherwise, the shipped one stands for it.
func (a *App) taggerBefore(ctx context.Context) (*tagging.Model, string, error) {
	_, name, err := a.tagger(ctx)
	if err != nil || name == ShippedModel {
		return nil, "", err
	}
	x := &a.models
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.former == nil || x.formerOf != x.trained {
		bytes, when, err := a.store.ModelBefore(ctx)
		if err != nil {
			return nil, "", err
		}
		x.former, x.formerName, x.formerOf, x.formerLive = tagging.Shipped(), ShippedModel, x.trained, nil
		if bytes != nil {
			if own, err := tagging.Decode(bytes); err == nil {
				x.former, x.formerName = own, modelName(when)
			}
		}
	}
	if x.formerLive == nil || x.formerAs != x.graph {
		x.formerLive, x.formerAs = x.former.For(x.graph), x.graph
	}
	return x.formerLive, x.formerName, nil
}

// Training is what was learned.
type Training struct {
	Rows    int              `json:"rows"` // commitments with their tags in each edition
	Tags    int              `json:"tags"`
	Learned int              `json:"learned"` // tags that enough commitments have
	Bytes   int              `json:"bytes"`
	Model   string           `json:"model"`
	PerTag  []tagging.Report `json:"per_tag"`
}

// What a model that takes the place of the shipped one must have learned from at least:
// of less, it knows less than the shipped one.
const (
	LeastTrainingRows = 200 // commitments with a tag, in each edition
	LeastTrainingTags = 10  // tags that tagging.Least of them have
)

// TrainTags learns from the tags of the commitments here: those that OGP's table gave
// in each edition, and what people decided. It fails as tagging.Train does, and with a
// civic.Invalid where that is too little; the model in use then stays.
func (a *App) TrainTags(ctx context.Context) (Training, error) {
	_, graph, err := a.tags.current(ctx)
	if err != nil {
		return Training{}, err
	}
	tables, err := a.tagTables(ctx, graph)
	if err != nil {
		return Training{}, err
	}
	rows, task := tagging.Together(graph, tables)
	task = task.Live(graph)
	if err := enoughToLearn(rows, task); err != nil {
		return Training{}, err
	}
	model, err := tagging.Train(rows, task)
	if err != nil {
		return Training{}, err
	}
	bytes, err := model.Encode()
	if err != nil {
		return Training{}, err
	}
	at := a.now().UnixMicro()
	if err := a.store.House(ctx, func(h *store.House) error { return h.KeepModel(at, bytes) }); err != nil {
		return Training{}, err
	}
	out := Training{Rows: model.Rows(), Tags: len(model.Tags()), Bytes: len(bytes), Model: modelName(at), PerTag: model.Reports()}
	for _, r := range out.PerTag {
		if r.Learned {
			out.Learned++
		}
	}
	return out, nil
}

// enoughToLearn refuses to learn from too little. What nothing at all can be learned
// from is left to tagging to name.
func enoughToLearn(rows []tagging.Row, task tagging.Task) error {
	given := map[taxonomy.ID]int{}
	tagged, tags := 0, 0
	for _, r := range rows {
		if len(r.Yes) > 0 {
			tagged++
		}
		for _, id := range r.Yes {
			given[id]++
		}
	}
	for _, l := range task.Labels {
		if given[l.ID] >= tagging.Least {
			tags++
		}
	}
	if tagged == 0 || tagged >= LeastTrainingRows && tags >= LeastTrainingTags {
		return nil
	}
	return &civic.Error{Kind: civic.Invalid, Key: "tagging.train.little", Args: map[string]any{"rows": tagged, "tags": tags, "least": tagging.Least,
		"rows_needed": LeastTrainingRows, "tags_needed": LeastTrainingTags}}
}

// ShippedTags puts the shipped model back in the place of the one that was trained here.
func (a *App) ShippedTags(ctx context.Context) error {
	return a.store.House(ctx, func(h *store.House) error { return h.DropModels() })
}

// tagTables lays out what each edition says of the commitments here, the newest one
// of each commitment with what people decided. A city is never apart from its country.
func (a *App) tagTables(ctx context.Context, graph *taxonomy.Graph) ([]tagging.Table, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	tables := map[civic.Edition]*tagging.Table{}
	err = eachChanged(ctx, a.store, civic.KindCommitment, -1, func(c civic.Commitment) {
		member := string(c.Member)
		if n, ok := s.memberBy[member]; ok {
			m := s.members[n]
			member = cmp.Or(m.Within, m.Code, m.Slug, member)
		}
		said := c.Tags
		if len(said) == 0 && len(c.Decided) > 0 {
			said = []civic.EditionTags{{}} // people alone said something
		}
		for i, e := range said {
			yes := slices.DeleteFunc(graph.Named(e.Yes), func(id taxonomy.ID) bool { return graph.Resolve(string(id)) == "" })
			if i == len(said)-1 {
				yes = decidedTags(c, yes)
			}
			if tables[e.Edition] == nil {
				tables[e.Edition] = &tagging.Table{Edition: e.Edition}
			}
			t := tables[e.Edition]
			var unknown []string
			for _, u := range e.Unknown {
				unknown = append(unknown, u.Name)
			}
			t.Rows = append(t.Rows, tagging.Row{Unknown: graph.Named(unknown), Key: string(e.Edition) + "|" + string(c.ID), Member: member, Source: string(e.Edition),
				Title: c.Title.Original(), Text: c.Text.Original(), Yes: yes})
			for _, id := range yes {
				if !slices.Contains(t.Tags, id) {
					t.Tags = append(t.Tags, id)
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	out := make([]tagging.Table, 0, len(tables))
	for _, t := range tables {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b tagging.Table) int { return compareEditions(a.Edition, b.Edition) })
	return out, nil
}

// decidedTags lays what people decided over the tags of an edition.
func decidedTags(c civic.Commitment, yes []taxonomy.ID) []taxonomy.ID {
	for _, d := range c.Decided {
		id := taxonomy.ID(d.Tag)
		switch d.Verdict {
		case civic.TagAccepted:
			if !slices.Contains(yes, id) {
				yes = append(yes, id)
			}
		case civic.TagRejected, civic.TagRemoved:
			yes = slices.DeleteFunc(yes, func(o taxonomy.ID) bool { return o == id })
		}
	}
	return yes
}

// SuggestText says which tags a text should have. lang is a BCP 47 tag, "" to guess.
func (a *App) SuggestText(ctx context.Context, title, body, lang string) (tagging.Result, error) {
	model, _, err := a.tagger(ctx)
	if err != nil {
		return tagging.Result{}, err
	}
	return model.Suggest(civic.Phrase{Lang: lang, Text: title}, civic.Phrase{Lang: lang, Text: body}), nil
}

// SuggestFor says which tags a commitment should have, those it has among them.
func (a *App) SuggestFor(ctx context.Context, ref string) (tagging.Result, error) {
	id, err := a.store.FindCommitment(ctx, ref)
	if err != nil {
		return tagging.Result{}, err
	}
	c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
	if err != nil {
		return tagging.Result{}, err
	}
	model, _, err := a.tagger(ctx)
	if err != nil {
		return tagging.Result{}, fmt.Errorf("suggest tags for %s: %w", ref, err)
	}
	_, graph, err := a.tags.current(ctx)
	if err != nil {
		return tagging.Result{}, err
	}
	done := model.Suggest(c.Title.Original(), c.Text.Original())
	if c.Scoped == nil {
		return done, nil
	}
	return done.InScope(graph, taxonomy.Answered(*c.Scoped).Roles), nil
}
