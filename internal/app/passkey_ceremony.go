package app

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// relyingParty is this site as browsers know it.
func relyingParty(address string) (*webauthn.WebAuthn, error) {
	if !PasskeysAt(address) {
		return nil, &civic.Error{Kind: civic.Unavailable, Key: "passkey.address"}
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	return webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "Avow", RPOrigins: []string{u.Scheme + "://" + u.Host}})
}

// holder is an account as the standard knows it.
type holder struct {
	account store.Account
	keys    []webauthn.Credential
}

func (h holder) WebAuthnID() []byte                         { return []byte(h.account.ID) }
func (h holder) WebAuthnName() string                       { return h.account.Mail }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.keys }
func (h holder) WebAuthnDisplayName() string {
	if h.account.Name != "" {
		return h.account.Name
	}
	return h.account.Mail
}

func (a *App) holder(ctx context.Context, id civic.AccountID) (out holder, err error) {
	if out.account, err = a.store.Account(ctx, id); err != nil {
		return out, err
	}
	keys, err := a.store.Passkeys(ctx, id)
	if err != nil {
		return out, err
	}
	for _, k := range keys {
		var c webauthn.Credential
		if err := json.Unmarshal(k.Data, &c); err != nil {
			return out, err
		}
		out.keys = append(out.keys, c)
	}
	return out, nil
}

// ceremony is what waits for the answer of a device.
type ceremony struct {
	Session webauthn.SessionData `json:"session"`
	Options json.RawMessage      `json:"options"`
	To      string               `json:"to,omitempty"`
}

// BeginPasskey draws the challenge for a new passkey of somebody signed in.
func (a *App) BeginPasskey(ctx context.Context, who civic.Caller, session, address string) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	site, err := relyingParty(address)
	if err != nil {
		return err
	}
	person, err := a.holder(ctx, who.Account)
	if err != nil {
		return err
	}
	var known []protocol.CredentialDescriptor
	for _, k := range person.keys {
		known = append(known, k.Descriptor())
	}
	required := true
	options, data, err := site.BeginRegistration(person, webauthn.WithExclusions(known),
		webauthn.WithAuthenticatorSelection(protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: &required, UserVerification: protocol.VerificationRequired}))
	if err != nil {
		return err
	}
	words, err := json.Marshal(options.Response)
	if err != nil {
		return err
	}
	return a.keep(ctx, forNewKey, who.Account, session, ceremony{Session: *data, Options: words}, enrolLasts)
}

// NewPasskeyOptions returns what the browser needs to make a passkey, as JSON; ""
// when nothing was begun.
func (a *App) NewPasskeyOptions(ctx context.Context, session string) (string, error) {
	var c ceremony
	ok, err := a.kept(ctx, forNewKey, session, &c)
	if err != nil || !ok {
		return "", err
	}
	return string(c.Options), nil
}

// AddPasskey keeps a new passkey from what the browser answered. The session gets
// a new token, with which it is strong.
func (a *App) AddPasskey(ctx context.Context, who civic.Caller, session, address, name, answer string) (renewed string, err error) {
	if err := a.proven(ctx, who); err != nil {
		return "", err
	}
	site, err := relyingParty(address)
	if err != nil {
		return "", err
	}
	if name, err = parseName(name); err != nil {
		return "", err
	}
	var c ceremony
	switch ok, err := a.kept(ctx, forNewKey, session, &c); {
	case err != nil:
		return "", err
	case !ok:
		return "", refusedSignIn("passkey.over", "")
	}
	person, err := a.holder(ctx, who.Account)
	if err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return "", notAPasskey(err)
	}
	key, err := site.CreateCredential(person, c.Session, parsed)
	if err != nil {
		return "", notAPasskey(err)
	}
	data, err := json.Marshal(key)
	if err != nil {
		return "", err
	}
	err = a.store.House(ctx, func(h *store.House) error {
		ok, err := h.TakeToken(digest(forNewKey, session), a.now().UnixMicro())
		if err == nil && !ok {
			err = refusedSignIn("passkey.over", "")
		}
		if err != nil {
			return err
		}
		isNew, err := h.AddPasskey(store.Passkey{ID: credentialID(key.ID), Account: who.Account, Name: name, Created: a.now().UnixMicro(), Data: data})
		if err == nil && !isNew {
			err = refusedSignIn("passkey.known", "")
		}
		if err != nil {
			return err
		}
		renewed, err = a.renew(h, session)
		return err
	})
	return renewed, err
}

