package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/study"
)

// StudyBrief is a study in a list.
type StudyBrief struct {
	ID          string   `json:"id"`
	Title       []Phrase `json:"title" nullable:"false"`
	Frozen      string   `json:"frozen" format:"date"`
	Published   string   `json:"published" format:"date"`
	Commitments int      `json:"commitments"`
}

// Study is a published study. What the program suggested is marked by its words;
// what counts is what people named, coded and settled.
type Study struct {
	StudyBrief
	Question      []Phrase            `json:"question" nullable:"false"`
	Query         StudyQuery          `json:"query" doc:"Filters of the list of commitments"`
	Entries       int64               `json:"entries" doc:"Size of the public record when the list was frozen"`
	Root          string              `json:"root" doc:"Root hash of the record at that size, base64"`
	Groups        []StudyGroup        `json:"groups" nullable:"false"`
	Items         []StudyItem         `json:"items" nullable:"false" doc:"In the order of the list"`
	Several       bool                `json:"several" doc:"Whether a commitment may have several codes"`
	Agreement     StudyAgreement      `json:"agreement"`
	ByCode        []StudyCode         `json:"by_code" nullable:"false"`
	Disagreements []StudyDisagreement `json:"disagreements" nullable:"false"`
	Memos         []StudyMemo         `json:"memos" nullable:"false"`
	Proposed      *string             `json:"proposed" doc:"Day on which codes became proposals of tags, null before"`
}

// StudyQuery is the question of a study. What is null was not asked.
type StudyQuery struct {
	Q          *string `json:"q"`
	Member     *string `json:"member"`
	Region     *string `json:"region"`
	Tag        *string `json:"tag"`
	Year       *int    `json:"year"`
	Completion *string `json:"completion"`
	Lang       *string `json:"lang"`
	Plan       *string `json:"plan"`
}

// StudyGroup is a code of a study.
type StudyGroup struct {
	Key        string   `json:"key"`
	Name       []Phrase `json:"name" nullable:"false"`
	Definition []Phrase `json:"definition" nullable:"false"`
	Words      []string `json:"words" nullable:"false" doc:"That held the group together when the program suggested it; empty when a person made it"`
	Tag        *string  `json:"tag" doc:"Tag that the code proposes"`
}

// StudyItem is a commitment of a study. Its codes are those that all coders gave, or that were settled.
type StudyItem struct {
	Number     int           `json:"number"`
	Commitment string        `json:"commitment" doc:"OGP ID, or our ID when there is none"`
	Version    int           `json:"version" doc:"Version of the commitment that was frozen"`
	Group      *string       `json:"group" doc:"Key, null in none"`
	X          *int          `json:"x" doc:"Place on the map, 0 to 1000; null when the text is too short"`
	Y          *int          `json:"y"`
	Codings    []StudyCoding `json:"codings" nullable:"false" doc:"Per coder, in the order of their letters"`
	Final      []string      `json:"final" nullable:"false"`
	Settled    bool          `json:"settled" doc:"false while coders differ and nobody settled it"`
}

// StudyCoding is what one coder said.
type StudyCoding struct {
	Coder string   `json:"coder"`
	Coded bool     `json:"coded"`
	Codes []string `json:"codes" nullable:"false" doc:"Empty: none of the codes fits, or it was not coded"`
	Note  string   `json:"note"`
}

// StudyMeasure is an agreement. It is null when it cannot be told; then why says why.
type StudyMeasure struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low" doc:"95 % interval; null when there are too few commitments"`
	High  *float64 `json:"high"`
	Why   *string  `json:"why" doc:"nothing_shared, one_category or not_two"`
}

// StudyAgreement holds the measures side by side.
type StudyAgreement struct {
	Units  int          `json:"units" doc:"Commitments that at least two coders coded"`
	Agreed int          `json:"agreed"`
	Cohen  StudyMeasure `json:"cohen_kappa"`
	Fleiss StudyMeasure `json:"fleiss_kappa"`
	Alpha  StudyMeasure `json:"krippendorff_alpha"`
}

// StudyCode is the agreement on one code.
type StudyCode struct {
	Code string `json:"code"`
	StudyAgreement
}

// StudyDisagreement is a commitment on which coders differ.
type StudyDisagreement struct {
	Number  int      `json:"number"`
	Settled *string  `json:"settled" doc:"Day, null while open"`
	Codes   []string `json:"codes" nullable:"false"`
	Reason  []Phrase `json:"reason" nullable:"false"`
}

