package app

import (
	"cmp"
	"context"
	"reflect"
	"strings"
	"unicode"

	"avow/internal/civic"
)

// The verbs of entries on a member's repository and its process.
const (
	verbPublishDocument  = "publish_document"
	verbCorrectDocument  = "correct_document"
	verbWithdrawDocument = "withdraw_document"
	verbRecordMeeting    = "record_meeting"
	verbCorrectMeeting   = "correct_meeting"
	verbWithdrawMeeting  = "withdraw_meeting"
	verbRecordStep       = "record_step"
	verbCorrectStep      = "correct_step"
	verbWithdrawStep     = "withdraw_step"
	verbDescribeForum    = "describe_forum"
	verbCorrectForum     = "correct_forum"
	verbContribute       = "contribute"
	verbAnswer           = "answer_contribution"
	verbCorrectAnswer    = "correct_answer"
)

// keeping is a subject of the repository on its way in.
type keeping[T civic.Subject] struct {
	kind         civic.Kind
	may          civic.Permission // "" to keep the repository
	id           string           // "" for a new one
	seen         int              // version that the person had before them, 0 when it does not matter
	add, correct string           // verbs
	place        func(T) civic.Place
	// make gives the subject as it will stand, from the one that stood, which is
	// the zero T for a new one; it checks.
	make func(ctx context.Context, id string, before T) (T, error)
}

// keep writes a subject of the repository, new or corrected, and returns its ID.
// Who corrects needs the permission where it stood and where it will stand. What
// is as it was before makes no entry.
func keep[T civic.Subject](ctx context.Context, a *App, who civic.Caller, k keeping[T]) (string, error) {
	may := cmp.Or(k.may, civic.MayKeepFiles)
	if err := who.AskAnywhere(may); err != nil {
		return "", err
	}
	id, isNew := k.id, k.id == ""
	if isNew {
		var err error
		if id, err = a.newID(); err != nil {
			return "", err
		}
	}
	err := a.act(ctx, who, may, func(ask func(civic.Place) error) ([]edit, error) {
		var before T
		verb := k.add
		if !isNew {
			var number int
			var err error
			if before, number, err = read[T](ctx, a, k.kind, id); err != nil {
				return nil, err
			}
			if err := ask(k.place(before)); err != nil {
				return nil, err
			}
			if k.seen != 0 && k.seen != number {
				return nil, &civic.Error{Kind: civic.Conflict, Key: "error.conflict"}
			}
			verb = k.correct
		}
		after, err := k.make(ctx, id, before)
		if err != nil {
			return nil, err
		}
		if err := ask(k.place(after)); err != nil {
			return nil, err
		}
		if !isNew && reflect.DeepEqual(before, after) {
			return nil, nil
		}
		return []edit{{subject: after, verb: verb}}, nil
	})
	if err != nil {
		return "", err
	}
	return id, nil
}

// within holds what a subject of the repository says of where it belongs against
// the record: the member is there, and plan, commitment, meeting and step are of
// that member. An empty ID is not looked at.
func (a *App) within(ctx context.Context, e *civic.Errors, member civic.MemberID, plan civic.PlanID, commitment civic.CommitmentID) (civic.Plan, civic.Commitment, error) {
	var p civic.Plan
	var c civic.Commitment
	if _, _, err := read[civic.Member](ctx, a, civic.KindMember, string(member)); err != nil {
		return p, c, err
	}
	elsewhere := func(field string, err error, of civic.MemberID) error {
		if civic.KindOf(err) == civic.NotFound || err == nil && of != member {
			e.Add(field, "repository.fault.elsewhere")
			return nil
		}
		return err
	}
	var err error
	if plan != "" {
		p, _, err = read[civic.Plan](ctx, a, civic.KindPlan, string(plan))
		if err := elsewhere("plan", err, p.Member); err != nil {
			return p, c, err
		}
	}
	if commitment != "" {
		c, _, err = read[civic.Commitment](ctx, a, civic.KindCommitment, string(commitment))
		if err := elsewhere("commitment", err, c.Member); err != nil {
			return p, c, err
		}
	}
	return p, c, nil
}

// cleanText takes blanks from around a text's phrases, control characters out of
// them, and leaves out those that are empty.
func cleanText(t civic.Text) civic.Text {
	var out civic.Text
	for _, p := range t {
		if p.Text = clean(p.Text); p.Text != "" {
			out = append(out, civic.Phrase{Lang: cmp.Or(strings.TrimSpace(p.Lang), civic.Undetermined), Text: p.Text})
		}
	}
	return out
}

// clean takes control characters but line ends and tabs out of a text.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n")))
}

// cleanLine is clean for a text of one line.
func cleanLine(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }
