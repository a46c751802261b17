package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// teller makes sentences of entries. It remembers what it read, so it is made
// anew for each page of a story and used by one goroutine.
type teller struct {
	app  *App
	ctx  context.Context
	s    *snapshot
	told store.Told                 // the entry it is at
	how  func() ([]Sentence, error) // tells the entry; nil for all that is in it

	commitments  map[civic.CommitmentID]civic.Commitment
	institutions map[civic.InstitutionID]civic.Institution
	reports      map[civic.ReportID]civic.Report
	ofCommitment map[civic.CommitmentID][]store.Version // its reports
	grants       map[civic.AccountID][]civic.Grant
}

func (a *App) newTeller(s *snapshot) *teller {
	return &teller{app: a, s: s, commitments: map[civic.CommitmentID]civic.Commitment{}, institutions: map[civic.InstitutionID]civic.Institution{},
		reports: map[civic.ReportID]civic.Report{}, ofCommitment: map[civic.CommitmentID][]store.Version{}, grants: map[civic.AccountID][]civic.Grant{}}
}

// story is how the entries of a kind are told, and the verbs for which its
// sentences were written.
type story struct {
	tell  func(t *teller, now, was []byte) ([]Sentence, error)
	verbs []string
}

// stories is the table of what can be told. A kind or a verb that it does not
// have is told by the fields that differ.
var stories map[civic.Kind]story

func init() {
	stories = map[civic.Kind]story{
		civic.KindMember:       {tellAs(tellMember), imported},
		civic.KindInstitution:  {tellAs(tellInstitution), verbs(imported, verbDefine)},
		civic.KindPlan:         {tellAs(tellPlan), verbs(imported, verbOpen, verbRevise, verbMove, verbAdopt, verbPeriods, verbAmend)},
		civic.KindCommitment:   {tellAs(tellCommitment), verbs(imported, "confirm", "mark_absent", verbPublish, verbRevise, verbAdopt, verbAmend, verbAssign, verbTag, verbScope)},
		civic.KindGrant:        {tellAs(tellGrant), []string{"create", "grant", "end_grant"}},
		civic.KindReport:       {tellAs(tellReport), verbs(imported, "report", "correct_report")},
		civic.KindTestimony:    {tellAs(tellTestimony), []string{"create", verbTestify, verbChange, verbWithdraw, verbHideVoice, verbShowVoice}},
		civic.KindDispute:      {tellAs(tellDispute), []string{"create", "dispute", "answer_dispute", "settle_dispute"}},
		civic.KindForum:        {tellAs(tellForum), []string{"create", "describe_forum", "correct_forum"}},
		civic.KindMeeting:      {tellAs(tellMeeting), []string{"create", "record_meeting", "correct_meeting", verbWithdrawMeeting}},
		civic.KindStep:         {tellAs(tellStep), []string{"create", "record_step", "correct_step", verbWithdrawStep}},
		civic.KindDocument:     {tellAs(tellDocument), []string{"create", "publish_document", "correct_document", verbWithdrawDocument}},
		civic.KindContribution: {tellAs(tellContribution), []string{"create", "contribute", "answer_contribution", verbCorrectAnswer, verbHideVoice, verbShowVoice}},
		civic.KindTension:      {tellAs(tellTension), verbs([]string{"create"}, verbKeepTension, verbChangePull, verbResolve)},
		civic.KindTool:         {tellAs(tellTool), verbs([]string{"create"}, verbKeepTool, verbChangeTool)},
		civic.KindStudy: {tellAs(tellStudy), verbs([]string{"create"}, verbFreeze, verbSuggest, verbNameGroup, verbRegroup, verbMemo, verbOpenCoding, verbJoin, verbHandIn,
			verbSettleCodes, verbProposeTags, verbShowStudy)},
		civic.KindCoding:    {tellAs(tellCoding), verbs([]string{"create"}, verbReveal)},
		civic.KindTagChange: {tellAs(tellTagChange), verbs(nil, verbApplyTags, verbUndoTags, verbRedoTags)},
	}
}

// imported are the verbs of what came from tables.
var imported = []string{"create", "update", "correct"}

