package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// Proposal is a tag that a commitment might have. It counts for nothing until a
// person accepts it.
type Proposal struct {
	Item       CommitmentItem
	Tag        taxonomy.Tag
	Origin     civic.TagOrigin
	Model      string        // with FromModel
	Confidence int           // per mille, with FromModel
	Words      []string      // that spoke for it, with FromModel; the child, with FromGraph
	Study      string        // with FromCluster
	Edition    civic.Edition // with FromEdition: the one that has it
	Deferred   bool          // a person put the decision off
	Refused    string        // message key of why it cannot be accepted: the scope rule
}

// ProposalFilter selects proposals. Commitments are chosen as in lists; Origin and
// Tag may be empty.
type ProposalFilter struct {
	CommitmentFilter
	Origin   civic.TagOrigin
	Proposed string // any name of the tag that is proposed
	Least    int    // confidence of the model, per mille
}

// Bounds of a page of proposals: how many commitments it looks at, since the model
// reads each of them, and how many proposals it holds. A commitment's proposals are
// never torn apart: one that has more by itself fills its page.
const (
	MostProposed  = 200
	MostProposals = 100
)

// Proposals lists what is proposed for the commitments that a filter chooses, in the
// order of lists, and decided on by nobody yet: by the graph, by an older edition of
// the table, by the studies of the workbench and by the model. Next goes on where the
// page ended, as in lists; Total counts the commitments that were chosen.
func (a *App) Proposals(ctx context.Context, f ProposalFilter, cursor string) (Listing[Proposal], error) {
	var none Listing[Proposal]
	var after *position
	if cursor != "" {
		at, err := decodeCursor(cursor, f.CommitmentFilter)
		if err != nil {
			return none, err
		}
		after = &at
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return none, err
	}
	sel, err := a.selectBy(ctx, s, f.CommitmentFilter)
	if err != nil {
		return none, err
	}
	page, _ := sel.page(MostProposed, after)
	items, err := a.items(ctx, s, page.rows)
	if err != nil {
		return none, err
	}
	p := &proposer{app: a, ctx: ctx, filter: f}
	if err := p.prepare(items); err != nil {
		return none, err
	}
	out := Listing[Proposal]{Total: page.total, Next: page.next}
	for i, item := range items {
		more := p.of(item)
		if len(out.Items) > 0 && len(out.Items)+len(more) > MostProposals {
			out.Next = sel.after(items[i-1].Dossier.Commitment.ID)
			break
		}
		out.Items = append(out.Items, more...)
	}
	return out, nil
}

// after is the cursor that goes on after a commitment of the list.
func (sel *selection) after(id civic.CommitmentID) (cursor string) {
	sel.each(func(group, _ int, r *row, _ int) {
		if r.id == id {
			cursor = position{Filter: sel.filter.hash(), Group: group, Key: sel.key(r)}.encode()
		}
	})
	return cursor
}

// ProposalsFor lists what is proposed for one commitment, by its OGP ID or ours, and
// decided on by nobody yet.
func (a *App) ProposalsFor(ctx context.Context, ref string) ([]Proposal, error) {
	id, err := a.store.FindCommitment(ctx, ref)
	if err != nil {
		return nil, err
	}
	return a.proposalsOf(ctx, id)
}

// Answering fills in what had proposed the tags of choices that do not say it, as it is
// proposed now: a decision then counts as an answer to that proposal. What nothing
// proposes stays a person's own.
func (a *App) Answering(ctx context.Context, who civic.Caller, choices []TagChoice) ([]TagChoice, error) {
	if len(choices) > MostTagChoices || who.AskAnywhere(civic.MayTag) != nil {
		return choices, nil // refused where it is decided
	}
	_, graph, err := a.tags.current(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]civic.CommitmentID, len(choices))
	for i, c := range choices {
		ids[i], err = a.store.FindCommitment(ctx, c.Commitment)
		if err != nil && civic.KindOf(err) != civic.NotFound {
			return nil, err
		}
	}
	list, err := a.proposalsOf(ctx, slices.Compact(slices.Sorted(slices.Values(ids)))...)
	if err != nil {
		return nil, err
	}
	type key struct {
		commitment civic.CommitmentID
		tag        taxonomy.ID
	}
	proposed := make(map[key]Proposal, len(list))
	for _, p := range list {
		proposed[key{p.Item.Dossier.Commitment.ID, p.Tag.ID}] = p
	}
	out := slices.Clone(choices)
	for i, c := range out {
		if p, ok := proposed[key{ids[i], graph.Resolve(c.Tag)}]; ok && c.Origin == "" {
			out[i] = c.answers(p)
		}
	}
	return out, nil
}

