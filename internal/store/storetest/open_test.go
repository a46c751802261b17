package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

// refused opens a database that cannot be opened and returns the message key.
func refused(t *testing.T, o store.Options) string {
	t.Helper()
	s, err := store.Open(context.Background(), o)
	if err == nil {
		_ = s.Close()
		t.Errorf("%+v was opened", o)
		return ""
	}
	if civic.KindOf(err) != civic.Unavailable {
		t.Errorf("%+v gave %v", o, err)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the error tells the password: %v", err)
	}
	return keyOf(err)
}

func TestAFileThatIsNoDatabaseOfOursIsRefused(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database\n", 1000)), 0o644); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign")
	raw, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("CREATE TABLE recipes (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	for path, key := range map[string]string{
		dir: store.KeyNotADatabase, text: store.KeyNotADatabase, foreign: store.KeyNotADatabase, filepath.Join(text, "avow.db"): store.KeyReadOnlyDirectory,
	} {
		if got := refused(t, store.Options{Path: path}); got != key {
			t.Errorf("%s gave %s, want %s", filepath.Base(path), got, key)
		}
	}
	if got := refused(t, store.Options{Path: filepath.Join(dir, "none", "avow.db"), ReadOnly: true}); got != store.KeyNoDatabase {
		t.Errorf("no file gave %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); err == nil {
		t.Error("a look made a folder")
	}
}

func TestAServerThatCannotBeUsedIsNamed(t *testing.T) {
	db := Postgres(t)
	for address, key := range map[string]string{
		"postgres://avow:secret@127.0.0.1:1/avow?sslmode=disable":        store.KeyUnreachable,
		"postgres://avow:secret@host.invalid:5432/avow?sslmode=disable":  store.KeyUnreachable,
		strings.Replace(db.Options.URL, "avow:avow@", "avow:secret@", 1): store.KeyAccessDenied,
		strings.Replace(db.Options.URL, "/avow_test_", "/avow_none_", 1): store.KeyNoDatabase,
		"postgres://avow:secret@127.0.0.1:x/avow":                        store.KeyBadAddress,
	} {
		if got := refused(t, store.Options{URL: address}); got != key {
			t.Errorf("%s gave %s, want %s", address, got, key)
		}
	}
	if got := refused(t, store.Options{URL: db.Options.URL, ReadOnly: true}); got != store.KeyNoDatabase {
		t.Errorf("an empty database opened for reading gave %s", got)
	}
}

func TestADatabaseOfANewerProgramIsRefused(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s := db.Open(t)
		raw := db.Raw(t)
		if _, err := raw.Exec("UPDATE log SET derivation = 1000"); err != nil {
			t.Fatal(err)
		}
		if got := refused(t, db.Options); got != store.KeyNewerVersion {
			t.Errorf("newer derived tables gave %s", got)
		}
		if _, err := raw.Exec("INSERT INTO schema_version (version_id, is_applied) VALUES (1000, true)"); err != nil {
			t.Fatal(err)
		}
		for _, readOnly := range []bool{false, true} {
			o := db.Options
			o.ReadOnly = readOnly
			if got := refused(t, o); got != store.KeyNewerVersion {
				t.Errorf("a newer schema gave %s", got)
			}
		}
		_ = s
	})
}

func TestADatabaseOpenedForReadingIsNotWritten(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		_ = s
		o := db
		o.Options.ReadOnly = true
		looking := o.Open(t)
		if r := verify(t, looking, c); !r.OK() {
			t.Errorf("the report is %+v", r)
		}
		err := looking.Write(context.Background(), func(*store.Tx) error { t.Error("it was opened for writing"); return nil })
		if keyOf(err) != store.KeyReadOnly {
			t.Errorf("a write gave %v", err)
		}
	})
}

func TestDerivedTablesOfAnOlderProgramAreComputedAgain(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		raw := db.Raw(t)
		for _, change := range []string{
			"UPDATE log SET derivation = 0", "UPDATE commitment SET title_key = 'old'", "DELETE FROM commitment_plan", "UPDATE search SET body = 'old'",
			"DELETE FROM member", "UPDATE plan SET slug_key = 'old'",
		} {
			if _, err := raw.Exec(change); err != nil {
				t.Fatal(err)
			}
		}
		o := db.Options
		o.ReadOnly = true
		if got := refused(t, o); got != store.KeyOlderVersion {
			t.Errorf("opened for reading it gave %s", got)
		}
		if r := verify(t, db.Open(t), c); !r.OK() {
			t.Errorf("the report is %+v", r)
		}
	})
}

func TestEachLogHasANameOfItsOwnThatStays(t *testing.T) {
	names := map[string]bool{}
	Each(t, func(t *testing.T, db Database) {
		for range 2 {
			h, err := db.Open(t).Head(context.Background())
			if err != nil || len(h.Origin) != len("avow/")+16 {
				t.Fatalf("the head is %+v, %v", h, err)
			}
			names[h.Origin] = true
		}
		if h, _ := db.another(t).Open(t).Head(context.Background()); names[h.Origin] {
			t.Errorf("%s names two logs", h.Origin)
		}
	})
	if len(names) > 2 {
		t.Errorf("two databases have the names %v", names)
	}
}

func TestSeveralProcessesMayMakeTheDatabaseAtOnce(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		errs := make(chan error)
		for range 4 {
			go func() {
				s, err := store.Open(context.Background(), db.Options)
				if err == nil {
					err = s.Close()
				}
				errs <- err
			}()
		}
		for range 4 {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestBothDatabasesHaveTheSameTables(t *testing.T) {
	columnsOf := func(db Database, query string) (names []string) {
		db.Open(t)
		rows, err := db.Raw(t).Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				t.Fatal(err)
			}
			if table != "schema_version" && !strings.HasPrefix(table, "sqlite_") && !strings.HasPrefix(table, "search") {
				names = append(names, table+"."+column)
			}
		}
		slices.Sort(names)
		return names
	}
	lite := columnsOf(SQLite(t), "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'")
	pg := columnsOf(Postgres(t), "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()")
	if fmt.Sprint(lite) != fmt.Sprint(pg) || len(lite) < 40 {
		t.Errorf("SQLite has %v, PostgreSQL has %v", lite, pg)
	}
}
