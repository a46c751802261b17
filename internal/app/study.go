package app

import (
	"cmp"
	"context"
	"encoding/base64"
	"slices"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// The verbs of entries on studies.
const (
	verbFreeze      = "freeze_study"
	verbSuggest     = "suggest_groups"
	verbNameGroup   = "name_group"
	verbRegroup     = "move_commitment"
	verbMemo        = "write_memo"
	verbOpenCoding  = "open_coding"
	verbJoin        = "join_coding"
	verbHandIn      = "hand_in_coding"
	verbReveal      = "reveal_coding"
	verbSettleCodes = "settle_codes"
	verbProposeTags = "propose_tags"
	verbShowStudy   = "publish_study"
)

// StudyInput is a question to be frozen: its words, and the filters of the list of
// commitments.
type StudyInput struct {
	Title, Question civic.Text
	Filter          CommitmentFilter
}

// StudyItem is a commitment of a study, as it was when the list was frozen.
type StudyItem struct {
	study.Item
	Number     int // in the list, from 1
	Ref        string
	Content    civic.Commitment
	InMember   civic.Member
	TagDecided []civic.TagDecision // what people decided since on tags that the study proposes
	TagsHeld   []string            // those tags that are in force today, whoever said so
}

// StudyPage is a study with its list, and what its codings say once they are in
// the record.
type StudyPage struct {
	study.Study
	List    []StudyItem
	Codings []study.Coding // in the order of the letters
	Open    []study.Disagreement
	Mine    string // letter of the caller as a coder, "" when it does not code
	Coded   int    // how many commitments the caller has coded so far

	Elsewhere bool // frozen from another record: List holds the commitments as they are here
}

// Settled reports whether nothing is left to talk about.
func (p StudyPage) Settled() bool {
	return p.Stage == study.StageCoded && study.Open(p.Open) == 0
}

// Item returns a commitment of the list by its number, from 1; a *civic.Error of
// kind NotFound when there is none.
func (p StudyPage) Item(number int) (StudyItem, error) {
	if number < 1 || number > len(p.List) {
		return StudyItem{}, &civic.Error{Kind: civic.NotFound, Key: "error.not_found"}
	}
	return p.List[number-1], nil
}

// somewhere is a place at which the caller has a permission: a study belongs to no
// member, so who may code anywhere may code it. Without any it is nowhere.
func somewhere(who civic.Caller, p civic.Permission) civic.Place {
	for _, g := range who.Grants {
		if on := g.Place(); who.May(p, on) {
			return on
		}
	}
	return civic.Place{}
}

// FreezeStudy asks the list of commitments a question and keeps the answer: which
// commitments in which versions, and the record's size and root. Fields: title,
// question, query, and those of the filters.
func (a *App) FreezeStudy(ctx context.Context, who civic.Caller, in StudyInput) (study.ID, error) {
	on := somewhere(who, civic.MayCode)
	if err := who.Ask(civic.MayCode, on); err != nil {
		return "", err
	}
	id, err := a.newID()
	if err != nil {
		return "", err
	}
	s, rows, err := a.answerOf(ctx, in.Filter)
	if err != nil {
		return "", err
	}
	frozen := study.Study{ID: study.ID(id), Title: cleanText(in.Title), Question: cleanText(in.Question), Query: queryOf(in.Filter), On: a.today(),
		Size: s.head.Size, Root: base64.StdEncoding.EncodeToString(s.head.Root[:]), Stage: study.StageFrozen, Demo: len(rows) > 0}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = string(r.id)
		frozen.Demo = frozen.Demo && r.demo
	}
	err = a.eachAsOf(ctx, s, civic.KindCommitment, ids, func(v store.Version) error {
		frozen.Items = append(frozen.Items, study.Item{Commitment: civic.CommitmentID(v.ID), Version: v.Number})
		return nil
	})
	if err == nil {
		err = study.CheckFrozen(frozen)
	}
	if err != nil {
		return "", err
	}
	err = a.act(ctx, who, civic.MayCode, func(ask func(civic.Place) error) ([]edit, error) {
		return []edit{{subject: frozen, verb: verbFreeze}}, ask(on)
	})
	return frozen.ID, err
}