// StudyMemo is a note of those who worked on a study.
type StudyMemo struct {
	About  string   `json:"about" doc:"study, group or commitment"`
	Target *string  `json:"target" doc:"Key of the group or ID of the commitment"`
	Text   []Phrase `json:"text" nullable:"false"`
	On     string   `json:"on" format:"date"`
}

type byStudyID struct {
	ID string `path:"id" maxLength:"200" doc:"ID of the study" example:"01jpublished00000000000000a"`
}

func (a *API) mountStudy() {
	mount(a, "list-studies", func(ctx context.Context, _ *none) (*body[Page[StudyBrief]], error) {
		list, err := a.App.Studies(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(list, studyBrief))), nil
	})
	mount(a, "get-study", func(ctx context.Context, in *byStudyID) (*body[Study], error) {
		p, err := a.App.PublishedStudy(ctx, study.ID(in.ID))
		if err != nil {
			return nil, err
		}
		return answer(studyOf(p)), nil
	})
}

func studyBrief(s study.Study) StudyBrief {
	return StudyBrief{string(s.ID), phrases(s.Title), s.On, s.Published, len(s.Items)}
}

func studyOf(p app.StudyPage) Study {
	q := p.Query
	out := Study{StudyBrief: studyBrief(p.Study), Question: phrases(p.Question), Entries: p.Size, Root: p.Root, Several: p.Several, Proposed: orNull(p.Proposed),
		Query: StudyQuery{orNull(q.Q), orNull(q.Member), orNull(q.Region), orNull(q.Tag), yearOrNull(q.Year), orNull(q.Completion), orNull(q.Lang), orNull(q.Plan)},
		Groups: each(p.Groups, func(g study.Group) StudyGroup {
			return StudyGroup{g.Key, phrases(g.Name), phrases(g.Definition), listed(g.Words), orNull(g.Tag)}
		}),
		Memos: each(p.Memos, func(m study.Memo) StudyMemo { return StudyMemo{m.About, orNull(m.Target), phrases(m.Text), m.On} }),
		Items: each(p.List, func(i app.StudyItem) StudyItem { return studyItemOf(p, i) }),
		Disagreements: each(p.Open, func(d study.Disagreement) StudyDisagreement {
			out := StudyDisagreement{Number: p.At(d.Commitment) + 1, Codes: []string{}, Reason: []Phrase{}}
			if d.Decision != nil {
				out.Settled, out.Codes, out.Reason = orNull(d.Decision.On), listed(d.Decision.Codes), phrases(d.Decision.Reason)
			}
			return out
		}),
		ByCode: []StudyCode{},
	}
	if r := p.Results; r != nil {
		out.Agreement = agreementOf(r.Units, r.Agreed, r.Overall)
		out.ByCode = each(r.Codes, func(c study.OfCode) StudyCode { return StudyCode{c.Code, agreementOf(r.Units, c.Agreed, c.Agreement)} })
	}
	return out
}

func studyItemOf(p app.StudyPage, i app.StudyItem) StudyItem {
	out := StudyItem{Number: i.Number, Commitment: i.Ref, Version: i.Version, Group: orNull(i.Group)}
	if i.Place != nil {
		out.X, out.Y = &i.Place.X, &i.Place.Y
	}
	out.Codings = each(p.Codings, func(c study.Coding) StudyCoding {
		a, coded := c.Of(i.Commitment)
		return StudyCoding{c.Label, coded, listed(a.Codes), a.Note}
	})
	codes, settled := study.Final(p.Study, p.Codings, i.Commitment)
	out.Final, out.Settled = listed(codes), settled
	return out
}

func listed(s []string) []string { return append([]string{}, s...) }

func agreementOf(units, agreed int, a study.Agreement) StudyAgreement {
	return StudyAgreement{units, agreed, measureOf(a.Cohen), measureOf(a.Fleiss), measureOf(a.Alpha)}
}

func measureOf(m study.Measure) StudyMeasure {
	out := StudyMeasure{Why: orNull(m.Why)}
	if m.Known {
		out.Value = &m.Value
	}
	if m.Interval {
		out.Low, out.High = &m.Low, &m.High
	}
	return out
}
