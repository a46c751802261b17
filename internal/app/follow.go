package app

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/store"
)

// What can be followed, and how often its letters come.
const (
	FollowCommitment = "commitment"
	FollowPlan       = "plan"
	FollowMember     = "member"
	FollowTag        = "tag"
	FollowQuery      = "query"

	Daily  = "daily"
	Weekly = "weekly"
)

// Cadences lists how often letters may come.
var Cadences = []string{Daily, Weekly}

// FollowTarget is what somebody follows, understood: what it is, its ID, slug or
// words, and what people call it.
type FollowTarget struct {
	Kind   string
	Target string
	Ref    string     // how addresses name it
	Title  civic.Text // of a commitment
	Name   string     // of a tag, the words of a search
	Plan   civic.Plan
	Member civic.Member
}

// FollowRequest is somebody's wish to be told of changes. Of the five references
// one is set.
type FollowRequest struct {
	Mail, Lang, Cadence                  string
	Commitment, Plan, Member, Tag, Query string
	Name                                 string // of what is followed, in the reader's language
	Address                              string // of the site, for the links in the letter
}

const (
	followLasts  = 7 * 24 * time.Hour // for a letter to be answered
	followAtOnce = 10                 // wishes of one address in a day, new ones and those that are there
	maxQuery     = 80                 // letters of a search that is followed
)

// Target understands what a request follows. What is not here is NotFound.
func (a *App) Target(ctx context.Context, r FollowRequest) (FollowTarget, error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return FollowTarget{}, err
	}
	switch {
	case r.Commitment != "":
		id, err := a.store.FindCommitment(ctx, r.Commitment)
		if err != nil {
			return FollowTarget{}, err
		}
		c, _, err := read[civic.Commitment](ctx, a, civic.KindCommitment, string(id))
		return FollowTarget{Kind: FollowCommitment, Target: string(id), Ref: refOf(c), Title: c.Title}, err
	case r.Plan != "":
		i, ok := s.planBy[strings.ToLower(r.Plan)]
		if !ok {
			return FollowTarget{}, notFound("plan", r.Plan)
		}
		p := s.plans[i]
		return FollowTarget{Kind: FollowPlan, Target: string(p.ID), Ref: p.Slug, Plan: p, Member: s.memberOf(p.Member)}, nil
	case r.Member != "":
		i, ok := s.memberBy[strings.ToLower(r.Member)]
		if !ok {
			return FollowTarget{}, notFound("member", r.Member)
		}
		m := s.members[i]
		return FollowTarget{Kind: FollowMember, Target: string(m.ID), Ref: m.Slug, Member: m}, nil
	case r.Tag != "":
		t, err := a.Tag(ctx, r.Tag)
		return FollowTarget{Kind: FollowTag, Target: t.Slug, Ref: t.Slug, Name: t.Name}, err
	}
	words := strings.Join(strings.Fields(r.Query), " ")
	// The words stand in a letter to whatever address was given: they are no place for advertising.
	if words == "" || utf8.RuneCountInString(words) > maxQuery || strings.ContainsAny(words, ":/.@") {
		return FollowTarget{}, &civic.Error{Kind: civic.Invalid, Key: "follow.fault.what", Field: "q"}
	}
	return FollowTarget{Kind: FollowQuery, Target: words, Ref: words, Name: words}, nil
}

// TargetOf is what a wish that was kept follows.
func (a *App) targetOf(ctx context.Context, f store.Follow) (FollowTarget, error) {
	r := FollowRequest{}
	switch f.Kind {
	case FollowCommitment:
		r.Commitment = f.Target
	case FollowPlan:
		r.Plan = f.Target
	case FollowMember:
		r.Member = f.Target
	case FollowTag:
		r.Tag = f.Target
	default:
		r.Query = f.Target
	}
	return a.Target(ctx, r)
}

// followMail is what a letter to confirm a wish says.
type followMail struct {
	Name   string `json:"name"`
	Weekly bool   `json:"weekly,omitempty"`
	Link   string `json:"link"`
	Days   int    `json:"days"`
}

