package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Session is one browser in which a person is signed in.
type Session struct {
	Hash    []byte // of the token, which the browser alone has
	ID      string // names it on the person's page
	Account civic.AccountID
	Created int64
	Seen    int64
	Strong  bool   // two factors, or a passkey
	Device  string // "Firefox, Linux"
}

const sessionColumns = "hash, id, account, created, seen, strong, device"

func scanSession(row interface{ Scan(...any) error }) (v Session, err error) {
	var strong int64
	err = row.Scan(&v.Hash, &v.ID, &v.Account, &v.Created, &v.Seen, &strong, &v.Device)
	v.Strong = strong != 0
	return v, err
}

// Session returns the session of a token's hash; ok is false when there is none.
func (s *Store) Session(ctx context.Context, hash []byte) (v Session, ok bool, err error) {
	v, err = scanSession(s.reader.QueryRowContext(ctx, "SELECT "+sessionColumns+" FROM session WHERE hash = $1", hash))
	if errors.Is(err, sql.ErrNoRows) {
		return Session{}, false, nil
	}
	return v, err == nil, s.friendly("read a session", err)
}

// Sessions lists those of an account, the newest first.
func (s *Store) Sessions(ctx context.Context, account civic.AccountID) ([]Session, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+sessionColumns+" FROM session WHERE account = $1 ORDER BY seen DESC, id", string(account))
	if err != nil {
		return nil, s.friendly("read sessions", err)
	}
	defer rows.Close()
	var out []Session
	for rows.Next() {
		v, err := scanSession(rows)
		if err != nil {
			return nil, s.friendly("read sessions", err)
		}
		out = append(out, v)
	}
	return out, s.friendly("read sessions", rows.Err())
}

// BeginSession keeps a new session; the one with the hash former ends.
func (h *House) BeginSession(v Session, former []byte) error {
	if err := h.EndSession(former); err != nil {
		return err
	}
	_, err := h.exec("INSERT INTO session ("+sessionColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
		v.Hash, v.ID, string(v.Account), v.Created, v.Seen, bit(v.Strong), v.Device)
	return err
}

// RenewSession gives a session another token, with which it is strong. It reports
// whether the session was still there.
func (h *House) RenewSession(former, hash []byte, at int64) (bool, error) {
	n, err := h.exec("UPDATE session SET hash = $2, strong = 1, seen = $3 WHERE hash = $1", former, hash, at)
	return n == 1, err
}

// SeeSession notes that a session was used, and whether it is still strong.
func (h *House) SeeSession(hash []byte, at int64, strong bool) error {
	_, err := h.exec("UPDATE session SET seen = $2, strong = $3 WHERE hash = $1", hash, at, bit(strong))
	return err
}

// EndSession ends the session of a token.
func (h *House) EndSession(hash []byte) error {
	if len(hash) == 0 {
		return nil
	}
	_, err := h.exec("DELETE FROM session WHERE hash = $1", hash)
	return err
}

// EndSessionOf ends one session of an account by its name.
func (h *House) EndSessionOf(account civic.AccountID, id string) error {
	_, err := h.exec("DELETE FROM session WHERE account = $1 AND id = $2", string(account), id)
	return err
}

// EndSessions ends all sessions of an account but the one with the hash but.
func (h *House) EndSessions(account civic.AccountID, but []byte) error {
	if but == nil {
		but = []byte{}
	}
	_, err := h.exec("DELETE FROM session WHERE account = $1 AND hash <> $2", string(account), but)
	return err
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// APIToken is a key with which a program acts for an account.
type APIToken struct {
	Hash    []byte
	ID      string
	Account civic.AccountID
	Name    string
	Created int64
	Used    int64 // the beginning of the last day, 0: never
	Strong  bool  // made with a second factor
}

const apiTokenColumns = "hash, id, account, name, created, used, strong"

func scanAPIToken(row interface{ Scan(...any) error }) (t APIToken, err error) {
	var strong int64
	err = row.Scan(&t.Hash, &t.ID, &t.Account, &t.Name, &t.Created, &t.Used, &strong)
	t.Strong = strong != 0
	return t, err
}

// APIToken returns the key of a hash; ok is false when there is none.
func (s *Store) APIToken(ctx context.Context, hash []byte) (t APIToken, ok bool, err error) {
	t, err = scanAPIToken(s.reader.QueryRowContext(ctx, "SELECT "+apiTokenColumns+" FROM api_token WHERE hash = $1", hash))
	if errors.Is(err, sql.ErrNoRows) {
		return APIToken{}, false, nil
	}
	return t, err == nil, s.friendly("read a key", err)
}

// APITokens lists those of an account, oldest first.
func (s *Store) APITokens(ctx context.Context, account civic.AccountID) ([]APIToken, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+apiTokenColumns+" FROM api_token WHERE account = $1 ORDER BY created, id", string(account))
	if err != nil {
		return nil, s.friendly("read keys", err)
	}
	defer rows.Close()
	var out []APIToken
	for rows.Next() {
		t, err := scanAPIToken(rows)
		if err != nil {
			return nil, s.friendly("read keys", err)
		}
		out = append(out, t)
	}
	return out, s.friendly("read keys", rows.Err())
}

// AddAPIToken keeps a new key.
func (h *House) AddAPIToken(t APIToken) error {
	_, err := h.exec("INSERT INTO api_token ("+apiTokenColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7)",
		t.Hash, t.ID, string(t.Account), t.Name, t.Created, t.Used, bit(t.Strong))
	return err
}

// UseAPIToken notes the day on which a key was used.
func (h *House) UseAPIToken(hash []byte, day int64) error {
	_, err := h.exec("UPDATE api_token SET used = $2 WHERE hash = $1", hash, day)
	return err
}

// RevokeAPIToken takes a key of an account away, every one when id is "".
func (h *House) RevokeAPIToken(account civic.AccountID, id string) error {
	_, err := h.exec("DELETE FROM api_token WHERE account = $1 AND (id = $2 OR $2 = '')", string(account), id)
	return err
}
