package app

import (
	"context"
	"encoding/json"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// Identity is somebody as an organisation's own sign-in names them.
type Identity struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`

	Mail     string `json:"-"`
	Verified bool   `json:"-"` // the provider confirmed the address
	Name     string `json:"-"`
	Strong   bool   `json:"-"` // with more than one factor
}

// providerLasts is how long somebody may take at the provider.
const providerLasts = 15 * time.Minute

// Errand is what waits while somebody is at their organisation's sign-in.
type Errand struct {
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"` // of PKCE
	To       string `json:"to"`
	Lang     string `json:"lang"`
}

// BeginErrand remembers an errand for a browser: its state goes to the provider
// and comes back, and the browser's nonce stays.
func (a *App) BeginErrand(ctx context.Context, e Errand, browser string) (state, nonce string, err error) {
	if nonce = browser; !isSecret(nonce) {
		if nonce, err = a.newSecret(); err != nil {
			return "", "", err
		}
	}
	if state, err = a.newSecret(); err != nil {
		return "", "", err
	}
	data, err := json.Marshal(e)
	if err != nil {
		return "", "", err
	}
	now := a.now()
	return state, nonce, a.store.House(ctx, func(h *store.House) error {
		return h.AddToken(store.Token{Hash: digest(forProvider, state), Purpose: forProvider, Browser: digest("browser", nonce), Data: data,
			Created: now.UnixMicro(), Expires: now.Add(providerLasts).UnixMicro()})
	})
}

// EndErrand gives an errand back, once and to the browser that began it.
func (a *App) EndErrand(ctx context.Context, state, browser string) (e Errand, err error) {
	err = a.store.House(ctx, func(h *store.House) error {
		t, ok, err := h.Token(forProvider, digest(forProvider, state))
		if err != nil {
			return err
		}
		if err := a.usable(t, ok, browser); err != nil {
			return refusedSignIn("signin.errand", "")
		}
		if ok, err := h.TakeToken(t.Hash, a.now().UnixMicro()); err != nil || !ok {
			if err == nil {
				err = refusedSignIn("signin.errand", "")
			}
			return err
		}
		return json.Unmarshal(t.Data, &e)
	})
	return e, err
}

// SignInByProvider signs in whom a provider vouches for. A known identity has its
// account; one with a confirmed address that is new here gets one. Where the
// address has an account already, or was not confirmed, nobody is signed in: its
// holder is sent a mail, and the identity is linked when that was answered. Then
// asked is true and browser the nonce of the mail.
func (a *App) SignInByProvider(ctx context.Context, who Identity, r SignInRequest, from Arrival) (out SignedIn, browser string, asked bool, err error) {
	id, err := a.store.AccountOfIdentity(ctx, who.Issuer, who.Subject)
	if err != nil {
		return out, "", false, err
	}
	out.To = r.To
	if id != "" {
		account, err := a.store.Account(ctx, id)
		if err == nil && account.Blocked {
			err = &civic.Error{Kind: civic.Forbidden, Key: "signin.blocked"}
		}
		if err != nil {
			return out, "", false, err
		}
		err = a.store.House(ctx, func(h *store.House) error {
			out.Account = id
			out.Session, err = a.begin(h, id, who.Strong, from)
			return err
		})
		return out, "", false, err
	}
	mail, err := ParseMail(who.Mail)
	if err != nil {
		return out, "", false, &civic.Error{Kind: civic.Invalid, Key: "signin.provider_mail"}
	}
	made := false
	if who.Verified {
		name, _ := parseName(who.Name) // a name too long is left out
		err = a.store.House(ctx, func(h *store.House) error {
			account, isNew, err := a.openAccount(h, mail, name, r.Lang)
			if err != nil || !isNew {
				return err
			}
			made, out.New, out.Account = true, true, account.ID
			if err := h.LinkIdentity(who.Issuer, who.Subject, account.ID, a.now().UnixMicro()); err != nil {
				return err
			}
			out.Session, err = a.begin(h, account.ID, who.Strong, from)
			return err
		})
		if err != nil || made {
			return out, "", false, err
		}
	}
	r.Mail, r.link = mail, &who
	browser, err = a.AskSignIn(ctx, r)
	return out, browser, true, err
}
