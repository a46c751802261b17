package app

import (
	"context"
	"encoding/json"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

const (
	signInLasts = 15 * time.Minute
	codeTries   = 5

	throttleSome = 15 * time.Minute // in which at most throttleMany mails go to one address
	throttleMany = 5
	throttleDay  = 24 * time.Hour // in which at most throttleMost do
	throttleMost = 30
	throttleAll  = 120 // a minute, to all addresses together, by one process
)

// purposes of tokens.
const (
	forSignIn   = "sign_in"
	forSetup    = "setup"
	forPasskey  = "passkey"
	forNewKey   = "passkey_new"
	forTOTP     = "totp"
	forTries    = "tries"
	forShow     = "show"
	forProvider = "provider"
	forFollow   = "follow"
)

// SignInRequest is somebody who wants to sign in by mail.
type SignInRequest struct {
	Mail    string
	Lang    string // of the mail
	To      string // where to go afterwards, an address of this site
	Browser string // the nonce that the browser has, if any
	Address string // of the site: "https://host"; "" when not known: then the mail holds the code alone
	Device  string // User-Agent of the browser that asks

	link *Identity // to be linked to the account once the address is confirmed
}

// Arrival is what came with somebody who signs in.
type Arrival struct {
	Browser string // nonce of the browser
	Session string // token of the session that it has, which ends
	Device  string // User-Agent
	Lang    string // for an account that is new
}

// SignedIn is what a sign-in gave.
type SignedIn struct {
	Session string // token, for the browser alone
	Account civic.AccountID
	To      string
	New     bool // the account was made just now
}

// waiting is the data of a token for a sign-in by mail.
type waiting struct {
	To   string    `json:"to,omitempty"`
	Lang string    `json:"lang,omitempty"`
	Link *Identity `json:"link,omitempty"`
}

// SignInMail is the data of the letter "sign_in".
type SignInMail struct {
	Link    string `json:"link,omitempty"`
	Code    string `json:"code"`
	Minutes int    `json:"minutes"`
	Device  string `json:"device,omitempty"`
}

// AskSignIn sends a link and a code to a mail address and returns the nonce that
// binds both to the browser. It does the same for every address: whether there is
// an account is looked at when the mail was answered, and one that is new is made
// then. Too many mails to one address are refused as TooMany.
func (a *App) AskSignIn(ctx context.Context, r SignInRequest) (browser string, err error) {
	if r.Mail, err = ParseMail(r.Mail); err != nil {
		return "", err
	}
	now := a.now()
	tooMany := &civic.Error{Kind: civic.TooMany, Key: "error.too_many", Field: "mail"}
	if !a.asking.AllowN(now, 1) {
		return "", tooMany
	}
	for _, t := range []struct {
		within time.Duration
		most   int
	}{{throttleSome, throttleMany}, {throttleDay, throttleMost}} {
		n, err := a.store.TokensSince(ctx, forSignIn, r.Mail, now.Add(-t.within).UnixMicro())
		if err != nil {
			return "", err
		}
		if n >= t.most {
			return "", tooMany
		}
	}
	if browser = r.Browser; !isSecret(browser) {
		if browser, err = a.newSecret(); err != nil {
			return "", err
		}
	}
	token, err := a.newSecret()
	if err != nil {
		return "", err
	}
	code, err := a.newCode()
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(waiting{r.To, r.Lang, r.link})
	if err != nil {
		return "", err
	}
	letter := SignInMail{Code: code[:4] + " " + code[4:], Minutes: int(signInLasts.Minutes()), Device: DeviceWords(r.Device)}
	if r.Address != "" {
		letter.Link = r.Address + "/" + r.Lang + "/sign-in/link?token=" + token
	}
	words, err := json.Marshal(letter)
	if err != nil {
		return "", err
	}
	return browser, a.store.House(ctx, func(h *store.House) error {
		err := h.AddToken(store.Token{Hash: digest(forSignIn, token), Purpose: forSignIn, Mail: r.Mail, Code: digest("code", browser, code),
			Browser: digest("browser", browser), Data: data, Created: now.UnixMicro(), Expires: now.Add(signInLasts).UnixMicro()})
		if err != nil {
			return err
		}
		return h.QueueMail(store.QueuedMail{To: r.Mail, Lang: r.Lang, Kind: forSignIn, Data: words, Due: now.UnixMicro()})
	})
}

// refusedSignIn is why a link or code does not sign in.
func refusedSignIn(key, field string) error {
	return &civic.Error{Kind: civic.Invalid, Key: key, Field: field}
}

// usable says whether a token can still be used by a browser: nil, or why not.
func (a *App) usable(t store.Token, ok bool, browser string) error {
	switch {
	case !ok:
		return refusedSignIn("signin.link_unknown", "")
	case t.Used != 0:
		return refusedSignIn("signin.link_used", "")
	case t.Expires < a.now().UnixMicro():
		return refusedSignIn("signin.link_expired", "")
	case !same(t.Browser, digest("browser", browser)):
		return &civic.Error{Kind: civic.Invalid, Key: "signin.elsewhere"}
	}
	return nil
}

// LookAtLink tells whose mail address a link signs in, and changes nothing: mail
// programs follow links before people do. The error says why it cannot be used.
func (a *App) LookAtLink(ctx context.Context, token, browser string) (mail string, err error) {
	t, ok, err := a.store.Token(ctx, forSignIn, digest(forSignIn, token))
	if err != nil {
		return "", err
	}
	return t.Mail, a.usable(t, ok, browser)
}

// AskedMail tells to which address this browser asked for a mail, "" when it did
// not lately.
func (a *App) AskedMail(ctx context.Context, browser string) (string, error) {
	if !isSecret(browser) {
		return "", nil
	}
	t, ok, err := a.store.TokenOfBrowser(ctx, forSignIn, digest("browser", browser))
	if err != nil || !ok || t.Used != 0 || t.Expires < a.now().UnixMicro() {
		return "", err
	}
	return t.Mail, nil
}

// FollowLink signs in with the link of a mail, once and only in the browser that
// asked for it.
func (a *App) FollowLink(ctx context.Context, token string, from Arrival) (out SignedIn, err error) {
	err = a.store.House(ctx, func(h *store.House) error {
		t, ok, err := h.Token(forSignIn, digest(forSignIn, token))
		if err != nil {
			return err
		}
		if err := a.usable(t, ok, from.Browser); err != nil {
			return err
		}
		out, err = a.confirm(h, t, from)
		return err
	})
	return out, err
}

// TypeCode signs in with the code of the newest mail that this browser asked for.
func (a *App) TypeCode(ctx context.Context, code string, from Arrival) (out SignedIn, err error) {
	if code = typed(code); code == "" {
		return out, refusedSignIn("signin.code_missing", "code")
	}
	if !isSecret(from.Browser) {
		return out, refusedSignIn("signin.code_elsewhere", "code")
	}
	var t store.Token
	// The attempt counts whatever becomes of it: a transaction of its own.
	err = a.store.House(ctx, func(h *store.House) (err error) {
		var ok bool
		if t, ok, err = h.TokenOfBrowser(forSignIn, digest("browser", from.Browser)); err != nil {
			return err
		}
		if err := a.usable(t, ok, from.Browser); err != nil {
			return err
		}
		first, err := h.TryToken(t.Hash, codeTries)
		if err != nil || first {
			return err
		}
		again, ok, err := h.Token(forSignIn, t.Hash) // somebody may have been faster
		if err == nil {
			err = a.usable(again, ok, from.Browser)
		}
		if err == nil {
			err = refusedSignIn("signin.code_tries", "code")
		}
		return err
	})
	if err != nil {
		return out, err
	}
	if !same(t.Code, digest("code", from.Browser, code)) {
		return out, refusedSignIn("signin.code_wrong", "code")
	}
	err = a.store.House(ctx, func(h *store.House) error {
		out, err = a.confirm(h, t, from)
		return err
	})
	return out, err
}

// confirm uses a token up and begins the session of its mail address.
func (a *App) confirm(h *store.House, t store.Token, from Arrival) (out SignedIn, err error) {
	var data waiting
	if err := json.Unmarshal(t.Data, &data); err != nil {
		return out, err
	}
	now := a.now().UnixMicro()
	if ok, err := h.TakeToken(t.Hash, now); err != nil || !ok {
		if err == nil {
			err = refusedSignIn("signin.link_used", "")
		}
		return out, err
	}
	account, isNew, err := a.openAccount(h, t.Mail, "", data.Lang)
	if err != nil {
		return out, err
	}
	if account.Blocked {
		return out, &civic.Error{Kind: civic.Forbidden, Key: "signin.blocked"}
	}
	if data.Link != nil {
		if err := h.LinkIdentity(data.Link.Issuer, data.Link.Subject, account.ID, now); err != nil {
			return out, err
		}
	}
	out = SignedIn{Account: account.ID, To: data.To, New: isNew}
	out.Session, err = a.begin(h, account.ID, false, from)
	return out, err
}
