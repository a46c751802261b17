package app

import (
	"cmp"
	"context"
	"math"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// TagQuality is what looks wrong in the tags of the commitments, and how well the
// proposals did. It changes nothing: a person decides.
type TagQuality struct {
	Under          taxonomy.Tag      // the tag whose only bearers were looked at
	Misfiled       []Misfiled        // that have it alone, and look like something else
	Looked         int               // commitments that have it alone
	Unread         int               // commitments with the tag beyond the bound, which were not looked at
	Aside          []taxonomy.Tag    // tags that do not count beside it: they say how, with whom or where
	Shifts         []taxonomy.Shift  // what a reviewer's decisions could change: counts as they are, and were all of Misfiled moved
	Members        []MemberTagging   // whose tagging is far from the others', the farthest first
	Contradictions []Contradiction   // labels that speak against the graph
	Decided        []DecidedTag      // how people decided on proposals, by tag
	Drift          []DecidedProposal // the same by model and month, the oldest first
	Models         ModelDrift        // how the suggestions of the newest two models differ
}

// Misfiled is a commitment that has a tag alone while its text speaks of others.
type Misfiled struct {
	Item     CommitmentItem
	Proposed []Proposal // the surest first
}

// MemberTagging is how far a member's tags are from those of all others: the distance
// of Jensen and Shannon between how often each tag is given, 0 (alike) to 1.
type MemberTagging struct {
	Member      civic.Member
	Commitments int // with a tag
	Distance    float64
	More        taxonomy.ID // what it gives more often than others, by the largest difference
	Less        taxonomy.ID
}

// Contradiction is a pair of tags of which commitments have the child without the parent
// although their table asks for both.
type Contradiction struct {
	taxonomy.Contradiction
	Commitments []civic.CommitmentID
}

// DecidedTag counts the decisions on a tag. Precision is the share of the model's
// proposals that were accepted, Recall that of the accepted tags that the model had
// proposed; -1 where nothing was decided.
type DecidedTag struct {
	Tag                          taxonomy.ID
	Accepted, Rejected, Deferred int // proposals of the model
	Others                       int // accepted that something else proposed, or a person gave
	Precision, Recall            float64
}

// DecidedProposal counts the decisions on a model's proposals in a month.
type DecidedProposal struct {
	Model              string
	Month              string // YYYY-MM
	Accepted, Rejected int
}

// Bounds of the report.
const (
	MostMisfiled     = 500 // commitments with the tag that are looked at
	leastTagged      = 10  // commitments of a member that is compared
	MisfiledFrom     = 500 // confidence, per mille, from which another tag speaks; one that no edition has speaks by its name at any
	mostFarMembers   = 20
	DefaultMisfiling = "digital-governance" // the paper: members file everything digital under it
)

// aside are the tags that say by what means, with whom or where something is done, and
// not what it is about. Nearly every commitment has one of them, so that they do not
// speak against a commitment's being filed under a tag alone.
var aside = []taxonomy.ID{"access-to-information", "capacity-building", "legislation", "legislation-regulation", "local-commitments", "nonprofits",
	"ogp", "private-sector", "public-participation", "regulation", "sub-national", "subnational", "sustainable-development-goals"}

// tagQuality makes the report on one tag.
func (a *App) tagQuality(ctx context.Context, graph *taxonomy.Graph, tag taxonomy.Tag) (TagQuality, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return TagQuality{}, err
	}
	out := TagQuality{Under: tag, Members: s.farMembers()}
	if err := a.misfiled(ctx, &out, graph); err != nil {
		return TagQuality{}, err
	}
	if err := a.moved(ctx, &out, graph); err != nil {
		return TagQuality{}, err
	}
	return out, a.decisions(ctx, &out, graph)
}

