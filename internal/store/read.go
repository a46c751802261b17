package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"avow/internal/civic"
	"avow/internal/ledger"
)

// querier is the pool of readers, one connection, or an open transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// Head is the state of the record.
type Head struct {
	Origin string // the log's name
	Size   int64
	Root   [32]byte
	Newest int64 // time of the last entry in microseconds, 0 when there is none
}

// Head returns the state of the record. It reads one row.
func (s *Store) Head(ctx context.Context) (Head, error) {
	h, err := head(ctx, s.reader)
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, errBadRoot) {
		return Head{}, s.unavailable(KeyDamaged, err)
	}
	return h, s.friendly("read the head of the log", err)
}

var errBadRoot = errors.New("the root in the log's head has not 32 bytes")

func head(ctx context.Context, q querier) (Head, error) {
	var h Head
	var root []byte
	if err := q.QueryRowContext(ctx, "SELECT origin, size, root, newest FROM log").Scan(&h.Origin, &h.Size, &root, &h.Newest); err != nil {
		return Head{}, err
	}
	if len(root) != len(h.Root) {
		return Head{}, errBadRoot
	}
	h.Root = [32]byte(root)
	return h, nil
}

// Version is one state of a subject, as the record holds it. Everything but Salt
// and Body comes from the ledger's leaf.
type Version struct {
	Entry   int64
	Kind    civic.Kind
	ID      string
	Number  int   // from 1
	At      int64 // microseconds since 1970 UTC
	Actor   civic.Actor
	Verb    string
	Edition civic.Edition
	Body    []byte // canonical JSON of the subject, nil when erased
	Salt    []byte
	Erased  bool
}

const versionColumns = "v.entry, l.leaf, v.salt, v.body"

// scanVersion reads versionColumns.
func scanVersion(rows interface{ Scan(...any) error }) (Version, error) {
	var v Version
	var leaf []byte
	if err := rows.Scan(&v.Entry, &leaf, &v.Salt, &v.Body); err != nil {
		return Version{}, err
	}
	l, err := ledger.DecodeLeaf(leaf)
	if err != nil {
		return Version{}, fmt.Errorf("entry %d: %w", v.Entry, err)
	}
	v.Kind, v.ID, v.Number, v.At = civic.Kind(l.Kind), l.ID, l.Number, l.At
	v.Actor, v.Verb, v.Edition = civic.Actor(l.Actor), l.Verb, civic.Edition(l.Edition)
	v.Erased = v.Body == nil
	return v, nil
}

