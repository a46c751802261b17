package api

import (
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/danielgtaylor/huma/v2"
)

// Decision is when and by whom something was decided.
type Decision struct {
	On string `json:"on" doc:"YYYY-MM-DD"`
	By string `json:"by" doc:"The body that decided, in its own words"`
}

// Schema describes an object that may be null, which huma's references cannot say.
func (Decision) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{
		Type: huma.TypeObject, Nullable: true, AdditionalProperties: false,
		Description: "When and by whom it was adopted; null when it was not.",
		Required:    []string{"on", "by"},
		Properties: map[string]*huma.Schema{
			"on": {Type: huma.TypeString, Description: "YYYY-MM-DD"},
			"by": {Type: huma.TypeString, Description: "The body that decided, in its own words"},
		},
	}
	s.PrecomputeMessages()
	return s
}

// Amendment is a change of what was adopted.
type Amendment struct {
	On      string        `json:"on" doc:"YYYY-MM-DD"`
	By      string        `json:"by" doc:"The body that decided"`
	Reason  []Phrase      `json:"reason" nullable:"false"`
	What    []string      `json:"what" nullable:"false" doc:"Fields that it changed; added or dropped for a commitment that came or went"`
	Drops   bool          `json:"drops" doc:"True when it takes the commitment out of the plan"`
	Changes []FieldChange `json:"changes" nullable:"false" doc:"What it changed; empty where only the amendment itself is known"`
	Ledger  *int64        `json:"ledger" doc:"Entry of the public record"`
}

// FieldChange is one field in two states.
type FieldChange struct {
	Field  string  `json:"field" example:"milestone.2.due"`
	Before *string `json:"before" doc:"null when there was nothing"`
	After  *string `json:"after" doc:"null when there is nothing any more"`
}

// MovedDate is a date that was moved, also when it was moved back again.
type MovedDate struct {
	Field     string  `json:"field" example:"milestone.2.due"`
	Milestone *string `json:"milestone" doc:"ID; null for a date of the commitment"`
	From      Date    `json:"from"`
	To        Date    `json:"to"`
	Days      int     `json:"days" doc:"How far, to the later positive"`
	Amendment *int    `json:"amendment" doc:"Place among the amendments, from 0; null when none moved it"`
	Ledger    int64   `json:"ledger" doc:"Entry of the public record"`
}

// Difference is what changed in a commitment since it was adopted.
type Difference struct {
	ID         string        `json:"id"`
	OGPID      *string       `json:"ogp_id"`
	Title      string        `json:"title"`
	State      string        `json:"state" enum:"kept,changed,added,dropped,proposed,unknown"`
	Adopted    *Decision     `json:"adopted"`
	Known      bool          `json:"baseline_known" doc:"False when the adopted text is not known here"`
	Moved      []MovedDate   `json:"moved" nullable:"false"`
	Changes    []FieldChange `json:"changes" nullable:"false" doc:"As adopted against as it stands"`
	Amendments []Amendment   `json:"amendments" nullable:"false" doc:"Oldest first"`
	URL        string        `json:"url"`
}

// PlanDifference is what changed in a plan since it was adopted.
type PlanDifference struct {
	ID          string        `json:"id"`
	Slug        string        `json:"slug"`
	Adopted     *Decision     `json:"adopted"`
	Kept        int           `json:"kept"`
	Changed     int           `json:"changed"`
	Added       int           `json:"added"`
	Dropped     int           `json:"dropped"`
	Changes     []FieldChange `json:"changes" nullable:"false" doc:"Of the plan's own title and days"`
	Commitments []Difference  `json:"commitments" nullable:"false"`
}

// Baseline is a commitment as it was adopted.
type Baseline struct {
	Known   bool      `json:"baseline_known" doc:"False when it was never adopted, or its adopted text is not known here"`
	Adopted *Decision `json:"adopted"`
	Answers []Answer  `json:"answers" nullable:"false" doc:"What was adopted, by the fields of the form"`
}

// Answer is one answer of a commitment's form.
type Answer struct {
	Name  string `json:"name" example:"title.en"`
	Value string `json:"value"`
}

// Draft is a commitment that is being written.
type Draft struct {
	ID         string    `json:"id"`
	Commitment string    `json:"commitment" doc:"ID that the commitment has or will have"`
	LocalID    string    `json:"local_id" example:"LTU-2026-03"`
	Base       int       `json:"base" doc:"Version of the published commitment that it began with, 0 for a new one"`
	Revision   int       `json:"revision" doc:"For If-Match"`
	Saved      string    `json:"saved" format:"date-time"`
	Answers    []Answer  `json:"answers" nullable:"false"`
	Lacks      []Lack    `json:"lacks" nullable:"false" doc:"What keeps it from being published"`
	Asked      []Finding `json:"asked" nullable:"false" doc:"What reviewers will ask; it never keeps anything back"`
}