func verbs(list []string, more ...string) []string { return append(slices.Clone(list), more...) }

// tellAs decodes both states for a kind's sentences. was is nil for the first
// version and for one whose former text was erased.
func tellAs[T civic.Subject](tell func(t *teller, now T, was *T) ([]Sentence, error)) func(*teller, []byte, []byte) ([]Sentence, error) {
	return func(t *teller, nowBody, wasBody []byte) ([]Sentence, error) {
		var now, before T
		if err := json.Unmarshal(nowBody, &now); err != nil {
			return nil, err
		}
		var was *T
		if wasBody != nil {
			if err := json.Unmarshal(wasBody, &before); err != nil {
				return nil, err
			}
			was = &before
		}
		out, err := tell(t, now, was)
		if err != nil {
			return nil, err
		}
		if len(out) == 0 {
			if out, err = fieldSentences(nowBody, wasBody); err != nil {
				return nil, err
			}
		}
		return out, t.place(now, out)
	}
}

// all makes the sentences of some entries, in their order.
func (t *teller) all(ctx context.Context, told []store.Told) ([]Sentence, error) {
	t.ctx = ctx
	var out []Sentence
	for _, one := range told {
		t.told = one
		tell := t.entry
		if t.how != nil {
			tell = t.how
		}
		sentences, err := tell()
		if err != nil {
			return nil, fmt.Errorf("tell entry %d: %w", one.Entry, err)
		}
		for i := range sentences {
			s := &sentences[i]
			s.Entry, s.At, s.Kind, s.Subject, s.Verb, s.Edition = one.Entry, one.At, one.Kind, one.ID, one.Verb, one.Edition
			who := speaker(one)
			if s.Month = who == civic.CitizenActor; s.Month {
				s.At = monthOf(one.At)
			}
			if s.Actor, err = t.actor(who, civic.Place{Member: s.Member, Plans: s.Plans}, one.Kind); err != nil {
				return nil, err
			}
		}
		out = append(out, sentences...)
	}
	return out, nil
}

// speaker is whom a story names for an entry. Of every testimony it is a citizen,
// whoever wrote it down: on which way the few came is not told.
func speaker(one store.Told) civic.Actor {
	if one.Kind == civic.KindTestimony && slices.Contains([]string{verbTestify, verbChange, verbWithdraw}, one.Verb) {
		return civic.CitizenActor
	}
	return one.Actor
}

// monthOf is the beginning of a moment's month, in UTC.
func monthOf(at int64) int64 {
	year, month, _ := time.UnixMicro(at).UTC().Date()
	return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
}

func (t *teller) entry() ([]Sentence, error) {
	how, known := stories[t.told.Kind]
	switch {
	case t.told.Erased:
		return []Sentence{{Key: "story.erased"}}, nil
	case !known:
		return fieldSentences(t.told.Body, t.told.Former)
	}
	return how.tell(t, t.told.Body, t.told.Former)
}

// first reports whether this is the first version of the subject.
func (t *teller) first() bool { return t.told.Number == 1 }

// place fills where the sentences of a subject belong.
func (t *teller) place(sub civic.Subject, out []Sentence) error {
	var at Sentence
	var err error
	switch v := sub.(type) {
	case civic.Member:
		at.Member = v.ID
	case civic.Institution:
		at.Member = v.Member
	case civic.Plan:
		at.Member, at.Plans = v.Member, []civic.PlanID{v.ID}
	case civic.Commitment:
		t.commitments[v.ID] = cmpNewer(t.commitments[v.ID], v)
		err = t.within(&at, v.Member, "", v.ID)
	case civic.Grant:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Report:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Testimony:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Dispute:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Forum:
		at.Member = v.Member
	case civic.Meeting:
		err = t.within(&at, v.Member, v.Plan, "")
	case civic.Step:
		err = t.within(&at, v.Member, v.Plan, "")
	case civic.Document:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Contribution:
		err = t.within(&at, v.Member, v.Plan, v.Commitment)
	case civic.Tension:
		err = t.within(&at, v.Member, "", v.Commitments...)
	case civic.Tool:
		err = t.within(&at, v.Member, "", v.Commitments...)
	case study.Study:
		if v.Published != "" {
			at.Path, at.About = "/studies/"+string(v.ID), v.Title
		}
	case taxonomy.Change:
		var graph *taxonomy.Graph
		if _, graph, err = t.app.tags.current(t.ctx); err == nil {
			if tag, ok := graph.Tag(v.Tag); ok {
				at.Path, at.About = "/tags/"+string(tag.ID), tag.Names
			}
		}
	}
	if err != nil {
		return err
	}
	t.name(&at)
	for i := range out {
		s := &out[i]
		s.Member, s.Plans, s.Commitments, s.About, s.Ref = at.Member, at.Plans, at.Commitments, at.About, at.Ref
		s.PlanSlug, s.PlanNumber, s.MemberName, s.MemberSlug, s.Path = at.PlanSlug, at.PlanNumber, at.MemberName, at.MemberSlug, at.Path
	}
	return nil
}