// answerOf returns the rows that a filter selects now, in the order of the list.
func (a *App) answerOf(ctx context.Context, f CommitmentFilter) (*snapshot, []*row, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, nil, err
	}
	sel, err := a.selectBy(ctx, s, f)
	if err != nil {
		return nil, nil, err
	}
	return s, sel.answer(), nil
}

// answer is every row of the selection, in the order of the list.
func (sel *selection) answer() []*row {
	var of [groups][]*row
	sel.each(func(group, _ int, r *row, fails int) {
		if fails == 0 {
			of[group] = append(of[group], r)
		}
	})
	return slices.Concat(of[:]...)
}

func queryOf(f CommitmentFilter) study.Query {
	return study.Query{Q: f.Q, Member: f.Member, Region: f.Region, Tag: f.Tag, Year: f.Year, Completion: f.Completion, Lang: f.Lang, Plan: f.Plan}
}

// FilterOf is the filter of the list of commitments that a study's question was.
func FilterOf(q study.Query) CommitmentFilter {
	return CommitmentFilter{Q: q.Q, Member: q.Member, Region: q.Region, Tag: q.Tag, Year: q.Year, Completion: q.Completion, Lang: q.Lang, Plan: q.Plan}
}

// WorkStudies returns every study, newest first, for those who code.
func (a *App) WorkStudies(ctx context.Context, who civic.Caller) ([]study.Study, error) {
	if err := who.AskAnywhere(civic.MayCode); err != nil {
		return nil, err
	}
	return a.studies(ctx, func(study.Study) bool { return true })
}

// Studies returns the published studies, newest first.
func (a *App) Studies(ctx context.Context) ([]study.Study, error) {
	return a.studies(ctx, func(s study.Study) bool { return s.Published != "" })
}

func (a *App) studies(ctx context.Context, which func(study.Study) bool) ([]study.Study, error) {
	var out []study.Study
	err := a.store.EachNewest(ctx, civic.KindStudy, func(v store.Version) error {
		if v.Erased {
			return nil
		}
		s, err := decodeVersion[study.Study](v)
		if err == nil && which(s) {
			out = append(out, s)
		}
		return err
	})
	slices.Reverse(out)
	return out, err
}

// WorkStudy returns a study for those who code. Somebody's coding that is not
// handed in is told to nobody else.
func (a *App) WorkStudy(ctx context.Context, who civic.Caller, id study.ID) (StudyPage, error) {
	s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
	if err != nil {
		return StudyPage{}, err
	}
	if err := who.AskAnywhere(civic.MayCode); err != nil {
		return StudyPage{}, err
	}
	p, err := a.studyPage(ctx, s)
	if err != nil {
		return p, err
	}
	if p.Mine = s.CoderOf(who.Actor); p.Mine != "" && s.Stage == study.StageCoding {
		mine, err := a.coding(ctx, s.ID, who.Actor)
		if err != nil {
			return p, err
		}
		p.Coded = len(mine.Answers)
	}
	return p, nil
}

// PublishedStudy returns a published study; another one is NotFound.
func (a *App) PublishedStudy(ctx context.Context, id study.ID) (StudyPage, error) {
	s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
	switch {
	case err != nil:
		return StudyPage{}, err
	case s.Published == "":
		return StudyPage{}, notFound(string(civic.KindStudy), string(id))
	}
	return a.studyPage(ctx, s)
}