// Lack is a fault of one answer.
type Lack struct {
	Name    string `json:"name"`
	Problem string `json:"problem"`
}

// Finding is a question of the drafting check.
type Finding struct {
	Key    string   `json:"key" example:"drafting.modest"`
	Name   string   `json:"name" doc:"The answer that it is about"`
	Advice string   `json:"advice"`
	Words  []string `json:"words" nullable:"false" doc:"Words of the draft for which it was raised"`
	Count  int      `json:"count" doc:"Milestones that it is about, 0 when it is about none"`
}

func decision(a *civic.Adoption) *Decision {
	if a == nil {
		return nil
	}
	return &Decision{a.On, a.By}
}

func changes(list []app.FactChange) []FieldChange {
	return each(list, func(c app.FactChange) FieldChange { return FieldChange{c.Field, orNull(c.Before), orNull(c.After)} })
}

func amendment(a app.AmendmentView) Amendment {
	out := Amendment{On: a.On, By: a.By, Reason: phrases(a.Reason), What: append([]string{}, a.What...), Drops: a.Drops, Changes: changes(a.Changes)}
	if a.At != 0 {
		out.Ledger = &a.Entry
	}
	return out
}

func (a *API) difference(d app.Difference) Difference {
	c := d.Commitment
	out := Difference{ID: string(c.ID), OGPID: orNull(c.OGPID), Title: c.Title.String(), State: "kept", Adopted: decision(c.Adopted), Known: d.Known,
		Changes: changes(d.Changes), Amendments: each(d.Amendments, amendment), URL: a.site("commitments", d.Ref)}
	switch {
	case c.Dropped:
		out.State = "dropped"
	case c.Proposed:
		out.State = "proposed"
	case !d.Known:
		out.State = "unknown"
	case len(d.Adopted.Amendments) > 0:
		out.State = "added"
	case len(d.Changes) > 0:
		out.State = "changed"
	}
	out.Moved = each(d.Moved, func(m app.DateMove) MovedDate {
		move := MovedDate{Field: m.Field, Milestone: orNull(string(m.Milestone.ID)), From: date(m.From), To: date(m.To), Days: m.Days, Ledger: m.Entry}
		for i, am := range d.Amendments {
			if m.Why != nil && am.Entry == m.Entry {
				move.Amendment = &i
			}
		}
		return move
	})
	return out
}

func answersOf(c civic.Commitment) []Answer {
	return each(c.Answers(), func(f civic.Answered) Answer { return Answer{f.Name, f.Value} })
}

func (a *API) draft(d app.DraftItem) Draft {
	return Draft{ID: d.ID, Commitment: string(d.Content.ID), LocalID: d.LocalID, Base: d.Base, Revision: d.Revision, Saved: instant(d.At), Answers: answersOf(d.Content),
		Lacks: each(d.Faults, func(e *civic.Error) Lack { return Lack{e.Field, a.Words.TMap(e.Key, e.Args)} }),
		Asked: each(d.Drafting.Findings, func(f reviewFinding) Finding {
			return Finding{f.Key, f.Answer, a.Words.T(f.Key + ".advice"), append([]string{}, f.Words...), f.Count}
		})}
}

// Move is a step of a plan to another stage.
type Move struct {
	To     string   `json:"to"`
	On     string   `json:"on" doc:"YYYY-MM-DD"`
	By     string   `json:"by" doc:"The body that decided"`
	Reason []Phrase `json:"reason" nullable:"false"`
}

func move(m civic.Move) Move { return Move{string(m.To), m.On, m.By, phrases(m.Reason)} }

func period(n civic.Period) Period { return Period{n.Key, phrases(n.Title), n.Start, n.End, n.Due} }

// decided is an amendment without what it changed.
func decided(a civic.Amendment) Amendment { return amendment(app.AmendmentView{Amendment: a}) }

// template lists the answers of a commitment's form that have no field of their own on the wire.
func template(c civic.Commitment) []Answer {
	out := []Answer{}
	for _, f := range c.Answers() {
		head, _, _ := strings.Cut(f.Name, ".")
		if slices.Contains(civic.TemplateQuestions, head) || head == "partners" || head == "goals" || head == "contact" {
			out = append(out, Answer{f.Name, f.Value})
		}
	}
	return out
}
