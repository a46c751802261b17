package app

import (
	"context"
	"encoding/json"
	"net"
	"net/url"

	"avow/internal/civic"
	"avow/internal/store"
)

// Passkey is a key of somebody's device or password manager.
type Passkey struct {
	ID      string
	Name    string
	Created int64
	Used    int64 // 0: never
	Synced  bool  // its holder has it on several devices
}

// PasskeysAt reports whether passkeys can be used at an address of this site:
// browsers want a name, and HTTPS except for this machine itself.
func PasskeysAt(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return false
	}
	return u.Scheme == "https" || u.Hostname() == "localhost"
}

func (a *App) passkeys(ctx context.Context, id civic.AccountID) ([]Passkey, error) {
	keys, err := a.store.Passkeys(ctx, id)
	if err != nil {
		return nil, err
	}
	out := make([]Passkey, len(keys))
	for i, k := range keys {
		var c struct {
			Flags struct {
				BackupState bool `json:"backupState"`
			} `json:"flags"`
		}
		if err := json.Unmarshal(k.Data, &c); err != nil {
			return nil, err
		}
		out[i] = Passkey{k.ID, k.Name, k.Created, k.Used, c.Flags.BackupState}
	}
	return out, nil
}

// RemovePasskey removes one of somebody's own passkeys.
func (a *App) RemovePasskey(ctx context.Context, who civic.Caller, id string) error {
	if err := a.proven(ctx, who); err != nil {
		return err
	}
	if id == "" {
		return notFound("account", id)
	}
	return a.store.House(ctx, func(h *store.House) error { return h.RemovePasskey(who.Account, id) })
}