func (a *App) studyPage(ctx context.Context, s study.Study) (StudyPage, error) {
	p := StudyPage{Study: s}
	snap, err := a.index.current(ctx)
	if err != nil {
		return p, err
	}
	tags := map[string]bool{}
	for _, g := range s.Groups {
		tags[g.Tag] = g.Tag != ""
	}
	contents, err := a.frozenContents(ctx, s, func(id civic.CommitmentID, newest civic.Commitment) {
		item := StudyItem{TagDecided: newest.Decided}
		for tag, proposed := range tags {
			if proposed && snap.graph.InForce(newest, taxonomy.ID(tag)) {
				item.TagsHeld = append(item.TagsHeld, tag)
			}
		}
		p.List = append(p.List, item)
	})
	if err != nil {
		return p, err
	}
	for i := range p.List {
		c := contents[i]
		item := &p.List[i]
		item.Item, item.Number, item.Content, item.Ref, item.InMember = s.Items[i], i+1, c, refOf(c), snap.memberOf(c.Member)
		item.TagDecided = slices.DeleteFunc(slices.Clone(item.TagDecided), func(d civic.TagDecision) bool { return !tags[d.Tag] })
	}
	here, err := a.frozenHere(ctx, s)
	if err != nil {
		return p, err
	}
	p.Elsewhere = !here
	if p.Codings, err = a.codings(ctx, s); err == nil && s.Stage == study.StageCoded {
		p.Open = study.Disagreements(s, p.Codings)
	}
	return p, err
}

// frozenHere reports whether a study was frozen from this record: one that came in
// a file may be of another, whose versions are not here.
func (a *App) frozenHere(ctx context.Context, s study.Study) (bool, error) {
	root, err := a.store.RootAt(ctx, s.Size)
	if civic.KindOf(err) == civic.NotFound {
		return false, nil
	}
	return base64.StdEncoding.EncodeToString(root[:]) == s.Root, err
}

// frozenContents reads the commitments of a study in the versions that were
// frozen, and tells newest of each one's newest. An erased one is empty but for its ID.
// Of a study that was frozen from another record the newest stand for them.
func (a *App) frozenContents(ctx context.Context, s study.Study, newest func(civic.CommitmentID, civic.Commitment)) ([]civic.Commitment, error) {
	here, err := a.frozenHere(ctx, s)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(s.Items))
	for i, item := range s.Items {
		ids[i] = string(item.Commitment)
	}
	versions, err := a.store.NewestOf(ctx, civic.KindCommitment, ids)
	if err != nil {
		return nil, err
	}
	out := make([]civic.Commitment, len(s.Items))
	for i, item := range s.Items {
		out[i] = civic.Commitment{ID: item.Commitment}
		v := versions[ids[i]]
		var now civic.Commitment
		if v.Body != nil {
			if now, err = decodeVersion[civic.Commitment](v); err != nil {
				return nil, err
			}
		}
		newest(item.Commitment, now)
		if v.Number == item.Version || !here {
			if v.Body != nil {
				out[i] = now
			}
			continue
		}
		all, err := a.store.Versions(ctx, civic.KindCommitment, ids[i])
		if err != nil {
			return nil, err
		}
		if at := slices.IndexFunc(all, func(v store.Version) bool { return v.Number == item.Version }); at >= 0 && !all[at].Erased {
			if out[i], err = decodeVersion[civic.Commitment](all[at]); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// codings returns the codings of a study that are in the record.
func (a *App) codings(ctx context.Context, s study.Study) ([]study.Coding, error) {
	if s.Stage != study.StageCoded {
		return nil, nil
	}
	out, err := belonging[study.Coding](ctx, a, civic.KindCoding, civic.OfStudy, string(s.ID))
	slices.SortFunc(out, func(a, b study.Coding) int { return cmp.Compare(a.Label, b.Label) })
	return out, err
}

// editStudy changes a study by a rule of the room study.
func (a *App) editStudy(ctx context.Context, who civic.Caller, id study.ID, verb string, change func(study.Study) (study.Study, error)) error {
	return a.act(ctx, who, civic.MayCode, func(ask func(civic.Place) error) ([]edit, error) {
		s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(somewhere(who, civic.MayCode)); err != nil {
			return nil, err
		}
		if s, err = change(s); err != nil {
			return nil, err
		}
		return []edit{{subject: s, verb: verb}}, nil
	})
}