// each runs fn on every version that a query over versionColumns gives.
func each(ctx context.Context, q querier, fn func(Version) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scanVersion(rows)
		if err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

const newestFrom = " FROM subject s JOIN version v ON v.entry = s.entry JOIN ledger_entry l ON l.idx = s.entry"

// Newest returns the newest version of a subject, or a *civic.Error of kind NotFound.
func (s *Store) Newest(ctx context.Context, kind civic.Kind, id string) (Version, error) {
	return s.newest(ctx, s.reader, kind, id)
}

func (s *Store) newest(ctx context.Context, q querier, kind civic.Kind, id string) (Version, error) {
	v, err := scanVersion(q.QueryRowContext(ctx, "SELECT "+versionColumns+newestFrom+" WHERE s.id = $1 AND s.kind = $2", id, string(kind)))
	if errors.Is(err, sql.ErrNoRows) {
		return Version{}, notFound(kind, id)
	}
	return v, s.friendly("read "+string(kind)+" "+id, err)
}

// NewestOf returns the newest versions of the subjects that exist, by ID.
func (s *Store) NewestOf(ctx context.Context, kind civic.Kind, ids []string) (map[string]Version, error) {
	out := make(map[string]Version, len(ids))
	if len(ids) == 0 {
		return out, nil
	}
	// An ID stands for one subject whatever its kind. Asked for both, SQLite would
	// read all subjects of the kind.
	err := each(ctx, s.reader, func(v Version) error {
		if v.Kind == kind {
			out[v.ID] = v
		}
		return nil
	}, "SELECT "+versionColumns+newestFrom+" WHERE s.id IN "+s.dialect.in("$1"), jsonList(ids))
	return out, s.friendly("read several of kind "+string(kind), err)
}

// Versions returns every version of a subject, oldest first, or a *civic.Error
// of kind NotFound when there is none.
func (s *Store) Versions(ctx context.Context, kind civic.Kind, id string) ([]Version, error) {
	var out []Version
	err := each(ctx, s.reader, func(v Version) error { out = append(out, v); return nil },
		"SELECT "+versionColumns+" FROM subject s JOIN version v ON v.ord = s.ord JOIN ledger_entry l ON l.idx = v.entry"+
			" WHERE s.id = $1 AND s.kind = $2 ORDER BY v.number", id, string(kind))
	if err == nil && len(out) == 0 {
		return nil, notFound(kind, id)
	}
	return out, s.friendly("read the versions of "+string(kind)+" "+id, err)
}

// Belonging returns the newest versions of a kind's subjects that belong to a
// target in a role, in the order of their creation. Erased ones have no body.
func (s *Store) Belonging(ctx context.Context, kind civic.Kind, role, target string) ([]Version, error) {
	var out []Version
	err := each(ctx, s.reader, func(v Version) error {
		if v.Kind == kind {
			out = append(out, v)
		}
		return nil
	}, "SELECT "+versionColumns+" FROM belonging b JOIN subject s ON s.ord = b.ord JOIN version v ON v.entry = s.entry"+
		" JOIN ledger_entry l ON l.idx = s.entry WHERE b.target = $1 AND b.role = $2 ORDER BY b.ord", target, role)
	return out, s.friendly("read each "+string(kind)+" of "+role+" "+target, err)
}

// Entries returns the versions of the record's entries from one on, at most limit,
// in the order of the record: what a follower of the record has not seen yet.
func (s *Store) Entries(ctx context.Context, from int64, limit int) ([]Version, error) {
	var out []Version
	err := each(ctx, s.reader, func(v Version) error { out = append(out, v); return nil },
		"SELECT "+versionColumns+" FROM version v JOIN ledger_entry l ON l.idx = v.entry WHERE v.entry >= $1 ORDER BY v.entry LIMIT $2", from, limit)
	return out, s.friendly("read entries of the record", err)
}

// EachVersion streams every version of every subject of a kind from an entry on, in
// the order of the record.
func (s *Store) EachVersion(ctx context.Context, kind civic.Kind, from int64, fn func(Version) error) error {
	return s.stream("read all versions of kind "+string(kind), func(wrapped *error) error {
		return each(ctx, s.reader, func(v Version) error { *wrapped = fn(v); return *wrapped },
			"SELECT "+versionColumns+" FROM version v JOIN subject s ON s.ord = v.ord JOIN ledger_entry l ON l.idx = v.entry"+
				" WHERE s.kind = $1 AND v.entry >= $2 ORDER BY v.entry", string(kind), from)
	})
}

// EachNewest streams the newest version of every subject of a kind in the order
// of their creation. It shows one state of the record, needs constant memory,
// and holds a connection: fn should leave the store alone.
func (s *Store) EachNewest(ctx context.Context, kind civic.Kind, fn func(Version) error) error {
	return s.EachChanged(ctx, kind, -1, fn)
}

// EachChanged is EachNewest for the subjects with an entry above since.
func (s *Store) EachChanged(ctx context.Context, kind civic.Kind, since int64, fn func(Version) error) error {
	query := "SELECT " + versionColumns + newestFrom + " WHERE s.kind = $1 ORDER BY s.ord"
	args := []any{string(kind)}
	if since >= 0 {
		query = "SELECT " + versionColumns + " FROM version v JOIN subject s ON s.ord = v.ord AND s.entry = v.entry" +
			" JOIN ledger_entry l ON l.idx = v.entry WHERE s.kind = $1 AND v.entry > $2 ORDER BY s.ord"
		args = append(args, since)
	}
	return s.stream("read all of kind "+string(kind), func(wrapped *error) error {
		return each(ctx, s.reader, func(v Version) error { *wrapped = fn(v); return *wrapped }, query, args...)
	})
}

// stream runs a query with a callback; the callback's own error comes back as it is.
func (s *Store) stream(doing string, run func(callback *error) error) error {
	var callback error
	err := run(&callback)
	if callback != nil {
		return callback
	}
	return s.friendly(doing, err)
}

// hashes reads the stored tree hashes of some entries.
func (s *Store) hashes(ctx context.Context, q querier, entries []int64) (map[int64][]byte, error) {
	list, err := json.Marshal(entries)
	if err != nil {
		return nil, err
	}
	rows, err := q.QueryContext(ctx, "SELECT idx, hashes FROM ledger_entry WHERE idx IN "+s.dialect.inNumbers("$1"), string(list))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make(map[int64][]byte, len(entries))
	for rows.Next() {
		var idx int64
		var packed []byte
		if err := rows.Scan(&idx, &packed); err != nil {
			return nil, err
		}
		out[idx] = packed
	}
	return out, rows.Err()
}

// jsonList writes a list parameter (see dialect.in).
func jsonList(texts []string) string {
	if texts == nil {
		texts = []string{} // not null: a list parameter is a list
	}
	b, err := json.Marshal(texts)
	if err != nil {
		return "[]" // texts always encode
	}
	return string(b)
}
