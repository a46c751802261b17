package app

import (
	"context"

	"avow/internal/civic"
)

var errNoPasskeys = &civic.Error{Kind: civic.Unavailable, Key: "passkey.address"}

// BeginPasskey draws the challenge for a new passkey of somebody signed in.
func (a *App) BeginPasskey(ctx context.Context, who civic.Caller, session, address string) error {
	return errNoPasskeys
}

// NewPasskeyOptions returns what the browser needs to make a passkey, as JSON; ""
// when nothing was begun.
func (a *App) NewPasskeyOptions(ctx context.Context, session string) (string, error) { return "", nil }

// AddPasskey keeps a new passkey from what the browser answered. The session gets
// a new token, with which it is strong.
func (a *App) AddPasskey(ctx context.Context, who civic.Caller, session, address, name, answer string) (renewed string, err error) {
	return "", errNoPasskeys
}

// BeginPasskeySignIn draws the challenge for a sign-in with a passkey and returns
// the nonce of the browser that must answer it.
func (a *App) BeginPasskeySignIn(ctx context.Context, browser, to, address string) (nonce string, err error) {
	return "", errNoPasskeys
}

// PasskeySignInOptions returns what the browser needs to sign in with a passkey,
// as JSON; "" when nothing was begun.
func (a *App) PasskeySignInOptions(ctx context.Context, browser string) (string, error) {
	return "", nil
}

// SignInWithPasskey signs in with what the browser answered. Such a session is
// strong: the device asked for its holder.
func (a *App) SignInWithPasskey(ctx context.Context, address, answer string, from Arrival) (out SignedIn, err error) {
	return out, errNoPasskeys
}
