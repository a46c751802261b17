package app

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/store"

	"github.com/pquerna/otp/totp"
)

const (
	totpPeriod    = 30 // seconds, the default of every app (RFC 6238)
	totpDrift     = 1  // periods before and after in which a code counts
	enrolLasts    = 15 * time.Minute
	factorTries   = 10 // within factorWindow
	factorWindow  = 15 * time.Minute
	shownLasts    = 10 * time.Minute
	recoveryCodes = 10
)

// Factors is what an account proves itself with beyond the mail address.
type Factors struct {
	TOTP     bool
	Recovery int // codes left
	Passkeys []Passkey
}

// Any reports whether there is a second factor at all.
func (f Factors) Any() bool { return f.TOTP || len(f.Passkeys) > 0 }

// FactorsOf lists somebody's own second factors.
func (a *App) FactorsOf(ctx context.Context, who civic.Caller) (f Factors, err error) {
	if err := signedIn(who); err != nil {
		return f, err
	}
	account, err := a.store.Account(ctx, who.Account)
	if err != nil {
		return f, err
	}
	f.TOTP = account.TOTP != ""
	if f.Recovery, err = a.store.RecoveryLeft(ctx, who.Account); err != nil {
		return f, err
	}
	f.Passkeys, err = a.passkeys(ctx, who.Account)
	return f, err
}

// proven asks for the second factor of somebody who has one: whoever reads the
// mail alone cannot change what else protects the account.
func (a *App) proven(ctx context.Context, who civic.Caller) error {
	f, err := a.FactorsOf(ctx, who)
	if err == nil && f.Any() && !who.Strong {
		err = unproven()
	}
	return err
}

// Enrolment is a second factor before it is confirmed.
type Enrolment struct {
	Secret string // base 32, in groups of four
	URL    string // otpauth:
}

type enrolling struct {
	URL string `json:"url"`
}

// BeginTOTP draws the secret of a second factor. host names this site in the app.
func (a *App) BeginTOTP(ctx context.Context, who civic.Caller, session, host string) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	account, err := a.store.Account(ctx, who.Account)
	if err != nil {
		return err
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: strings.TrimSpace("Avow " + host), AccountName: account.Mail, Rand: a.random})
	if err != nil {
		return err
	}
	return a.keep(ctx, forTOTP, who.Account, session, enrolling{key.URL()}, enrolLasts)
}

// keep lets something wait for the session of a token; a former one is replaced.
// What waits is sealed: it can be read with the session alone.
func (a *App) keep(ctx context.Context, purpose string, account civic.AccountID, session string, v any, lasts time.Duration) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return a.keepIn(h, purpose, account, session, string(text), lasts) })
}

func (a *App) keepIn(h *store.House, purpose string, account civic.AccountID, session, text string, lasts time.Duration) error {
	data, err := a.seal(session, text)
	if err != nil {
		return err
	}
	hash, now := digest(purpose, session), a.now()
	if err := h.DropToken(hash); err != nil {
		return err
	}
	return h.AddToken(store.Token{Hash: hash, Purpose: purpose, Account: account, Data: data, Created: now.UnixMicro(), Expires: now.Add(lasts).UnixMicro()})
}

// kept reads what waits for a session; false: nothing, or not any more.
func (a *App) kept(ctx context.Context, purpose, session string, into any) (bool, error) {
	t, ok, err := a.store.Token(ctx, purpose, digest(purpose, session))
	if err != nil || !ok || t.Used != 0 || t.Expires < a.now().UnixMicro() {
		return false, err
	}
	text, err := unseal(session, t.Data)
	if err != nil {
		return false, err
	}
	return true, json.Unmarshal([]byte(text), into)
}

// PendingTOTP returns the second factor that a session is about to confirm; ok is
// false when there is none.
func (a *App) PendingTOTP(ctx context.Context, session string) (e Enrolment, ok bool, err error) {
	var data enrolling
	if ok, err = a.kept(ctx, forTOTP, session, &data); err != nil || !ok {
		return e, false, err
	}
	secret := secretOf(data.URL)
	for i := 0; i < len(secret); i += 4 {
		e.Secret += secret[i:min(i+4, len(secret))] + " "
	}
	return Enrolment{strings.TrimSpace(e.Secret), data.URL}, true, nil
}

func secretOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Query().Get("secret")
}