// Follow asks somebody by mail whether they want to be told of changes. It says
// the same whether they are told already or not.
func (a *App) Follow(ctx context.Context, r FollowRequest) error {
	var faults civic.Errors
	mail, err := ParseMail(r.Mail)
	if err != nil {
		if civic.KindOf(err) != civic.Invalid {
			return err
		}
		faults = append(faults, err.(*civic.Error))
	}
	if r.Cadence != Daily && r.Cadence != Weekly {
		faults.Add("cadence", "follow.fault.cadence")
	}
	target, err := a.Target(ctx, r)
	if k := civic.KindOf(err); k == civic.NotFound || k == civic.Invalid {
		faults.Add("q", "follow.fault.what")
	} else if err != nil {
		return err
	}
	if err := faults.Or(); err != nil {
		return err
	}
	now := a.now()
	// Counted is what was asked, not what came of it: nobody learns so what an address follows.
	n, err := a.store.TokensSince(ctx, forFollow, mail, now.Add(-throttleDay).UnixMicro())
	if err != nil {
		return err
	}
	if n >= followAtOnce || !a.asking.AllowN(now, 1) {
		return &civic.Error{Kind: civic.TooMany, Key: "error.too_many", Field: "mail"}
	}
	id, err := a.newID()
	if err != nil {
		return err
	}
	secret, err := a.newSecret()
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error {
		if err := h.AddToken(store.Token{Hash: digest(forFollow, secret), Purpose: forFollow, Mail: mail, Created: now.UnixMicro(), Expires: now.UnixMicro()}); err != nil {
			return err
		}
		f, err := h.AskFollow(store.Follow{ID: id, Mail: mail, Lang: r.Lang, Kind: target.Kind, Target: target.Target, Asked: r.Cadence,
			Secret: []byte(secret), Created: now.UnixMicro()})
		if err != nil {
			return err
		}
		link := r.Address + "/" + r.Lang + "/follow/confirm?t=" + followToken(f, forConfirm)
		data, err := json.Marshal(followMail{Name: r.Name, Weekly: r.Cadence == Weekly, Link: link, Days: int(followLasts.Hours() / 24)})
		if err != nil {
			return err
		}
		key := "follow/" + f.ID + "/" + f.Asked + "/" + now.UTC().Format("2006-01-02T15") // one letter an hour, however often they ask
		return h.QueueMail(store.QueuedMail{Key: key, To: mail, Lang: r.Lang, Kind: "follow", Data: data, Due: now.UnixMicro()})
	})
}

// What a token in a letter is for.
const (
	forConfirm = "confirm"
	forStop    = "stop"
)

// followToken is what a letter holds so that its reader, and nobody else, can
// confirm or end a wish.
func followToken(f store.Follow, use string) string {
	m := hmac.New(sha256.New, f.Secret)
	m.Write([]byte(use + "/" + f.ID))
	return f.ID + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:18])
}

// byToken finds the wish of a token; a wrong one is Invalid.
func (a *App) byToken(ctx context.Context, token, use string) (store.Follow, error) {
	id, _, _ := strings.Cut(token, ".")
	bad := &civic.Error{Kind: civic.Invalid, Key: "follow.fault.token", Field: "t"}
	if !civic.IsID(id) {
		return store.Follow{}, bad
	}
	f, ok, err := a.store.Follow(ctx, id)
	switch {
	case err != nil:
		return f, err
	case !ok || !same([]byte(followToken(f, use)), []byte(token)):
		return store.Follow{}, bad
	}
	return f, nil
}

// Confirm begins the letters that a token's reader asked for. What happened
// before is not told.
func (a *App) Confirm(ctx context.Context, token string) error {
	f, err := a.byToken(ctx, token, forConfirm)
	if err != nil {
		return err
	}
	head, err := a.store.Head(ctx)
	if err != nil {
		return err
	}
	now := a.now()
	return a.store.House(ctx, func(h *store.House) error {
		return h.ConfirmFollow(f.ID, now.UnixMicro(), head.Size, Window(f.Asked, now))
	})
}

// Unfollow ends the letters of a token's reader and forgets the address. A token
// of one that has ended already is taken too.
func (a *App) Unfollow(ctx context.Context, token string) error {
	f, err := a.byToken(ctx, token, forStop)
	if civic.KindOf(err) == civic.Invalid && civic.IsID(strings.SplitN(token, ".", 2)[0]) && strings.Contains(token, ".") {
		return nil
	}
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EndFollow(f.ID) })
}

// sendHour is the hour of the day (UTC) from which letters are made.
const sendHour = 5

// Window names the day or week whose letter a moment belongs to: one letter is
// made for each.
func Window(cadence string, now time.Time) string {
	day := now.UTC().Add(-sendHour * time.Hour)
	if cadence == Weekly {
		day = day.AddDate(0, 0, -(int(day.Weekday())+6)%7) // its Monday
	}
	return day.Format(time.DateOnly)
}
