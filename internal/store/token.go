package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// Token is something that waits for one answer: a link in a mail, a challenge to
// a passkey, a secret to confirm. The secrets themselves are with the person.
type Token struct {
	Hash    []byte // of the token
	Purpose string
	Mail    string
	Account civic.AccountID
	Code    []byte // hash of what can be typed instead, nil without
	Browser []byte // hash of the nonce of the browser that asked, nil for any
	Data    []byte // JSON
	Created int64
	Expires int64
	Tries   int
	Used    int64 // 0: not yet
}

const tokenColumns = "hash, purpose, mail, account, code, browser, data, created, expires, tries, used"

func scanToken(row interface{ Scan(...any) error }) (t Token, ok bool, err error) {
	err = row.Scan(&t.Hash, &t.Purpose, &t.Mail, &t.Account, &t.Code, &t.Browser, &t.Data, &t.Created, &t.Expires, &t.Tries, &t.Used)
	if errors.Is(err, sql.ErrNoRows) {
		return Token{}, false, nil
	}
	return t, err == nil, err
}

const (
	tokenByHash    = "SELECT " + tokenColumns + " FROM token WHERE hash = $1 AND purpose = $2"
	tokenByBrowser = "SELECT " + tokenColumns + " FROM token WHERE browser = $1 AND purpose = $2 ORDER BY created DESC, expires DESC LIMIT 1"
)

// Token returns a token by its hash; ok is false when there is none.
func (s *Store) Token(ctx context.Context, purpose string, hash []byte) (t Token, ok bool, err error) {
	t, ok, err = scanToken(s.reader.QueryRowContext(ctx, tokenByHash, hash, purpose))
	return t, ok, s.friendly("read a token", err)
}

// TokenOfBrowser returns the newest token that a browser asked for.
func (s *Store) TokenOfBrowser(ctx context.Context, purpose string, browser []byte) (t Token, ok bool, err error) {
	t, ok, err = scanToken(s.reader.QueryRowContext(ctx, tokenByBrowser, browser, purpose))
	return t, ok, s.friendly("read a token", err)
}

// TokensSince counts the tokens of a purpose that were made for a mail address
// since a time.
func (s *Store) TokensSince(ctx context.Context, purpose, mail string, since int64) (n int, err error) {
	err = s.reader.QueryRowContext(ctx, "SELECT count(*) FROM token WHERE mail = $1 AND created > $2 AND purpose = $3", mail, since, purpose).Scan(&n)
	return n, s.friendly("count tokens", err)
}

// Token is Store.Token within the transaction.
func (h *House) Token(purpose string, hash []byte) (Token, bool, error) {
	return scanToken(h.raw.QueryRowContext(h.ctx, tokenByHash, hash, purpose))
}

// TokenOfBrowser is Store.TokenOfBrowser within the transaction.
func (h *House) TokenOfBrowser(purpose string, browser []byte) (Token, bool, error) {
	return scanToken(h.raw.QueryRowContext(h.ctx, tokenByBrowser, browser, purpose))
}

// AddToken keeps a new token.
func (h *House) AddToken(t Token) error {
	for _, b := range []*[]byte{&t.Code, &t.Browser, &t.Data} {
		if *b == nil {
			*b = []byte{}
		}
	}
	_, err := h.exec("INSERT INTO token ("+tokenColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		t.Hash, t.Purpose, t.Mail, string(t.Account), t.Code, t.Browser, t.Data, t.Created, t.Expires, t.Tries, t.Used)
	return err
}

// TakeToken uses a token up. Of several who try at once one is told true.
func (h *House) TakeToken(hash []byte, at int64) (bool, error) {
	n, err := h.exec("UPDATE token SET used = $2 WHERE hash = $1 AND used = 0", hash, at)
	return n == 1, err
}

// TryToken counts an attempt, and reports whether it was one of the first most.
func (h *House) TryToken(hash []byte, most int) (bool, error) {
	n, err := h.exec("UPDATE token SET tries = tries + 1 WHERE hash = $1 AND used = 0 AND tries < $2", hash, most)
	return n == 1, err
}

// DropToken removes a token.
func (h *House) DropToken(hash []byte) error {
	_, err := h.exec("DELETE FROM token WHERE hash = $1", hash)
	return err
}

// DropTokens removes all tokens of a purpose, those of an account when it is not "".
func (h *House) DropTokens(purpose string, account civic.AccountID) error {
	_, err := h.exec("DELETE FROM token WHERE purpose = $1 AND (account = $2 OR $2 = '')", purpose, string(account))
	return err
}

// SweepAccounts removes what nobody can use any more: tokens that ended before
// tokens, sessions that were not seen since sessions, and what is left of mails
// that were done before mails (microseconds).
func (h *House) SweepAccounts(tokens, sessions, mails int64) error {
	for _, sweep := range []struct {
		statement string
		before    int64
	}{
		{"DELETE FROM token WHERE expires < $1", tokens},
		{"DELETE FROM session WHERE seen < $1", sessions},
		{"DELETE FROM mail_queue WHERE done <> 0 AND done < $1", mails},
	} {
		if _, err := h.exec(sweep.statement, sweep.before); err != nil {
			return err
		}
	}
	return nil
}
