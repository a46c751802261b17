package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Account is what is known of a person: nothing of it is in the public record.
type Account struct {
	ID       civic.AccountID
	Mail     string // lower case, unique
	Name     string
	Lang     string // BCP 47
	Created  int64  // microseconds
	TOTP     string // secret of the second factor in base 32, "" without one
	TOTPStep int64  // the newest step whose code was taken: each code counts once
	Blocked  bool
}

const accountColumns = "id, mail, name, lang, created, totp, totp_step, blocked"

// KeyNoAccount is the message key of an account that is not here, kind NotFound.
const KeyNoAccount = "account.not_found"

func noAccount() error { return &civic.Error{Kind: civic.NotFound, Key: KeyNoAccount} }

func scanAccount(row interface{ Scan(...any) error }) (a Account, err error) {
	var blocked int64
	err = row.Scan(&a.ID, &a.Mail, &a.Name, &a.Lang, &a.Created, &a.TOTP, &a.TOTPStep, &blocked)
	a.Blocked = blocked != 0
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, noAccount()
	}
	return a, err
}

// Account returns an account, else a *civic.Error of kind NotFound.
func (s *Store) Account(ctx context.Context, id civic.AccountID) (Account, error) {
	a, err := scanAccount(s.reader.QueryRowContext(ctx, "SELECT "+accountColumns+" FROM account WHERE id = $1", string(id)))
	return a, s.friendly("read an account", err)
}

// AccountByMail returns the account of a mail address in lower case, else a
// *civic.Error of kind NotFound.
func (s *Store) AccountByMail(ctx context.Context, mail string) (Account, error) {
	a, err := scanAccount(s.reader.QueryRowContext(ctx, "SELECT "+accountColumns+" FROM account WHERE mail = $1", mail))
	return a, s.friendly("read an account", err)
}

// AccountsOf returns the accounts that exist among ids.
func (s *Store) AccountsOf(ctx context.Context, ids []civic.AccountID) (map[civic.AccountID]Account, error) {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = string(id)
	}
	rows, err := s.reader.QueryContext(ctx, "SELECT "+accountColumns+" FROM account WHERE id IN "+s.dialect.in("$1"), jsonList(texts))
	if err != nil {
		return nil, s.friendly("read accounts", err)
	}
	defer rows.Close()
	out := map[civic.AccountID]Account{}
	for rows.Next() {
		a, err := scanAccount(rows)
		if err != nil {
			return nil, s.friendly("read accounts", err)
		}
		out[a.ID] = a
	}
	return out, s.friendly("read accounts", rows.Err())
}

// OpenAccount finds the account of a.Mail, or makes a. Two who do so at once get
// the same one.
func (h *House) OpenAccount(a Account) (out Account, isNew bool, err error) {
	n, err := h.exec("INSERT INTO account ("+accountColumns+") VALUES ($1, $2, $3, $4, $5, '', 0, 0) ON CONFLICT (mail) DO NOTHING",
		string(a.ID), a.Mail, a.Name, a.Lang, a.Created)
	if err != nil {
		return Account{}, false, err
	}
	out, err = scanAccount(h.raw.QueryRowContext(h.ctx, "SELECT "+accountColumns+" FROM account WHERE mail = $1", a.Mail))
	return out, n == 1, err
}

// NameAccount sets how a person is called and the language of mails.
func (h *House) NameAccount(id civic.AccountID, name, lang string) error {
	return h.one("UPDATE account SET name = $2, lang = $3 WHERE id = $1", string(id), name, lang)
}

// BlockAccount blocks an account, or lets it in again. Its sessions end.
func (h *House) BlockAccount(id civic.AccountID, blocked bool) error {
	n := 0
	if blocked {
		n = 1
		if err := h.EndSessions(id, nil); err != nil {
			return err
		}
	}
	return h.one("UPDATE account SET blocked = $2 WHERE id = $1", string(id), n)
}

// SetTOTP gives an account a second factor, "" takes it away. step is the newest
// step that was used to confirm it.
func (h *House) SetTOTP(id civic.AccountID, secret string, step int64, recovery [][]byte) error {
	if err := h.one("UPDATE account SET totp = $2, totp_step = $3 WHERE id = $1", string(id), secret, step); err != nil {
		return err
	}
	if _, err := h.exec("DELETE FROM recovery WHERE account = $1", string(id)); err != nil {
		return err
	}
	for _, hash := range recovery {
		if _, err := h.exec("INSERT INTO recovery (account, hash) VALUES ($1, $2)", string(id), hash); err != nil {
			return err
		}
	}
	return nil
}

// TakeStep reports whether the code of a step may count: none of this or a later
// step did.
func (h *House) TakeStep(id civic.AccountID, step int64) (bool, error) {
	n, err := h.exec("UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2", string(id), step)
	return n == 1, err
}

// TakeRecovery uses a recovery code up, and reports whether there was one.
func (h *House) TakeRecovery(id civic.AccountID, hash []byte) (bool, error) {
	n, err := h.exec("DELETE FROM recovery WHERE account = $1 AND hash = $2", string(id), hash)
	return n == 1, err
}

// RecoveryLeft counts the recovery codes that were not used.
func (s *Store) RecoveryLeft(ctx context.Context, id civic.AccountID) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT count(*) FROM recovery WHERE account = $1", string(id)).Scan(&n)
	return n, s.friendly("count recovery codes", err)
}

// AccountOfIdentity returns the account that a provider's subject is linked to,
// "" when there is none.
func (s *Store) AccountOfIdentity(ctx context.Context, issuer, subject string) (id civic.AccountID, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT account FROM identity WHERE issuer = $1 AND subject = $2", issuer, subject).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, s.friendly("read an identity", err)
}

// LinkIdentity links a provider's subject to an account, once: a link that is
// there stays.
func (h *House) LinkIdentity(issuer, subject string, id civic.AccountID, at int64) error {
	_, err := h.exec("INSERT INTO identity (issuer, subject, account, created) VALUES ($1, $2, $3, $4) ON CONFLICT (issuer, subject) DO NOTHING",
		issuer, subject, string(id), at)
	return err
}

// Issuers lists the providers to which an account is linked.
func (s *Store) Issuers(ctx context.Context, id civic.AccountID) (out []string, err error) {
	err = s.eachPair(ctx, func(issuer, _ string) { out = append(out, issuer) },
		"SELECT issuer, '' FROM identity WHERE account = $1 ORDER BY issuer", string(id))
	return out, s.friendly("read identities", err)
}

// one is exec for a row that must be there.
func (h *House) one(statement string, args ...any) error {
	n, err := h.exec(statement, args...)
	if err == nil && n == 0 {
		return noAccount()
	}
	return err
}
