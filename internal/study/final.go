package study

import (
	"slices"

	"avow/internal/civic"
)

// Disagreement is a commitment on which the coders differ, or that fewer than two
// of them coded.
type Disagreement struct {
	Commitment civic.CommitmentID
	Answers    []*Answer // in the order of the codings; nil: not coded
	Decision   *Decision // nil while it is open
}

// Disagreements returns what there is to talk about, in the order of the list.
func Disagreements(s Study, codings []Coding) []Disagreement {
	of := answersOf(codings)
	var out []Disagreement
	for i, row := range sets(s, of) {
		units, agreed := Compared(Table{row})
		if units == 1 && agreed == 1 && !slices.Contains(row, Missing) {
			continue
		}
		c := s.Items[i].Commitment
		d := Disagreement{Commitment: c, Decision: s.Decision(c)}
		for k := range codings {
			var answer *Answer
			if a, coded := of[k][c]; coded {
				answer = &a
			}
			d.Answers = append(d.Answers, answer)
		}
		out = append(out, d)
	}
	return out
}

// Decision returns what was decided on a commitment, nil when nothing was.
func (s Study) Decision(c civic.CommitmentID) *Decision {
	i := slices.IndexFunc(s.Decisions, func(d Decision) bool { return d.Commitment == c })
	if i < 0 {
		return nil
	}
	return &s.Decisions[i]
}

// Open counts the disagreements that nobody settled yet.
func Open(all []Disagreement) int {
	n := 0
	for _, d := range all {
		if d.Decision == nil {
			n++
		}
	}
	return n
}

// Final returns the codes of a commitment: what was decided, else what all coders
// said. ok is false while they disagree.
func Final(s Study, codings []Coding, c civic.CommitmentID) (codes []string, ok bool) {
	if d := s.Decision(c); d != nil {
		return d.Codes, true
	}
	for k, coding := range codings {
		a, coded := coding.Of(c)
		if !coded || k > 0 && !slices.Equal(codes, a.Codes) {
			return nil, false
		}
		codes = a.Codes
	}
	return codes, len(codings) > 0
}

// Proposal is a tag that a study proposes for a commitment. A person decides on
// it; the trail leads back to the memos.
type Proposal struct {
	Commitment civic.CommitmentID
	Tag        string
	Study      ID
	Code       string // key of the group
	Memos      []Memo // on the commitment and on the code
}

// Proposals returns what a study proposes: for each commitment with final codes the
// tags of those codes, each once, in the order of the list. Nothing before the
// codes became proposals.
func Proposals(s Study, codings []Coding) []Proposal {
	if s.Proposed == "" {
		return nil
	}
	var out []Proposal
	for _, item := range s.Items {
		codes, ok := Final(s, codings, item.Commitment)
		if !ok {
			continue
		}
		seen := map[string]bool{}
		for _, key := range codes {
			g, _ := s.Group(key)
			if g.Tag == "" || seen[g.Tag] {
				continue
			}
			seen[g.Tag] = true
			memos := append(s.MemosOn(OnCommitment, string(item.Commitment)), s.MemosOn(OnGroup, key)...)
			out = append(out, Proposal{item.Commitment, g.Tag, s.ID, key, memos})
		}
	}
	return out
}
