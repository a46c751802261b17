// Package storetest gives tests a database of their own, on every engine that
// the program supports, and holds the conformance suite that both must pass.
//
// It is for tests only. PostgreSQL is taken from AVOW_TEST_DATABASE_URL (see
// scripts/postgres); without it these tests are skipped, but with CI=true they fail.
package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/store"
)

// AddressVariable names the PostgreSQL server for tests.
const AddressVariable = "AVOW_TEST_DATABASE_URL"

// Database is an empty database of one test.
type Database struct {
	Name    string // "sqlite" or "postgres"
	Options store.Options
}

// Each runs a test once on each engine, each time with an empty database.
func Each(t *testing.T, run func(t *testing.T, db Database)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, Postgres(t)) })
}

// EachStore is Each with the database opened.
func EachStore(t *testing.T, run func(t *testing.T, s *store.Store)) {
	t.Helper()
	Each(t, func(t *testing.T, db Database) { run(t, db.Open(t)) })
}

// SQLite names a file that does not exist yet.
func SQLite(t testing.TB) Database {
	return Database{Name: "sqlite", Options: store.Options{Path: filepath.Join(t.TempDir(), "avow.db")}}
}

// Postgres makes an empty database and drops it after the test.
func Postgres(t testing.TB) Database {
	t.Helper()
	address := os.Getenv(AddressVariable)
	if address == "" {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not set; run: export %s=$(scripts/postgres start)", AddressVariable, AddressVariable)
		}
		t.Skipf("%s is not set; run: export %s=$(scripts/postgres start)", AddressVariable, AddressVariable)
	}
	name, at, err := createDatabase(address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := dropDatabase(address, name); err != nil {
			t.Error(err)
		}
	})
	return Database{Name: "postgres", Options: store.Options{URL: at}}
}

// Open opens the database and closes it after the test.
func (db Database) Open(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), db.Options)
	if err != nil {
		t.Fatalf("open %s: %v", db.Name, err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close %s: %v", db.Name, err)
		}
	})
	return s
}

// Raw opens the database past the store, as somebody would who wants to change
// it unseen: one connection, constraints off.
func (db Database) Raw(t testing.TB) *sql.DB {
	t.Helper()
	driver, address := "pgx", db.Options.URL
	if db.Options.Path != "" {
		driver, address = "sqlite", "file:"+db.Options.Path+"?_pragma=foreign_keys(0)&_pragma=busy_timeout(5000)&_pragma=ignore_check_constraints(1)"
	}
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	raw.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = raw.Close() })
	if driver == "pgx" {
		if _, err := raw.Exec("SET session_replication_role = replica"); err != nil {
			t.Fatal(fmt.Errorf("turn triggers off: %w", err))
		}
	}
	return raw
}
