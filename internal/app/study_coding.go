package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/study"
)

// OpenCoding fixes the named groups of a study as codes for so many coders.
// Fields: coders, codes.
func (a *App) OpenCoding(ctx context.Context, who civic.Caller, id study.ID, coders int, several bool) error {
	return a.editStudy(ctx, who, id, verbOpenCoding, func(s study.Study) (study.Study, error) {
		return study.OpenCoding(s, coders, several)
	})
}

// JoinAsCoder makes the caller the next coder of a study.
func (a *App) JoinAsCoder(ctx context.Context, who civic.Caller, id study.ID) error {
	return a.editStudy(ctx, who, id, verbJoin, func(s study.Study) (study.Study, error) {
		return study.Join(s, who.Actor, a.today())
	})
}

// coding is what somebody has said so far in a study.
func (a *App) coding(ctx context.Context, id study.ID, coder civic.Actor) (study.Coding, error) {
	body, err := a.store.Coding(ctx, string(id), coder)
	if err != nil || body == nil {
		return study.Coding{Study: id}, err
	}
	return decodeCoding(body)
}

func decodeCoding(body []byte) (c study.Coding, err error) {
	if err := json.Unmarshal(body, &c); err != nil {
		return c, fmt.Errorf("decode a coding: %w", err)
	}
	return c, nil
}

// MyCoding returns what the caller has said so far in a study, and in no case what
// anybody else has. Who does not code it is Forbidden.
func (a *App) MyCoding(ctx context.Context, who civic.Caller, id study.ID) (study.Coding, error) {
	s, err := a.coderOf(ctx, who, id)
	if err != nil {
		return study.Coding{}, err
	}
	c, err := a.coding(ctx, id, who.Actor)
	c.Label = s.CoderOf(who.Actor)
	return c, err
}

// coderOf reads a study whose coder the caller is.
func (a *App) coderOf(ctx context.Context, who civic.Caller, id study.ID) (study.Study, error) {
	s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
	if err != nil {
		return s, err
	}
	if err := who.AskAnywhere(civic.MayCode); err != nil {
		return s, err
	}
	if s.Stage != study.StageCoding {
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.stage", Args: map[string]any{"Stage": string(s.Stage)}}
	}
	if s.CoderOf(who.Actor) == "" {
		return s, &civic.Error{Kind: civic.Conflict, Key: "study.no_coder"}
	}
	return s, nil
}

// Code keeps the caller's answer on one commitment. It stays with the caller until
// every coder has handed in. Fields: commitment, codes, note.
func (a *App) Code(ctx context.Context, who civic.Caller, id study.ID, answer study.Answer) error {
	answer.Note = clean(answer.Note)
	return a.store.House(ctx, func(h *store.House) error {
		s, err := a.coderOf(ctx, who, id)
		if err != nil {
			return err
		}
		for _, c := range s.Coders {
			if c.By == who.Actor && c.HandedIn != "" {
				return &civic.Error{Kind: civic.Conflict, Key: "study.handed_in"}
			}
		}
		if answer, err = study.CheckAnswer(s, answer); err != nil {
			return err
		}
		return h.KeepCoding(string(id), who.Actor, a.now().UnixMicro(), func(body []byte) ([]byte, error) {
			c := study.Coding{Study: id}
			if body != nil {
				if c, err = decodeCoding(body); err != nil {
					return nil, err
				}
			}
			return json.Marshal(c.With(answer))
		})
	})
}

// HandIn says that the caller is done with coding; gaps that commitments without
// an answer are meant to stay so. When all have handed in, the codings become part
// of the record and their agreement is counted. Field: gaps.
func (a *App) HandIn(ctx context.Context, who civic.Caller, id study.ID, gaps bool) error {
	last := false
	err := a.act(ctx, who, civic.MayCode, func(ask func(civic.Place) error) ([]edit, error) {
		s, _, err := read[study.Study](ctx, a, civic.KindStudy, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(somewhere(who, civic.MayCode)); err != nil {
			return nil, err
		}
		mine, err := a.coding(ctx, id, who.Actor)
		if err != nil {
			return nil, err
		}
		if s, last, err = study.HandIn(s, who.Actor, mine, gaps, a.today()); err != nil {
			return nil, err
		}
		if !last {
			return []edit{{subject: s, verb: verbHandIn}}, nil
		}
		var codings []study.Coding
		var edits []edit
		for _, coder := range s.Coders {
			c, err := a.coding(ctx, id, coder.By)
			if err != nil {
				return nil, err
			}
			if len(c.Answers) == 0 {
				// The study came in a file while it was coded: what this coder said did not.
				return nil, &civic.Error{Kind: civic.Conflict, Key: "study.coded_elsewhere", Args: map[string]any{"Label": coder.Label}}
			}
			if c.ID, err = a.newID(); err != nil {
				return nil, err
			}
			c.Study, c.Label, c.On, c.Demo = id, coder.Label, a.today(), s.Demo
			codings = append(codings, c)
			edits = append(edits, edit{subject: c, verb: verbReveal})
		}
		return append([]edit{{subject: study.Reveal(s, codings), verb: verbHandIn}}, edits...), nil
	})
	if err != nil && !errors.Is(err, errAfterCommit) || !last {
		return err
	}
	return errors.Join(err, a.store.House(ctx, func(h *store.House) error { return h.DropCodings(string(id)) }))
}

// SettleCodes decides a disagreement of coders, with a reason. Decided again, the
// newer decision holds. Fields: commitment, codes, reason.
func (a *App) SettleCodes(ctx context.Context, who civic.Caller, id study.ID, c civic.CommitmentID, codes []string, reason civic.Text) error {
	return a.editStudy(ctx, who, id, verbSettleCodes, func(s study.Study) (study.Study, error) {
		codings, err := a.codings(ctx, s)
		if err != nil {
			return s, err
		}
		return study.Settle(s, codings, study.Decision{Commitment: c, Codes: codes, Reason: cleanText(reason), By: who.Actor, On: a.today()})
	})
}
