package store

import (
	"context"
	"strings"

	"avow/internal/civic"
)

// ListedAccount is an account as a list of all shows it.
type ListedAccount struct {
	Account
	Passkeys int
}

// Accounts lists up to most accounts whose mail address contains a text, by address.
func (s *Store) Accounts(ctx context.Context, part string, most int) ([]ListedAccount, error) {
	like := "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(part) + "%"
	rows, err := s.reader.QueryContext(ctx, "SELECT "+accountColumns+", (SELECT count(*) FROM passkey WHERE passkey.account = account.id) FROM account WHERE mail LIKE $1 ESCAPE '\\' ORDER BY mail LIMIT $2",
		like, most)
	if err != nil {
		return nil, s.friendly("read accounts", err)
	}
	defer rows.Close()
	var out []ListedAccount
	for rows.Next() {
		var l ListedAccount
		var blocked int64
		if err := rows.Scan(&l.ID, &l.Mail, &l.Name, &l.Lang, &l.Created, &l.TOTP, &l.TOTPStep, &blocked, &l.Passkeys); err != nil {
			return nil, s.friendly("read accounts", err)
		}
		l.Blocked = blocked != 0
		out = append(out, l)
	}
	return out, s.friendly("read accounts", rows.Err())
}

// EraseAccount forgets everything that is known of a person, mails that wait for
// them, and which testimonies and contributions are theirs. What the public record
// and the drafts of plans say under the account's ID stays.
func (h *House) EraseAccount(id civic.AccountID) error {
	a, err := scanAccount(h.raw.QueryRowContext(h.ctx, "SELECT "+accountColumns+" FROM account WHERE id = $1", string(id)))
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM recovery WHERE account = $1", "DELETE FROM passkey WHERE account = $1", "DELETE FROM identity WHERE account = $1",
		"DELETE FROM session WHERE account = $1", "DELETE FROM api_token WHERE account = $1", "DELETE FROM token WHERE account = $1",
		"DELETE FROM unreminded WHERE account = $1", "DELETE FROM authored WHERE account = $1", "DELETE FROM account WHERE id = $1",
	} {
		if _, err := h.exec(statement, string(id)); err != nil {
			return err
		}
	}
	for _, statement := range []string{"DELETE FROM token WHERE mail = $1", "DELETE FROM mail_queue WHERE address = $1 AND done = 0"} {
		if _, err := h.exec(statement, a.Mail); err != nil {
			return err
		}
	}
	return nil
}