// answers is the choice as an answer to a proposal.
func (c TagChoice) answers(p Proposal) TagChoice {
	c.Origin, c.Model, c.Confidence, c.Words, c.Study, c.Edition = p.Origin, p.Model, p.Confidence, p.Words, p.Study, p.Edition
	return c
}

// proposalsOf lists what is proposed for some commitments.
func (a *App) proposalsOf(ctx context.Context, ids ...civic.CommitmentID) ([]Proposal, error) {
	items, err := a.CommitmentsOf(ctx, ids...)
	if err != nil {
		return nil, err
	}
	p := &proposer{app: a, ctx: ctx}
	if err := p.prepare(items); err != nil {
		return nil, err
	}
	var out []Proposal
	for _, item := range items {
		out = append(out, p.of(item)...)
	}
	return out, nil
}

// proposer makes the proposals of one page.
type proposer struct {
	app     *App
	ctx     context.Context
	filter  ProposalFilter
	graph   *taxonomy.Graph
	tag     taxonomy.ID // that is asked for, "" for any
	model   *tagging.Model
	name    string
	studies map[civic.CommitmentID][]study.Proposal
}

func (p *proposer) prepare(items []CommitmentItem) error {
	_, graph, err := p.app.tags.current(p.ctx)
	if err != nil {
		return err
	}
	p.graph = graph
	if p.filter.Proposed != "" {
		p.tag = cmp.Or(graph.Resolve(p.filter.Proposed), taxonomy.ID(TagSlug(p.filter.Proposed)))
	}
	if p.wants(civic.FromModel) {
		if p.model, p.name, err = p.app.tagger(p.ctx); err != nil {
			return err
		}
	}
	if p.wants(civic.FromCluster) && len(items) > 0 {
		all, err := p.app.ClusterProposals(p.ctx)
		if err != nil {
			return err
		}
		p.studies = map[civic.CommitmentID][]study.Proposal{}
		for _, one := range all {
			p.studies[one.Commitment] = append(p.studies[one.Commitment], one)
		}
	}
	return nil
}

func (p *proposer) wants(o civic.TagOrigin) bool {
	return p.filter.Origin == "" || p.filter.Origin == o
}

// of lists the proposals for a commitment, each tag once: what a person or an edition
// says goes before what the model says.
func (p *proposer) of(item CommitmentItem) []Proposal {
	c := item.Dossier.Commitment
	var out []Proposal
	add := func(id taxonomy.ID, one Proposal) {
		tag, ok := p.graph.Find(string(id))
		if !ok || !tag.Lives() || p.tag != "" && tag.ID != p.tag || p.graph.InForce(c, tag.ID) {
			return
		}
		d, decided := c.Decision(string(tag.ID))
		if decided && d.Verdict != civic.TagDeferred || slices.ContainsFunc(out, func(o Proposal) bool { return o.Tag.ID == tag.ID }) {
			return
		}
		one.Item, one.Tag, one.Deferred = item, tag, decided
		if scope := taxonomy.ScopeFor(c); p.graph.Refuses(scope, tag.ID) {
			one.Refused = scope.Key()
		}
		out = append(out, one)
	}
	if p.wants(civic.FromCluster) {
		for _, one := range p.studies[c.ID] {
			add(taxonomy.ID(one.Tag), Proposal{Origin: civic.FromCluster, Study: string(one.Study)})
		}
	}
	if p.wants(civic.FromEdition) {
		if old, _, ok := taxonomy.Compared(c); ok {
			for _, id := range p.graph.Lost(c) {
				add(id, Proposal{Origin: civic.FromEdition, Edition: old.Edition})
			}
		}
	}
	if p.wants(civic.FromGraph) {
		p.implied(c, add)
	}
	if p.wants(civic.FromModel) {
		p.suggested(c, add)
	}
	return out
}

// implied proposes the parents that the newest edition was asked for and does not have.
func (p *proposer) implied(c civic.Commitment, add func(taxonomy.ID, Proposal)) {
	if len(c.Tags) == 0 {
		return
	}
	newest := c.Tags[len(c.Tags)-1]
	for _, x := range p.graph.Contradictions(newest.Edition, p.graph.Named(newest.Yes)) {
		add(x.Parent, Proposal{Origin: civic.FromGraph, Words: []string{string(x.Child)}})
	}
}

func (p *proposer) suggested(c civic.Commitment, add func(taxonomy.ID, Proposal)) {
	for _, s := range p.model.Suggest(c.Title.Original(), c.Text.Original()).Suggestions {
		one := Proposal{Origin: civic.FromModel, Model: p.name, Confidence: int(math.Round(s.Confidence * 1000))}
		if one.Confidence < p.filter.Least {
			continue
		}
		for _, w := range s.Words {
			one.Words = append(one.Words, w.Text)
		}
		add(s.Tag, one)
	}
}
