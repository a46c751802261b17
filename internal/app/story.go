package app

import (
	"context"
	"math"

	"avow/internal/civic"
)

// Sentence is one thing that happened, as the difference between two consecutive
// versions of a subject. It names institutions and roles, never an account.
type Sentence struct {
	Entry, At int64      // of the record: number from 0, microseconds since 1970
	Month     bool       // a citizen spoke: the month alone is told, and At is its beginning
	Actor     civic.Word // who wrote it: a role, the operator, a citizen, the program
	Kind      civic.Kind
	Subject   string // ID
	Verb      string
	Edition   civic.Edition
	Path      string // of the page that shows it, without the language

	Key  string
	Args map[string]any
	More []civic.Said // sentences that follow: the reason, who decided, what was before

	Field         string // of a change that has no sentence of its own, as history names it
	Before, After string // of that field: canonical values

	About       civic.Text    // title of the commitment that it belongs to, nil when there is none
	Ref         string        // that commitment's OGP ID or ID
	PlanSlug    string        // of the plan that it belongs to, "" when there is none
	PlanNumber  string        // of that plan
	MemberName  civic.Country // of the member
	MemberSlug  string
	Member      civic.MemberID
	Plans       []civic.PlanID
	Commitments []civic.CommitmentID
}

// Said are the sentence and those that follow it.
func (s Sentence) Said() []civic.Said {
	return append([]civic.Said{{Key: s.Key, Args: s.Args}}, s.More...)
}

// StoryPage is a part of a story: entries below Before, 0 for the newest on, at
// most Limit of them, 0 for the usual number.
type StoryPage struct {
	Before int64
	Limit  int
}

// UsualStory is how many entries a page of a story tells, MostStory the most that may be asked for.
const (
	UsualStory = 50
	MostStory  = 500
)

func (p StoryPage) bounds() (below int64, limit int) {
	below, limit = p.Before, min(p.Limit, MostStory)
	if below <= 0 {
		below = math.MaxInt64
	}
	if limit <= 0 {
		limit = UsualStory
	}
	return below, limit
}

// Story tells what happened to a subject and to everything that belongs to it, in
// sentences, newest first. Below the last one's Entry the story goes on.
func (a *App) Story(ctx context.Context, kind civic.Kind, id string, page StoryPage) ([]Sentence, error) {
	below, limit := page.bounds()
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var also []string
	if kind == civic.KindMember {
		for _, i := range s.institutions[civic.MemberID(id)] {
			also = append(also, string(i))
		}
	}
	told, err := a.store.Stories(ctx, kind, id, also, below, limit)
	if err != nil {
		return nil, err
	}
	return a.newTeller(s).all(ctx, told)
}

// Changes tells what happened last in the whole record, newest first.
func (a *App) Changes(ctx context.Context, page StoryPage) ([]Sentence, error) {
	below, limit := page.bounds()
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	told, err := a.store.Latest(ctx, below, limit)
	if err != nil {
		return nil, err
	}
	return a.newTeller(s).all(ctx, told)
}

// ChangesSince tells what happened from an entry on, oldest first: at most limit
// entries. next is the entry from which to go on; it is from when nothing is new.
func (a *App) ChangesSince(ctx context.Context, from int64, limit int) (out []Sentence, next int64, err error) {
	_, limit = StoryPage{Limit: limit}.bounds()
	from = max(from, 0)
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, from, err
	}
	told, err := a.store.Since(ctx, from, limit)
	if err != nil || len(told) == 0 {
		return nil, from, err
	}
	out, err = a.newTeller(s).all(ctx, told)
	return out, told[len(told)-1].Entry + 1, err
}
