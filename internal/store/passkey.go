package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Passkey is a key pair of a person's device; the device keeps the secret half.
type Passkey struct {
	ID      string // of the credential, base64url
	Account civic.AccountID
	Name    string
	Created int64
	Used    int64 // 0: never
	Data    []byte
}

const passkeyColumns = "id, account, name, created, used, data"

func scanPasskey(row interface{ Scan(...any) error }) (p Passkey, err error) {
	err = row.Scan(&p.ID, &p.Account, &p.Name, &p.Created, &p.Used, &p.Data)
	if errors.Is(err, sql.ErrNoRows) {
		return Passkey{}, noAccount()
	}
	return p, err
}

// Passkey returns one by its credential, else a *civic.Error of kind NotFound.
func (s *Store) Passkey(ctx context.Context, id string) (Passkey, error) {
	p, err := scanPasskey(s.reader.QueryRowContext(ctx, "SELECT "+passkeyColumns+" FROM passkey WHERE id = $1", id))
	return p, s.friendly("read a passkey", err)
}

// Passkeys lists those of an account, oldest first.
func (s *Store) Passkeys(ctx context.Context, account civic.AccountID) ([]Passkey, error) {
	rows, err := s.reader.QueryContext(ctx, "SELECT "+passkeyColumns+" FROM passkey WHERE account = $1 ORDER BY created, id", string(account))
	if err != nil {
		return nil, s.friendly("read passkeys", err)
	}
	defer rows.Close()
	var out []Passkey
	for rows.Next() {
		p, err := scanPasskey(rows)
		if err != nil {
			return nil, s.friendly("read passkeys", err)
		}
		out = append(out, p)
	}
	return out, s.friendly("read passkeys", rows.Err())
}

// AddPasskey keeps a new passkey; false: the credential is known already.
func (h *House) AddPasskey(p Passkey) (bool, error) {
	n, err := h.exec("INSERT INTO passkey ("+passkeyColumns+") VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
		p.ID, string(p.Account), p.Name, p.Created, p.Used, p.Data)
	return n == 1, err
}

// UsePasskey notes what a passkey said of itself when it was used.
func (h *House) UsePasskey(id string, data []byte, at int64) error {
	_, err := h.exec("UPDATE passkey SET data = $2, used = $3 WHERE id = $1", id, data, at)
	return err
}

// RemovePasskey removes a passkey of an account, every one when id is "".
func (h *House) RemovePasskey(account civic.AccountID, id string) error {
	_, err := h.exec("DELETE FROM passkey WHERE account = $1 AND (id = $2 OR $2 = '')", string(account), id)
	return err
}
