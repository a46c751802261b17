package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/study"
)

// ProposeTags says which tag each code of a study stands for (key of the group to
// the tag's name) and turns what the coders and those who settled found into
// proposals. People decide on them; nothing is tagged. Fields: tag.KEY, tags.
func (a *App) ProposeTags(ctx context.Context, who civic.Caller, id study.ID, tags map[string]string) error {
	_, graph, err := a.Taxonomy(ctx)
	if err != nil {
		return err
	}
	ids := make(map[string]string, len(tags))
	for key, name := range tags {
		ids[key] = cleanLine(name)
		if t, ok := graph.Find(ids[key]); ok {
			ids[key] = string(t.ID)
		}
	}
	known := func(tag string) bool { _, ok := graph.Find(tag); return ok }
	return a.editStudy(ctx, who, id, verbProposeTags, func(s study.Study) (study.Study, error) {
		codings, err := a.codings(ctx, s)
		if err != nil {
			return s, err
		}
		return study.Propose(s, codings, ids, known, a.today())
	})
}

// PublishStudy shows a study to everybody.
func (a *App) PublishStudy(ctx context.Context, who civic.Caller, id study.ID) error {
	return a.editStudy(ctx, who, id, verbShowStudy, func(s study.Study) (study.Study, error) {
		return study.Publish(s, a.today())
	})
}

// ClusterProposals returns the tags that studies propose and on which nobody has
// decided as an answer to that study: what the page of proposals shows beside those
// of the program. Each names its study, its code and the memos that led there.
func (a *App) ClusterProposals(ctx context.Context) ([]study.Proposal, error) {
	all, err := a.studies(ctx, func(s study.Study) bool { return s.Proposed != "" })
	if err != nil {
		return nil, err
	}
	var out []study.Proposal
	for _, s := range all {
		codings, err := a.codings(ctx, s)
		if err != nil {
			return nil, err
		}
		out = append(out, study.Proposals(s, codings)...)
	}
	ids := make([]string, len(out))
	for i, p := range out {
		ids[i] = string(p.Commitment)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, unique(ids))
	if err != nil {
		return nil, err
	}
	decided := map[string]bool{}
	for _, v := range versions {
		if v.Erased {
			continue
		}
		c, err := decodeVersion[civic.Commitment](v)
		if err != nil {
			return nil, err
		}
		for _, d := range c.Decided {
			decided[v.ID+" "+d.Tag+" "+d.Study] = d.Verdict != civic.TagDeferred
		}
	}
	open := out[:0]
	for _, p := range out {
		if !decided[string(p.Commitment)+" "+p.Tag+" "+string(p.Study)] {
			open = append(open, p)
		}
	}
	return open, nil
}
