package app

import (
	"context"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// How long a session lasts without being used, how long its second factor counts
// without being used, and how exactly the last use is noted.
const (
	sessionLasts = 30 * 24 * time.Hour
	strongLasts  = 12 * time.Hour
	seenEvery    = 10 * time.Minute
	seenPatience = 300 * time.Millisecond
)

// SessionLasts is how long a browser should keep its session.
const SessionLasts = sessionLasts

// Session is one browser in which a person is signed in.
type Session struct {
	ID      string
	Device  string // "Firefox, Linux", or "" when not known
	Created int64
	Seen    int64
	Strong  bool
	This    bool // the one that asks
}

// session finds the session of a token, if it is not over.
func (a *App) session(ctx context.Context, token string) (store.Session, bool, error) {
	if !isSecret(token) {
		return store.Session{}, false, nil
	}
	v, ok, err := a.store.Session(ctx, digest("session", token))
	if err != nil || !ok {
		return store.Session{}, false, err
	}
	now := a.now()
	idle := now.Sub(time.UnixMicro(v.Seen))
	if idle > sessionLasts {
		return store.Session{}, false, nil
	}
	v.Strong = v.Strong && idle <= strongLasts
	if idle > seenEvery {
		// What cannot be noted now, since the database is busy, is noted the next time.
		short, cancel := context.WithTimeout(ctx, seenPatience)
		defer cancel()
		_ = a.store.House(short, func(h *store.House) error { return h.SeeSession(v.Hash, now.UnixMicro(), v.Strong) })
	}
	return v, true, nil
}

// begin keeps a new session within a transaction and returns its token. The
// session with the token former ends: a token never outlives a sign-in.
func (a *App) begin(h *store.House, account civic.AccountID, strong bool, from Arrival) (string, error) {
	token, err := a.newSecret()
	if err != nil {
		return "", err
	}
	id, err := civic.NewBlindID(a.random)
	if err != nil {
		return "", err
	}
	var former []byte
	if isSecret(from.Session) {
		former = digest("session", from.Session)
	}
	now := a.now().UnixMicro()
	return token, h.BeginSession(store.Session{Hash: digest("session", token), ID: id, Account: account, Created: now, Seen: now,
		Strong: strong, Device: DeviceWords(from.Device)}, former)
}

// renew gives a session a new token, with which it is strong.
func (a *App) renew(h *store.House, former string) (string, error) {
	token, err := a.newSecret()
	if err != nil {
		return "", err
	}
	ok, err := h.RenewSession(digest("session", former), digest("session", token), a.now().UnixMicro())
	if err == nil && !ok {
		err = &civic.Error{Kind: civic.Unauthenticated, Key: "error.sign_in"}
	}
	return token, err
}

// Sessions lists the browsers in which somebody is signed in, newest first.
func (a *App) Sessions(ctx context.Context, who civic.Caller, token string) ([]Session, error) {
	if err := signedIn(who); err != nil {
		return nil, err
	}
	all, err := a.store.Sessions(ctx, who.Account)
	if err != nil {
		return nil, err
	}
	this := digest("session", token)
	now := a.now()
	var out []Session
	for _, v := range all {
		idle := now.Sub(time.UnixMicro(v.Seen))
		if idle <= sessionLasts {
			out = append(out, Session{v.ID, v.Device, v.Created, v.Seen, v.Strong && idle <= strongLasts, same(this, v.Hash)})
		}
	}
	return out, nil
}

// SignOut ends the session of a token.
func (a *App) SignOut(ctx context.Context, token string) error {
	if !isSecret(token) {
		return nil
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EndSession(digest("session", token)) })
}

// EndSession ends one of somebody's own sessions.
func (a *App) EndSession(ctx context.Context, who civic.Caller, id string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EndSessionOf(who.Account, id) })
}

// EndOtherSessions ends all of somebody's own sessions but the one of the token.
func (a *App) EndOtherSessions(ctx context.Context, who civic.Caller, token string) error {
	if err := signedIn(who); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EndSessions(who.Account, digest("session", token)) })
}

// DeviceWords names the browser and the system of a User-Agent header, so that
// somebody recognises it; "" when neither is known. More of it is not kept.
func DeviceWords(agent string) string {
	find := func(names ...[2]string) string {
		for _, n := range names {
			if strings.Contains(agent, n[0]) {
				return n[1]
			}
		}
		return ""
	}
	browser := find([2]string{"Edg", "Edge"}, [2]string{"OPR/", "Opera"}, [2]string{"SamsungBrowser", "Samsung Internet"}, [2]string{"Firefox/", "Firefox"},
		[2]string{"FxiOS", "Firefox"}, [2]string{"CriOS", "Chrome"}, [2]string{"Chrome/", "Chrome"}, [2]string{"Safari/", "Safari"}, [2]string{"curl/", "curl"},
		[2]string{"Lynx", "Lynx"}, [2]string{"w3m", "w3m"})
	system := find([2]string{"iPhone", "iPhone"}, [2]string{"iPad", "iPad"}, [2]string{"Android", "Android"}, [2]string{"Windows", "Windows"},
		[2]string{"Mac OS", "macOS"}, [2]string{"CrOS", "ChromeOS"}, [2]string{"Linux", "Linux"})
	if browser == "" || system == "" {
		return browser + system
	}
	return browser + ", " + system
}
