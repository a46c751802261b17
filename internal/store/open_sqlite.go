package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Pragmas take effect on every connection because they stand in its address.
// synchronous=FULL: what was acknowledged survives a power cut. Small caches and
// no memory map keep the process small however large the file is; the system
// caches the file anyway. The writer may use more while it works.
const (
	writerPragmas = "_txlock=immediate&_dqs=0&_defensive=1&_pragma=page_size(8192)&_pragma=journal_mode(WAL)" +
		"&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)&_pragma=cache_size(-65536)&_pragma=temp_store(MEMORY)" +
		"&_pragma=journal_size_limit(67108864)&_pragma=wal_autocheckpoint(4000)"
	readerPragmas = "_dqs=0&_defensive=1&_pragma=query_only(1)&_pragma=trusted_schema(0)&_pragma=cache_size(-4096)" +
		"&_pragma=temp_store(MEMORY)"
	maxReaders  = 16
	idleReaders = 8
)

// openSQLite opens one connection for the writer and a pool for readers.
func (s *Store) openSQLite(ctx context.Context, o Options) error {
	s.dialect, s.embedded, s.place = sqlite, true, o.Path
	path, err := filepath.Abs(o.Path)
	if err != nil {
		return fmt.Errorf("find %s: %w", o.Path, err)
	}
	if isDirectory(path) {
		return s.unavailable(KeyNotADatabase, nil)
	}
	if o.ReadOnly {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return s.unavailable(KeyNoDatabase, nil)
		}
		if err := s.connectReaders(path, "mode=ro&"+readerPragmas); err != nil {
			return err
		}
		err := s.checkFile(ctx)
		if err == nil || sqliteKey(err) != KeyReadOnlyDirectory || inUse(path) {
			return err
		}
		// A medium on which SQLite cannot make the companions it reads with.
		if err := s.reader.Close(); err != nil {
			return err
		}
		if err := s.connectReaders(path, "mode=ro&immutable=1&"+readerPragmas); err != nil {
			return err
		}
		return s.checkFile(ctx)
	}
	// For its owner alone: contacts of officials and the signing key will be in it.
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return s.unavailable(KeyReadOnlyDirectory, err)
	}
	if err := makeFile(path); err != nil {
		return s.unavailable(KeyReadOnlyDirectory, err)
	}
	if s.writer, err = s.connect(path, writerPragmas, 1, 1); err != nil {
		return err
	}
	// The first statement makes it a database; a reader could not.
	if err := s.writer.PingContext(ctx); err != nil {
		return err
	}
	if err := s.connectReaders(path, readerPragmas); err != nil {
		return err
	}
	return s.checkFile(ctx)
}

// inUse reports whether a process has the database open, or left changes that
// are not in the file yet.
func inUse(path string) bool {
	for _, companion := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(path + companion); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// makeFile makes an empty file for its owner alone where there is none: SQLite
// would make one that everybody can read. Its companions (-wal, -shm) get the
// same mode. A file that is there keeps its mode.
func makeFile(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil // what else is wrong SQLite says
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// connect names a SQLite file and how to open it.
func (s *Store) connect(path, parameters string, open, idle int) (*sql.DB, error) {
	parameters = fmt.Sprintf("_busy_timeout=%d&%s", s.patience.Milliseconds(), parameters)
	path = "/" + strings.TrimPrefix(filepath.ToSlash(path), "/") // "/C:/avow.db" where disks have letters
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: path, RawQuery: parameters}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(open)
	db.SetMaxIdleConns(idle)
	return db, nil
}

func (s *Store) connectReaders(path, parameters string) error {
	db, err := s.connect(path, parameters, maxReaders, idleReaders)
	if err != nil {
		return err
	}
	s.reader = newPool(db, true)
	return nil
}

// checkFile refuses a file that holds something else.
func (s *Store) checkFile(ctx context.Context) error {
	var id, tables int
	if err := s.reader.QueryRowContext(ctx, "PRAGMA application_id").Scan(&id); err != nil {
		return err
	}
	if id == applicationID {
		return nil
	}
	const others = "SELECT count(*) FROM sqlite_schema WHERE name NOT IN ('" + versionTable + "', 'sqlite_sequence')"
	if err := s.reader.QueryRowContext(ctx, others).Scan(&tables); err != nil {
		return err
	}
	if tables > 0 {
		return s.unavailable(KeyNotADatabase, nil)
	}
	return nil
}