// misfiled reads the commitments that have nothing but the tag, tags around it and
// tags that do not say what a commitment is about.
func (a *App) misfiled(ctx context.Context, out *TagQuality, graph *taxonomy.Graph) error {
	p := &proposer{app: a, ctx: ctx, graph: graph, filter: ProposalFilter{Origin: civic.FromModel}}
	if err := p.prepare(nil); err != nil {
		return err
	}
	near := map[taxonomy.ID]bool{out.Under.ID: true}
	for _, id := range append(graph.Descendants(out.Under.ID), graph.Ancestors(out.Under.ID)...) {
		near[id] = true
	}
	for _, id := range aside {
		if tag, ok := graph.Find(string(id)); ok && !near[tag.ID] {
			near[tag.ID] = true
			out.Aside = append(out.Aside, tag)
		}
	}
	other := func(slug string) bool { // a tag that says what else a commitment is about
		tag, ok := graph.Find(slug)
		return ok && !tag.Derived && !near[tag.ID]
	}
	for cursor, read := "", 0; ; {
		list, err := a.Commitments(ctx, CommitmentFilter{Tag: string(out.Under.ID)}, min(MostProposed, MostMisfiled-read), cursor)
		if err != nil {
			return err
		}
		for _, item := range list.Items {
			marks := item.Dossier.Commitment.TagMarks()
			if slices.ContainsFunc(marks, func(m civic.TagMark) bool {
				return !m.Off && other(m.Slug) && graph.InForce(item.Dossier.Commitment, graph.Resolve(m.Slug))
			}) {
				continue
			}
			out.Looked++
			proposed := slices.DeleteFunc(p.of(item), func(one Proposal) bool { return one.Refused != "" || !other(string(one.Tag.ID)) })
			if len(proposed) > 0 {
				out.Misfiled = append(out.Misfiled, Misfiled{item, proposed})
			}
		}
		read += len(list.Items)
		if cursor = list.Next; cursor == "" || read >= MostMisfiled {
			out.Unread = list.Total - read
			return nil
		}
	}
}

// moved counts the commitments as they are, and as they would be if people accepted
// every proposal of the report and took the tag itself away. Tags whose counts stay are
// left out, but for the tag that was asked for.
func (a *App) moved(ctx context.Context, out *TagQuality, graph *taxonomy.Graph) error {
	carried, err := a.Carried(ctx)
	if err != nil {
		return err
	}
	to := map[civic.CommitmentID][]Proposal{}
	for _, m := range out.Misfiled {
		to[m.Item.Dossier.Commitment.ID] = m.Proposed
	}
	before := graph.Roll(carried)
	for i, c := range carried {
		if to[c.Commitment] == nil {
			continue
		}
		tags := slices.DeleteFunc(slices.Clone(c.Tags), func(name taxonomy.ID) bool { return graph.Resolve(string(name)) == out.Under.ID })
		for _, p := range to[c.Commitment] {
			tags = append(tags, p.Tag.ID)
		}
		carried[i].Tags = tags
	}
	after := graph.Roll(carried)
	for t := range graph.All() {
		if s := (taxonomy.Shift{Tag: t.ID, Before: before[t.ID], After: after[t.ID]}); s.Before != s.After || t.ID == out.Under.ID {
			out.Shifts = append(out.Shifts, s)
		}
	}
	return nil
}

// farMembers compares how often each member gives each tag with how often all others do.
func (s *snapshot) farMembers() []MemberTagging {
	of := map[int32][]float64{} // by member: how often it gives each tag
	rows := map[int32]int{}
	all := make([]float64, len(s.tags))
	total := 0.0
	for _, r := range s.rows {
		on, _ := s.marked(r)
		if len(on) == 0 {
			continue
		}
		rows[r.member]++
		if of[r.member] == nil {
			of[r.member] = make([]float64, len(s.tags))
		}
		for _, t := range on {
			of[r.member][t]++
			all[t]++
			total++
		}
	}
	var out []MemberTagging
	for m, own := range of {
		if rows[m] < leastTagged {
			continue
		}
		sum := 0.0
		for _, n := range own {
			sum += n
		}
		if sum == total {
			continue // there is no other
		}
		line := MemberTagging{Member: s.members[m], Commitments: rows[m]}
		more, less := 0.0, 0.0
		for t, n := range own {
			p, q := n/sum, (all[t]-n)/(total-sum)
			line.Distance += divergence(p, q) / 2
			if d := p - q; d > more {
				more, line.More = d, taxonomy.ID(s.tags[t])
			} else if d < less {
				less, line.Less = d, taxonomy.ID(s.tags[t])
			}
		}
		line.Distance = math.Sqrt(min(max(line.Distance, 0), 1))
		out = append(out, line)
	}
	slices.SortFunc(out, func(a, b MemberTagging) int {
		return cmp.Or(cmp.Compare(b.Distance, a.Distance), cmp.Compare(a.Member.ID, b.Member.ID))
	})
	return out[:min(len(out), mostFarMembers)]
}

