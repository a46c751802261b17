package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"avow/internal/civic"
	"avow/internal/ledger"
)

// Options says which database to open: URL for PostgreSQL, else Path for SQLite.
type Options struct {
	Path     string        // the SQLite file; it and its folder are made when they do not exist
	URL      string        // postgres://…
	ReadOnly bool          // never writes, not even to bring the schema up to date
	Random   io.Reader     // for salts and the log's name; crypto/rand when nil
	Patience time.Duration // how long a write waits for the one before it; 5 s when 0
}

// Store is an open database. All its methods may be called from many goroutines.
type Store struct {
	writer   *sql.DB // the same as reader on PostgreSQL, nil when read-only
	reader   *pool
	dialect  dialect
	random   io.Reader
	place    string        // for messages: the file, or host and database
	turn     chan struct{} // held by the goroutine that writes
	patience time.Duration
	embedded bool
}

// Embedded reports whether the database is a file of this machine (SQLite).
func (s *Store) Embedded() bool { return s.embedded }

// Open opens the database, makes it when there is none, and brings its schema and
// its derived tables up to date. What a person can mend comes back as a
// *civic.Error of kind Unavailable whose key is one of Keys.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	s := &Store{random: o.Random, turn: make(chan struct{}, 1), patience: o.Patience}
	open := s.openSQLite
	if o.URL != "" {
		open = s.openPostgres
	}
	err := open(ctx, o)
	if err == nil {
		err = s.begin(ctx, o)
	}
	if err != nil {
		return nil, errors.Join(s.friendly("open the database", err), s.Close())
	}
	return s, nil
}

// begin checks that this program can work with the database's content.
func (s *Store) begin(ctx context.Context, o Options) error {
	state, err := readSchema(ctx, s.reader.DB, s.dialect)
	if err != nil {
		return err
	}
	switch {
	case state == schemaNewer:
		return s.unavailable(KeyNewerVersion, nil)
	case state == schemaCurrent:
	case o.ReadOnly && state == schemaEmpty:
		return s.unavailable(KeyNoDatabase, nil)
	case o.ReadOnly:
		return s.unavailable(KeyOlderVersion, nil)
	default:
		if err := s.migrate(ctx); err != nil {
			return err
		}
	}
	return s.beginLog(ctx, o.ReadOnly)
}

// migrate runs the migrations. Another process may do the same to a SQLite file
// at the same time: the one that comes second finds the work done.
func (s *Store) migrate(ctx context.Context) error {
	err := migrate(ctx, s.writer, s.dialect)
	if err == nil {
		return nil
	}
	if state, stateErr := readSchema(ctx, s.reader.DB, s.dialect); stateErr == nil && state == schemaCurrent {
		return nil
	}
	return err
}

// beginLog gives a new database its log, and recomputes the derived tables when
// another version of this program derived them.
func (s *Store) beginLog(ctx context.Context, readOnly bool) error {
	var derived, entries int64
	err := s.reader.QueryRowContext(ctx, "SELECT derivation FROM log").Scan(&derived)
	if errors.Is(err, sql.ErrNoRows) {
		if err := s.reader.QueryRowContext(ctx, "SELECT count(*) FROM ledger_entry").Scan(&entries); err != nil {
			return err
		}
	}
	switch {
	case errors.Is(err, sql.ErrNoRows) && entries > 0 && readOnly:
		return nil // Verify will say that the head is missing
	case errors.Is(err, sql.ErrNoRows) && entries > 0:
		return s.unavailable(KeyDamaged, nil) // a second name would make it another log
	case errors.Is(err, sql.ErrNoRows) && !readOnly:
		id, err := civic.NewID(0, s.random)
		if err != nil {
			return fmt.Errorf("name the log: %w", err)
		}
		// The first ten characters hold the time, which is 0: only the others are random.
		_, err = s.writer.ExecContext(ctx, `INSERT INTO log (one, origin, size, root, newest, derivation)
			VALUES (1, $1, 0, $2, 0, $3) ON CONFLICT (one) DO NOTHING`, "avow/"+id[10:], ledger.EmptyRoot[:], derivation)
		return err
	case errors.Is(err, sql.ErrNoRows):
		return s.unavailable(KeyNoDatabase, nil)
	case err != nil:
		return err
	case derived > derivation:
		return s.unavailable(KeyNewerVersion, nil)
	case derived < derivation && readOnly:
		return s.unavailable(KeyOlderVersion, nil)
	case derived < derivation:
		return s.rebuild(ctx)
	}
	return nil
}

// Close waits for open statements and closes the database.
func (s *Store) Close() error {
	var errs []error
	if s.reader != nil && s.reader.DB != s.writer {
		errs = append(errs, s.reader.Close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.Close())
	}
	return errors.Join(errs...)
}

// isDirectory reports whether path is an existing directory.
func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
