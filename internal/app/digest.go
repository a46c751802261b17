package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/store"
)

// Followed is somebody for whom the letter of a window has not been made.
type Followed struct {
	store.Follow
	Title FollowTarget
	Stop  string // token with which the reader ends the letters
}

// followsAtOnce bounds what one run of a digest holds in memory.
const followsAtOnce = 2000

// FollowsDue lists those whose letter of a window is not made yet, in the order of
// their IDs after one. next is where to go on, "" at the end.
func (a *App) FollowsDue(ctx context.Context, cadence, window, after string) (out []Followed, next string, err error) {
	list, err := a.store.FollowsDue(ctx, cadence, window, after, followsAtOnce)
	if err != nil {
		return nil, "", err
	}
	titles := map[[2]string]FollowTarget{}
	for _, f := range list {
		next = f.ID
		what := [2]string{f.Kind, f.Target}
		title, known := titles[what]
		if !known {
			if title, err = a.targetOf(ctx, f); err != nil && civic.KindOf(err) != civic.NotFound {
				return nil, "", err
			}
			titles[what] = title
		}
		out = append(out, Followed{f, title, followToken(f, forStop)})
	}
	if len(list) < followsAtOnce {
		next = ""
	}
	return out, next, nil
}

// Watch finds who follows what a sentence tells of.
type Watch struct {
	by      map[[2]string][]int // kind and target to places in the list
	tags    []string
	queries []*selection
	words   []string
	s       *snapshot
	rows    map[civic.CommitmentID]int // place of a commitment among the rows, filled once
}

// Watch prepares to find who of a list follows what.
func (a *App) Watch(ctx context.Context, list []Followed) (*Watch, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	w := &Watch{by: map[[2]string][]int{}, s: s}
	for i, f := range list {
		what := [2]string{f.Kind, f.Target}
		if w.by[what] == nil {
			switch f.Kind {
			case FollowTag:
				w.tags = append(w.tags, f.Target)
			case FollowQuery:
				sel, err := a.selectBy(ctx, s, CommitmentFilter{Q: f.Target})
				if err != nil {
					return nil, err
				}
				w.queries, w.words = append(w.queries, sel), append(w.words, f.Target)
			}
		}
		w.by[what] = append(w.by[what], i)
	}
	if len(w.tags)+len(w.queries) > 0 {
		w.rows = make(map[civic.CommitmentID]int, len(s.rows))
		for i, r := range s.rows {
			w.rows[civic.CommitmentID(r.id)] = i
		}
	}
	return w, nil
}

// Each calls use with the places of those who follow what a sentence tells of,
// each once.
func (w *Watch) Each(s Sentence, use func(place int)) {
	seen := map[int]bool{}
	tell := func(kind, target string) {
		for _, i := range w.by[[2]string{kind, target}] {
			if !seen[i] {
				seen[i] = true
				use(i)
			}
		}
	}
	for _, c := range s.Commitments {
		tell(FollowCommitment, string(c))
		i, known := w.rows[c]
		if !known {
			continue
		}
		for _, t := range w.s.tagsOf(i) {
			tell(FollowTag, w.s.tags[t])
		}
		for q, sel := range w.queries {
			if sel.found(i) {
				tell(FollowQuery, w.words[q])
			}
		}
	}
	for _, p := range s.Plans {
		tell(FollowPlan, string(p))
	}
	tell(FollowMember, string(s.Member))
}

// found reports whether a search found the row at a position.
func (sel *selection) found(i int) bool {
	if sel.hits == nil {
		return false // a search without a word that can be found
	}
	for _, set := range sel.hits {
		if i/64 < len(set) && set[i/64]&(1<<(i%64)) != 0 {
			return true
		}
	}
	return false
}

// Outgoing is a letter for somebody who follows; without Data nothing happened,
// and none is sent.
type Outgoing struct {
	Followed
	Data []byte
}

// SendDigests lets letters wait for the relay and notes that those of the window
// were made, both or neither: a letter is made once, whatever dies when. position
// is the entry from which the next ones tell.
func (a *App) SendDigests(ctx context.Context, window string, position int64, letters []Outgoing) (sent int, err error) {
	now := a.now().UnixMicro()
	err = a.store.House(ctx, func(h *store.House) error {
		sent = 0
		for _, l := range letters {
			mine, err := h.FollowTold(l.ID, window, position)
			if err != nil {
				return err
			}
			if !mine || l.Data == nil {
				continue
			}
			sent++
			err = h.QueueMail(store.QueuedMail{Key: "digest/" + l.ID + "/" + window, To: l.Mail, Lang: l.Lang, Kind: "digest", Data: l.Data, Due: now})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return sent, err
}
