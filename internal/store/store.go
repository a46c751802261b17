package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"io"
)

// Options says which database to open: URL for PostgreSQL, else Path for SQLite.
type Options struct {
	Path     string    // the SQLite file; it is made when it does not exist
	URL      string    // postgres://…
	ReadOnly bool      // never writes, not even to bring the schema up to date
	Random   io.Reader // for salts and the log's name; crypto/rand when nil
}

// Store is an open database. All its methods may be called from many goroutines.
type Store struct {
	writer *sql.DB
	reader *sql.DB
	dialect
	random io.Reader
	turn   chan struct{} // held by the goroutine that writes
}

// Open opens the database, makes it when there is none, and brings its schema up
// to date. What a person can mend comes back as a *civic.Error of kind
// Unavailable whose key is one of Keys.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	return nil, errNotYet
}

// Close waits for open statements and closes the database.
func (s *Store) Close() error { return nil }