// ConfirmTOTP enrols a second factor with its first code. The session gets a new
// token, with which it is strong; its recovery codes can be read with Shown.
func (a *App) ConfirmTOTP(ctx context.Context, who civic.Caller, session, code string) (renewed string, err error) {
	if err := a.proven(ctx, who); err != nil {
		return "", err
	}
	var data enrolling
	switch ok, err := a.kept(ctx, forTOTP, session, &data); {
	case err != nil:
		return "", err
	case !ok:
		return "", refusedSignIn("factor.over", "")
	}
	if err := a.attempt(ctx, who.Account); err != nil {
		return "", err
	}
	secret := secretOf(data.URL)
	step, ok := a.stepOf(secret, typed(code))
	if !ok {
		return "", refusedSignIn("factor.wrong", "code")
	}
	err = a.store.House(ctx, func(h *store.House) error {
		codes, hashes, err := a.recovery(who.Account)
		if err != nil {
			return err
		}
		if err := h.SetTOTP(who.Account, secret, step, hashes); err != nil {
			return err
		}
		if err := h.DropToken(digest(forTOTP, session)); err != nil {
			return err
		}
		if err := h.DropToken(digest(forTries, string(who.Account))); err != nil {
			return err
		}
		if renewed, err = a.renew(h, session); err != nil {
			return err
		}
		return a.show(h, who.Account, renewed, Shown{Codes: codes})
	})
	return renewed, err
}

// stepOf finds the period whose code this is.
func (a *App) stepOf(secret, code string) (int64, bool) {
	now := a.now()
	for drift := -totpDrift; drift <= totpDrift; drift++ {
		at := now.Add(time.Duration(drift*totpPeriod) * time.Second)
		want, err := totp.GenerateCode(secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / totpPeriod, true
		}
	}
	return 0, false
}

// attempt counts a try at an account's second factor; too many are TooMany.
func (a *App) attempt(ctx context.Context, account civic.AccountID) error {
	hash, now := digest(forTries, string(account)), a.now()
	return a.store.House(ctx, func(h *store.House) error {
		t, ok, err := h.Token(forTries, hash)
		if err != nil {
			return err
		}
		if !ok || t.Expires < now.UnixMicro() {
			if err := h.DropToken(hash); err != nil {
				return err
			}
			err := h.AddToken(store.Token{Hash: hash, Purpose: forTries, Account: account, Created: now.UnixMicro(), Expires: now.Add(factorWindow).UnixMicro()})
			if err != nil {
				return err
			}
		}
		first, err := h.TryToken(hash, factorTries)
		if err == nil && !first {
			err = &civic.Error{Kind: civic.TooMany, Key: "error.too_many", Field: "code"}
		}
		return err
	})
}

// PassTOTP proves a session with a code of the app, or with a recovery code. The
// session gets a new token, with which it is strong. Each code counts once.
func (a *App) PassTOTP(ctx context.Context, who civic.Caller, session, code string) (renewed string, err error) {
	if err := signedIn(who); err != nil {
		return "", err
	}
	account, err := a.store.Account(ctx, who.Account)
	if err != nil {
		return "", err
	}
	if account.TOTP == "" {
		return "", refusedSignIn("factor.none", "code")
	}
	if code = typed(code); code == "" {
		return "", refusedSignIn("factor.missing", "code")
	}
	if err := a.attempt(ctx, who.Account); err != nil {
		return "", err
	}
	step, isStep := a.stepOf(account.TOTP, code)
	err = a.store.House(ctx, func(h *store.House) error {
		var taken bool
		var err error
		if isStep {
			taken, err = h.TakeStep(who.Account, step)
			if err == nil && !taken {
				return refusedSignIn("factor.again", "code")
			}
		} else {
			taken, err = h.TakeRecovery(who.Account, digest("recovery", string(who.Account), code))
		}
		if err != nil {
			return err
		}
		if !taken {
			return refusedSignIn("factor.wrong", "code")
		}
		if err := h.DropToken(digest(forTries, string(who.Account))); err != nil {
			return err
		}
		renewed, err = a.renew(h, session)
		return err
	})
	return renewed, err
}

// RemoveTOTP takes the codes of an app and the recovery codes from an account.
func (a *App) RemoveTOTP(ctx context.Context, who civic.Caller) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.SetTOTP(who.Account, "", 0, nil) })
}

// recovery draws new recovery codes, and what is kept of them.
func (a *App) recovery(account civic.AccountID) (codes []string, hashes [][]byte, err error) {
	for range recoveryCodes {
		id, err := civic.NewBlindID(a.random)
		if err != nil {
			return nil, nil, err
		}
		codes = append(codes, id[:5]+"-"+id[5:10])
		hashes = append(hashes, digest("recovery", string(account), id[:10]))
	}
	return codes, hashes, nil
}

// Shown is what a person is shown once: recovery codes, or a key for programs.
type Shown struct {
	Codes []string `json:"codes,omitempty"`
	Name  string   `json:"name,omitempty"`
	Token string   `json:"token,omitempty"`
}

// show lets something be read once by a session.
func (a *App) show(h *store.House, account civic.AccountID, session string, v Shown) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return a.keepIn(h, forShow, account, session, string(text), shownLasts)
}

// ShownOnce returns what a session is to be shown; ok is false when there is
// nothing, or when it is over.
func (a *App) ShownOnce(ctx context.Context, session string) (v Shown, ok bool, err error) {
	ok, err = a.kept(ctx, forShow, session, &v)
	return v, ok, err
}

// Seen forgets what a session was shown.
func (a *App) Seen(ctx context.Context, session string) error {
	return a.store.House(ctx, func(h *store.House) error { return h.DropToken(digest(forShow, session)) })
}