// divergence is what one tag adds to twice the divergence of Jensen and Shannon, in bits.
func divergence(p, q float64) float64 {
	m := (p + q) / 2
	sum := 0.0
	for _, x := range []float64{p, q} {
		if x > 0 {
			sum += x * math.Log2(x/m)
		}
	}
	return sum
}

// decisions goes once through all commitments: what people decided, and which labels
// speak against the graph.
func (a *App) decisions(ctx context.Context, out *TagQuality, graph *taxonomy.Graph) error {
	tags := map[taxonomy.ID]*DecidedTag{}
	months := map[[2]string]*DecidedProposal{}
	against := map[taxonomy.Contradiction]*Contradiction{}
	err := a.store.EachNewest(ctx, civic.KindCommitment, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		var c civic.Commitment
		if err := decodeFields(v, map[string]any{"tags": &c.Tags, "tag_decisions": &c.Decided}); err != nil {
			return err
		}
		for _, d := range c.Decided {
			countDecision(d, tags, months)
		}
		if n := len(c.Tags); n > 0 {
			for _, x := range graph.Contradictions(c.Tags[n-1].Edition, graph.Named(c.Tags[n-1].Yes)) {
				if against[x] == nil {
					against[x] = &Contradiction{Contradiction: x}
				}
				against[x].Commitments = append(against[x].Commitments, civic.CommitmentID(v.ID))
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, d := range tags {
		d.Precision, d.Recall = share(d.Accepted, d.Accepted+d.Rejected), share(d.Accepted, d.Accepted+d.Others)
		out.Decided = append(out.Decided, *d)
	}
	slices.SortFunc(out.Decided, func(a, b DecidedTag) int { return cmp.Compare(a.Tag, b.Tag) })
	for _, m := range months {
		out.Drift = append(out.Drift, *m)
	}
	slices.SortFunc(out.Drift, func(a, b DecidedProposal) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Model, b.Model))
	})
	for _, c := range against {
		out.Contradictions = append(out.Contradictions, *c)
	}
	slices.SortFunc(out.Contradictions, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(len(b.Commitments), len(a.Commitments)), cmp.Compare(a.Child, b.Child), cmp.Compare(a.Parent, b.Parent))
	})
	return nil
}

func countDecision(d civic.TagDecision, tags map[taxonomy.ID]*DecidedTag, months map[[2]string]*DecidedProposal) {
	id := taxonomy.ID(d.Tag)
	if tags[id] == nil {
		tags[id] = &DecidedTag{Tag: id}
	}
	if d.Origin != civic.FromModel {
		if d.Verdict == civic.TagAccepted {
			tags[id].Others++
		}
		return
	}
	key := [2]string{d.Model, d.On[:min(len(d.On), len("2006-01"))]}
	if months[key] == nil {
		months[key] = &DecidedProposal{Model: key[0], Month: key[1]}
	}
	switch d.Verdict {
	case civic.TagAccepted:
		tags[id].Accepted++
		months[key].Accepted++
	case civic.TagRejected:
		tags[id].Rejected++
		months[key].Rejected++
	case civic.TagDeferred:
		tags[id].Deferred++
	}
}

// share is part of whole, or -1 where there is nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return -1
	}
	return float64(part) / float64(whole)
}
