package app

import (
	"context"
	"slices"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// verbScope is the verb of answers to where a commitment stands in digital government.
const verbScope = "scope"

// ScopeChoice is what a person answers of a commitment: values of taxonomy.Roles,
// Strands and Facets. An empty list says that there is none.
type ScopeChoice struct {
	Roles, Strands, Facets []string
	Reason                 civic.Text // required when the answer takes the commitment out of open digital or differs from the one before
}

// AnswerScope writes what a person answers of a commitment (its OGP ID or ours): one
// entry, none when it is what was said before. Values that the taxonomy does not know
// are refused with the field "roles", "strands" or "facets", a reason that is missing
// or too long with "reason".
func (a *App) AnswerScope(ctx context.Context, who civic.Caller, commitment string, choice ScopeChoice) error {
	return a.act(ctx, who, civic.MayTag, func(ask func(civic.Place) error) ([]edit, error) {
		id, err := a.store.FindCommitment(ctx, commitment)
		if err != nil {
			return nil, err
		}
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
		if err != nil {
			return nil, err
		}
		if err := ask(placeOf(c)); err != nil {
			return nil, err
		}
		answer, err := taxonomy.CheckAnswer(civic.ScopeAnswer{Roles: choice.Roles, Strands: choice.Strands, Facets: choice.Facets,
			Reason: cleanText(choice.Reason), By: who.RoleFor(civic.MayTag, placeOf(c)), On: a.today()})
		if err != nil {
			return nil, err
		}
		was := c.Scoped
		same := was != nil && sameScope(*was, answer)
		if same && (answer.Reason.Blank() || slices.Equal(was.Reason, answer.Reason)) {
			return nil, nil
		}
		if err := reasonOfScope(answer, was != nil && !same); err != nil {
			return nil, err
		}
		c.Scoped = &answer
		return []edit{{subject: c, verb: verbScope}}, nil
	})
}

// reasonOfScope refuses an answer without the reason that it needs, and one that is too long.
func reasonOfScope(answer civic.ScopeAnswer, changes bool) error {
	var e civic.Errors
	out := !taxonomy.Answered(answer).Scope().Open()
	switch {
	case answer.Reason.Blank() && out:
		e.Add("reason", "scope.fault.reason_out")
	case answer.Reason.Blank() && changes:
		e.Add("reason", "scope.fault.reason_change")
	}
	for _, p := range answer.Reason {
		if n := utf8.RuneCountInString(p.Text); n > civic.MaxLine {
			e.Add("reason", "planrule.text_long", "max", civic.MaxLine, "count", n)
		}
	}
	return e.Or()
}

// sameScope compares answers without their reason, their day and who gave them.
func sameScope(a, b civic.ScopeAnswer) bool {
	return slices.Equal(a.Roles, b.Roles) && slices.Equal(a.Strands, b.Strands) && slices.Equal(a.Facets, b.Facets)
}

// tellScope tells what a person answered of a commitment's place in digital government.
func tellScope(now, was civic.Commitment) []Sentence {
	a := now.Scoped
	if a == nil || was.Scoped != nil && sameScope(*a, *was.Scoped) && slices.Equal(a.Reason, was.Scoped.Reason) {
		return nil
	}
	f := taxonomy.Answered(*a)
	s := say("story.scoped." + string(f.Scope()))
	s.More = append(s.More, listed("roles", f.Roles)...)
	s.More = append(s.More, listed("strands", f.Strands)...)
	s.More = append(s.More, listed("facets", f.Facets)...)
	return []Sentence{because(s, a.Reason)}
}

// listed tells a list of values, if there are any.
func listed[T interface{ Key() string }](name string, values []T) []civic.Said {
	if len(values) == 0 {
		return nil
	}
	words := make([]civic.Word, len(values))
	for i, v := range values {
		words[i] = civic.Word{Key: v.Key()}
	}
	return []civic.Said{said("story.scoped."+name, "list", words)}
}
