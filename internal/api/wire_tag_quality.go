package api

import (
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// TagLoss is what became of a tag between two editions of OGP's table.
type TagLoss struct {
	Tag     string   `json:"tag"`
	From    string   `json:"from" doc:"The older edition"`
	To      string   `json:"to"`
	Carried int      `json:"carried" doc:"Commitments of both editions that had it in the older one"`
	Kept    int      `json:"kept" doc:"That have it, or what took its place, in the newer one"`
	Lost    []string `json:"lost" nullable:"false" doc:"OGP IDs, or ours, of those that do not"`
}

// TagQuality is what looks wrong in the tags, and how people decided on proposals.
type TagQuality struct {
	Tag            string             `json:"tag" doc:"The commitments that have it alone were looked at"`
	Looked         int                `json:"looked_at" doc:"Commitments that have it alone"`
	Unread         int                `json:"not_looked_at" doc:"Commitments with the tag beyond the bound of 500"`
	Aside          []string           `json:"aside" nullable:"false" doc:"Tags that say how, with whom or where: they do not count beside it"`
	Misfiled       []Misfiled         `json:"misfiled" nullable:"false" doc:"Of these the text speaks of other tags"`
	Counts         []TagShift         `json:"counts" nullable:"false" doc:"As they are, and were all proposals accepted and the tag itself taken away from these; nothing of it happens by itself"`
	Members        []MemberTagging    `json:"members" nullable:"false" doc:"Whose tagging is far from the others', the farthest first"`
	Contradictions []TagContradiction `json:"contradictions" nullable:"false"`
	Decided        []DecidedTag       `json:"decided" nullable:"false" doc:"How people decided on the model's proposals"`
	Drift          []DecidedMonth     `json:"drift" nullable:"false"`
	Models         ModelDrift         `json:"models" doc:"How the suggestions of the newest two models differ"`
}

// ModelDrift is how two models differ on the same commitments.
type ModelDrift struct {
	Before  *string        `json:"before" doc:"When the former model was trained, or shipped; null when there is only one"`
	After   string         `json:"after" doc:"The model in use"`
	Looked  int            `json:"looked_at" doc:"Commitments that both models read: at most 500, evenly chosen"`
	Of      int            `json:"of" doc:"Commitments that there are"`
	Changed int            `json:"changed" doc:"Commitments whose surest suggestion is another one"`
	Share   *float64       `json:"share" doc:"changed in looked_at, 0 to 1"`
	Tags    []SuggestedTag `json:"tags" nullable:"false"`
}

// SuggestedTag is how many commitments each model suggests a tag for.
type SuggestedTag struct {
	Tag    string `json:"tag"`
	Before int    `json:"before"`
	After  int    `json:"after"`
}

// Misfiled is a commitment that may have the wrong tag.
type Misfiled struct {
	Commitment string        `json:"commitment"`
	Title      string        `json:"title"`
	Proposed   []ProposedTag `json:"proposed" nullable:"false"`
}

// ProposedTag is a tag that is proposed.
type ProposedTag struct {
	Tag        string   `json:"tag"`
	From       string   `json:"from" doc:"What proposes it: model, graph, edition or cluster"`
	Model      *string  `json:"model" doc:"When the model was trained, or shipped"`
	Confidence *float64 `json:"confidence" doc:"Of the model: 0 to 1, calibrated"`
	Words      []string `json:"words" nullable:"false" doc:"That spoke for it; the tag below it, from graph"`
	Edition    *string  `json:"edition" doc:"That has it, from edition"`
	Study      *string  `json:"study" doc:"From cluster"`
	Deferred   bool     `json:"deferred" doc:"A person put the decision off"`
}

func proposedTag(p app.Proposal) ProposedTag {
	out := ProposedTag{Tag: string(p.Tag.ID), From: string(p.Origin), Model: orNull(p.Model), Words: append([]string{}, p.Words...),
		Edition: orNull(string(p.Edition)), Study: orNull(p.Study), Deferred: p.Deferred}
	if p.Origin == civic.FromModel {
		out.Confidence = shareOrNull(float64(p.Confidence) / 1000)
	}
	return out
}

// MemberTagging is how far a member's tags are from those of all others.
type MemberTagging struct {
	Member      string  `json:"member" doc:"Slug"`
	Commitments int     `json:"commitments"`
	Distance    float64 `json:"distance" doc:"Jensen-Shannon distance, 0 (alike) to 1"`
	More        *string `json:"more" doc:"The tag it gives more often than others"`
	Less        *string `json:"less"`
}

// TagContradiction is a child without its parent although the table asks for both.
type TagContradiction struct {
	Child       string   `json:"child"`
	Parent      string   `json:"parent"`
	Commitments []string `json:"commitments" nullable:"false" doc:"IDs"`
}

// DecidedTag counts the decisions on a tag.
type DecidedTag struct {
	Tag       string   `json:"tag"`
	Accepted  int      `json:"accepted" doc:"Of the model's proposals"`
	Rejected  int      `json:"rejected"`
	Deferred  int      `json:"deferred"`
	Others    int      `json:"others" doc:"Accepted, and not proposed by the model"`
	Precision *float64 `json:"precision" doc:"null where nothing was decided"`
	Recall    *float64 `json:"recall"`
}

// DecidedMonth counts the decisions on a model's proposals in a month.
type DecidedMonth struct {
	Model    string `json:"model"`
	Month    string `json:"month" example:"2026-11"`
	Accepted int    `json:"accepted"`
	Rejected int    `json:"rejected"`
}

func tagLoss(l app.EditionLoss) TagLoss {
	return TagLoss{string(l.Tag), string(l.From), string(l.To), l.Carried, l.Kept, append([]string{}, l.Lost...)}
}

func tagQuality(q app.TagQuality) TagQuality {
	return TagQuality{Tag: string(q.Under.ID), Looked: q.Looked, Unread: q.Unread,
		Aside:  each(q.Aside, func(t taxonomy.Tag) string { return string(t.ID) }),
		Counts: each(q.Shifts, tagShift),
		Misfiled: each(q.Misfiled, func(m app.Misfiled) Misfiled {
			return Misfiled{m.Item.Ref, m.Item.Dossier.Commitment.Title.String(), each(m.Proposed, proposedTag)}
		}),
		Members: each(q.Members, func(m app.MemberTagging) MemberTagging {
			return MemberTagging{m.Member.Slug, m.Commitments, m.Distance, orNull(string(m.More)), orNull(string(m.Less))}
		}),
		Contradictions: each(q.Contradictions, func(c app.Contradiction) TagContradiction {
			return TagContradiction{string(c.Child), string(c.Parent), each(c.Commitments, func(id civic.CommitmentID) string { return string(id) })}
		}),
		Decided: each(q.Decided, func(d app.DecidedTag) DecidedTag {
			return DecidedTag{string(d.Tag), d.Accepted, d.Rejected, d.Deferred, d.Others, shareOrNull(d.Precision), shareOrNull(d.Recall)}
		}),
		Drift:  each(q.Drift, func(d app.DecidedProposal) DecidedMonth { return DecidedMonth(d) }),
		Models: modelDrift(q.Models),
	}
}

func modelDrift(d app.ModelDrift) ModelDrift {
	out := ModelDrift{Before: orNull(d.Before), After: d.After, Looked: d.Looked, Of: d.Of, Changed: d.Changed,
		Tags: each(d.Tags, func(t app.SuggestedTag) SuggestedTag { return SuggestedTag{string(t.Tag), t.Before, t.After} })}
	if d.Looked > 0 {
		out.Share = shareOrNull(float64(d.Changed) / float64(d.Looked))
	}
	return out
}

func shareOrNull(share float64) *float64 {
	if share < 0 {
		return nil
	}
	return &share
}
