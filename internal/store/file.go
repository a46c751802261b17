package store

import (
	"context"
	"database/sql"
	"errors"

	"avow/internal/civic"
)

// KeepFile stores a file by its content. One that is there already is kept for
// another while.
func (h *House) KeepFile(f civic.File, content []byte, at int64) error {
	_, err := h.exec(`INSERT INTO file (sha256, size, type, kept, bytes) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (sha256) DO UPDATE SET kept = excluded.kept, type = excluded.type, size = excluded.size, bytes = excluded.bytes`,
		f.SHA256, f.Size, f.Type, at, content)
	return err
}

// TouchFile keeps a file for another while; it reports whether the file is there
// and somebody asked to keep it since a time.
func (h *House) TouchFile(sha256 string, since, at int64) (bool, error) {
	n, err := h.exec("UPDATE file SET kept = $3 WHERE sha256 = $1 AND kept >= $2", sha256, since, at)
	return n == 1, err
}

// SweepFiles deletes the files that nothing refers to and that nobody asked to
// keep since a time in microseconds. It returns how many.
func (h *House) SweepFiles(since int64) (int64, error) {
	return h.exec(`DELETE FROM file WHERE kept < $1 AND NOT EXISTS
		(SELECT 1 FROM belonging b WHERE b.target = file.sha256 AND b.role = 'file')`, since)
}

// File returns what is known of a file, without a name; else NotFound.
func (s *Store) File(ctx context.Context, sha256 string) (civic.File, error) {
	f := civic.File{SHA256: sha256}
	err := s.reader.QueryRowContext(ctx, "SELECT size, type FROM file WHERE sha256 = $1", sha256).Scan(&f.Size, &f.Type)
	if errors.Is(err, sql.ErrNoRows) {
		return f, &civic.Error{Kind: civic.NotFound, Key: KeyNoFile, Args: map[string]any{"Ref": sha256}}
	}
	return f, s.friendly("read a file", err)
}

// FileContent returns the bytes of a file; else NotFound.
func (s *Store) FileContent(ctx context.Context, sha256 string) ([]byte, error) {
	var content []byte
	err := s.reader.QueryRowContext(ctx, "SELECT bytes FROM file WHERE sha256 = $1", sha256).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &civic.Error{Kind: civic.NotFound, Key: KeyNoFile, Args: map[string]any{"Ref": sha256}}
	}
	return content, s.friendly("read a file", err)
}
