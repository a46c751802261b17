package store

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// versionTable is where goose notes which migrations were run.
const versionTable = "schema_version"

// words is the schema's folder with the words of one dialect filled in.
type words struct {
	fs.FS
	dialect dialect
}

// Open gives a migration as the dialect's SQL.
func (w words) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	raw, err := fs.ReadFile(w.FS, name)
	if err != nil {
		return nil, err
	}
	return filled{f, bytes.NewBufferString(w.dialect.fill(string(raw)))}, nil
}

// filled is a file whose content was replaced.
type filled struct {
	fs.File
	*bytes.Buffer
}

func (f filled) Read(p []byte) (int, error) { return f.Buffer.Read(p) }

// migrations returns goose's view of the schema.
func migrations(db *sql.DB, d dialect) (*goose.Provider, error) {
	sub, err := fs.Sub(schemaFiles, "schema")
	if err != nil {
		return nil, err
	}
	options := []goose.ProviderOption{
		goose.WithTableName(versionTable), goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true),
	}
	kind := goose.DialectSQLite3
	if !d.SQLite {
		kind = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	return goose.NewProvider(kind, db, words{sub, d}, options...)
}

// schemaState says how the database's schema relates to this program's.
type schemaState int

const (
	schemaEmpty schemaState = iota
	schemaOlder
	schemaCurrent
	schemaNewer
)

// readSchema compares the database's schema version with the newest one here.
// It changes nothing.
func readSchema(ctx context.Context, db *sql.DB, d dialect) (schemaState, error) {
	known, err := newestMigration()
	if err != nil {
		return schemaEmpty, err
	}
	exists := "SELECT count(*) FROM sqlite_schema WHERE name = '" + versionTable + "'"
	if !d.SQLite {
		exists = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '" + versionTable + "'"
	}
	var n int
	if err := db.QueryRowContext(ctx, exists).Scan(&n); err != nil || n == 0 {
		return schemaEmpty, err
	}
	var version sql.NullInt64
	if err := db.QueryRowContext(ctx, "SELECT max(version_id) FROM "+versionTable).Scan(&version); err != nil {
		return schemaEmpty, err
	}
	switch {
	case version.Int64 > known:
		return schemaNewer, nil
	case version.Int64 == known:
		return schemaCurrent, nil
	case version.Int64 == 0:
		return schemaEmpty, nil
	}
	return schemaOlder, nil
}

// newestMigration returns the highest version among the embedded files.
func newestMigration() (int64, error) {
	names, err := fs.Glob(schemaFiles, "schema/*.sql")
	if err != nil || len(names) == 0 {
		return 0, errors.Join(err, errors.New("no migrations are embedded"))
	}
	return goose.NumericComponent(names[len(names)-1])
}

// migrate brings the schema up to date.
func migrate(ctx context.Context, db *sql.DB, d dialect) error {
	provider, err := migrations(db, d)
	if err != nil {
		return fmt.Errorf("read migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("bring the schema up to date: %w", err)
	}
	return nil
}

// choice is a part of a migration that the databases have otherwise.
var choice = regexp.MustCompile(`(?s)\{\{- if \.SQLite\}\}(.*?)\{\{- else\}\}(.*?)\{\{- end\}\}`)

// fill puts the dialect's words into a migration. A word that is not known stays, and
// the database refuses it.
func (d dialect) fill(sql string) string {
	chosen := "$2"
	if d.SQLite {
		chosen = "$1"
	}
	return strings.NewReplacer("{{.Key}}", d.Key, "{{.Int}}", d.Int, "{{.Text}}", d.Text, "{{.Blob}}", d.Blob, "{{.Strict}}", d.Strict,
		"{{.ApplicationID}}", strconv.Itoa(d.ApplicationID)).Replace(choice.ReplaceAllString(sql, chosen))
}
