package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"avow/internal/civic"
)

// checkFiles holds every file that a subject refers to against its hash. A file
// is read once, however many subjects refer to it.
func (v *verification) checkFiles() error {
	type reference struct {
		sha, id, kind string
		entry         int64
	}
	rows, err := v.q.QueryContext(v.ctx, `SELECT b.target, s.id, s.kind, s.entry FROM belonging b JOIN subject s ON s.ord = b.ord
		WHERE b.role = '`+civic.OfFile+`' ORDER BY b.target, b.ord`)
	if err != nil {
		return fmt.Errorf("read what refers to files: %w", err)
	}
	defer rows.Close()
	var all []reference
	for rows.Next() {
		var r reference
		if err := rows.Scan(&r.sha, &r.id, &r.kind, &r.entry); err != nil {
			return fmt.Errorf("read what refers to files: %w", err)
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read what refers to files: %w", err)
	}
	column, key := "", ""
	for i, r := range all {
		if i == 0 || r.sha != all[i-1].sha {
			if column, key, err = v.checkFile(r.sha); err != nil {
				return err
			}
		}
		if key != "" {
			v.report(Problem{Entry: r.entry, Kind: r.kind, Subject: r.id, Table: "file", Column: column, Key: key, Args: map[string]any{"File": r.sha}})
		}
	}
	return nil
}

// checkFile returns what is wrong with a file, "" when nothing is.
func (v *verification) checkFile(sha string) (column, key string, err error) {
	var size int64
	var content []byte
	err = v.q.QueryRowContext(v.ctx, "SELECT size, bytes FROM file WHERE sha256 = $1", sha).Scan(&size, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return "sha256", ProblemFileMissing, nil
	}
	if err != nil {
		return "", "", fmt.Errorf("read the file %s: %w", sha, err)
	}
	sum := sha256.Sum256(content)
	switch {
	case hex.EncodeToString(sum[:]) != sha:
		return "bytes", ProblemFileChanged, nil
	case size != int64(len(content)):
		return "size", ProblemFileChanged, nil
	}
	return "", "", nil
}