func credentialID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// notAPasskey is what a person is told of an answer that does not fit.
func notAPasskey(cause error) error {
	return &civic.Error{Kind: civic.Invalid, Key: "passkey.refused", Cause: cause}
}

// BeginPasskeySignIn draws the challenge for a sign-in with a passkey and returns
// the nonce of the browser that must answer it.
func (a *App) BeginPasskeySignIn(ctx context.Context, browser, to, address string) (nonce string, err error) {
	site, err := relyingParty(address)
	if err != nil {
		return "", err
	}
	if nonce = browser; !isSecret(nonce) {
		if nonce, err = a.newSecret(); err != nil {
			return "", err
		}
	}
	options, data, err := site.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return "", err
	}
	words, err := json.Marshal(options.Response)
	if err != nil {
		return "", err
	}
	return nonce, a.keep(ctx, forPasskey, "", nonce, ceremony{Session: *data, Options: words, To: to}, enrolLasts)
}

// PasskeySignInOptions returns what the browser needs to sign in with a passkey,
// as JSON; "" when nothing was begun.
func (a *App) PasskeySignInOptions(ctx context.Context, browser string) (string, error) {
	var c ceremony
	ok, err := a.kept(ctx, forPasskey, browser, &c)
	if err != nil || !ok {
		return "", err
	}
	return string(c.Options), nil
}

// SignInWithPasskey signs in with what the browser answered. Such a session is
// strong: the device asked for its holder.
func (a *App) SignInWithPasskey(ctx context.Context, address, answer string, from Arrival) (out SignedIn, err error) {
	site, err := relyingParty(address)
	if err != nil {
		return out, err
	}
	var c ceremony
	switch ok, err := a.kept(ctx, forPasskey, from.Browser, &c); {
	case err != nil:
		return out, err
	case !ok:
		return out, refusedSignIn("passkey.over", "")
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return out, notAPasskey(err)
	}
	var person holder
	find := func(raw, handle []byte) (webauthn.User, error) {
		key, err := a.store.Passkey(ctx, credentialID(raw))
		if err != nil {
			return nil, err
		}
		if string(key.Account) != strings.TrimRight(string(handle), "\x00") {
			return nil, notFound("account", "")
		}
		person, err = a.holder(ctx, key.Account)
		return person, err
	}
	_, key, err := site.ValidatePasskeyLogin(find, c.Session, parsed)
	if err != nil {
		if kind := civic.KindOf(err); kind != "" && kind != civic.NotFound {
			return out, err
		}
		return out, notAPasskey(err)
	}
	if person.account.Blocked {
		return out, &civic.Error{Kind: civic.Forbidden, Key: "signin.blocked"}
	}
	if key.Authenticator.CloneWarning {
		return out, refusedSignIn("passkey.cloned", "")
	}
	data, err := json.Marshal(key)
	if err != nil {
		return out, err
	}
	err = a.store.House(ctx, func(h *store.House) error {
		now := a.now().UnixMicro()
		ok, err := h.TakeToken(digest(forPasskey, from.Browser), now)
		if err == nil && !ok {
			err = refusedSignIn("passkey.over", "")
		}
		if err != nil {
			return err
		}
		if err := h.UsePasskey(credentialID(key.ID), data, now); err != nil {
			return err
		}
		out = SignedIn{Account: person.account.ID, To: c.To}
		out.Session, err = a.begin(h, person.account.ID, true, from)
		return err
	})
	return out, err
}
