package api

import (
	"avow/internal/app"
	"avow/internal/civic"
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
	Looked         int                `json:"looked_at"`
	Misfiled       []Misfiled         `json:"misfiled" nullable:"false" doc:"Of these the text speaks of other tags"`
	Members        []MemberTagging    `json:"members" nullable:"false" doc:"Whose tagging is far from the others', the farthest first"`
	Contradictions []TagContradiction `json:"contradictions" nullable:"false"`
	Decided        []DecidedTag       `json:"decided" nullable:"false" doc:"How people decided on the model's proposals"`
	Drift          []DecidedMonth     `json:"drift" nullable:"false"`
}

// Misfiled is a commitment that may have the wrong tag.
type Misfiled struct {
	Commitment string        `json:"commitment"`
	Title      string        `json:"title"`
	Proposed   []ProposedTag `json:"proposed" nullable:"false"`
}

// ProposedTag is a tag that the model proposes.
type ProposedTag struct {
	Tag        string   `json:"tag"`
	Confidence float64  `json:"confidence" doc:"0 to 1, calibrated"`
	Words      []string `json:"words" nullable:"false" doc:"That spoke for it"`
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
	return TagQuality{Tag: string(q.Under.ID), Looked: q.Looked,
		Misfiled: each(q.Misfiled, func(m app.Misfiled) Misfiled {
			return Misfiled{m.Item.Ref, m.Item.Dossier.Commitment.Title.String(), each(m.Proposed, func(p app.Proposal) ProposedTag {
				return ProposedTag{string(p.Tag.ID), float64(p.Confidence) / 1000, append([]string{}, p.Words...)}
			})}
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
		Drift: each(q.Drift, func(d app.DecidedProposal) DecidedMonth { return DecidedMonth(d) }),
	}
}

func shareOrNull(share float64) *float64 {
	if share < 0 {
		return nil
	}
	return &share
}