func cmpNewer(known, now civic.Commitment) civic.Commitment {
	if known.ID != "" {
		return known
	}
	return now
}

// within places something in a plan or in commitments and their plans.
func (t *teller) within(at *Sentence, member civic.MemberID, plan civic.PlanID, commitments ...civic.CommitmentID) error {
	at.Member = member
	if plan != "" {
		at.Plans = []civic.PlanID{plan}
	}
	for _, id := range commitments {
		if id == "" {
			continue
		}
		c, err := t.commitment(id)
		if err != nil {
			return err
		}
		at.Commitments = append(at.Commitments, id)
		if len(at.Commitments) == 1 {
			at.About, at.Ref = c.Title, cmp.Or(c.OGPID, string(id))
		}
		if plan == "" {
			for _, e := range c.Plans {
				at.Plans = append(at.Plans, e.Plan)
			}
		}
	}
	return nil
}

// name gives the words and the address of a place.
func (t *teller) name(at *Sentence) {
	m := t.s.memberOf(at.Member)
	at.MemberName, at.MemberSlug = civic.Country{Code: m.Code, Name: m.Name}, m.Slug
	if len(at.Plans) > 0 {
		p := t.s.planOf(at.Plans[0])
		at.PlanSlug, at.PlanNumber = p.Slug, p.Number
	}
	switch {
	case at.Ref != "":
		at.Path = "/commitments/" + at.Ref
	case at.PlanSlug != "":
		at.Path = "/plans/" + at.PlanSlug
	case at.MemberSlug != "":
		at.Path = "/members/" + at.MemberSlug
	}
}

// known reads a subject once. One that is gone is the zero value: its name is not told.
func known[T civic.Subject, ID ~string](t *teller, from map[ID]T, kind civic.Kind, id ID) (T, error) {
	if v, ok := from[id]; ok {
		return v, nil
	}
	v, _, err := read[T](t.ctx, t.app, kind, string(id))
	if err != nil && civic.KindOf(err) != civic.NotFound {
		return v, err
	}
	from[id] = v
	return v, nil
}

func (t *teller) commitment(id civic.CommitmentID) (civic.Commitment, error) {
	return known(t, t.commitments, civic.KindCommitment, id)
}

func (t *teller) report(id civic.ReportID) (civic.Report, error) {
	return known(t, t.reports, civic.KindReport, id)
}

// institution names a body; one that is not known is "the government".
func (t *teller) institution(id civic.InstitutionID) (any, error) {
	if id == "" {
		return civic.Word{Key: "story.government"}, nil
	}
	i, err := known(t, t.institutions, civic.KindInstitution, id)
	if err != nil || len(i.Name) == 0 {
		return civic.Word{Key: "story.government"}, err
	}
	return i.Name, nil
}

// say makes a sentence of a key and pairs of a name and a value.
func say(key string, args ...any) Sentence {
	s := said(key, args...)
	return Sentence{Key: s.Key, Args: s.Args}
}

func said(key string, args ...any) civic.Said {
	named := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		named[args[i].(string)] = args[i+1]
	}
	return civic.Said{Key: key, Args: named}
}

var errNoFields = errors.New("a version that is no object")
