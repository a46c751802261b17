package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

// Template is a filled database that tests take copies of. It outlives the test
// that filled it: TestMain drops it at the end.
type Template struct {
	name   string
	folder string // of the copy's original, SQLite
	server string // address, PostgreSQL
	base   string
}

// NewTemplate fills an empty database of the engine ("sqlite", "postgres") and
// closes it. With from, it begins as a copy of that template.
func NewTemplate(engine string, from *Template, fill func(*store.Store) error) (*Template, error) {
	t := &Template{name: engine}
	var o store.Options
	var err error
	if engine == "sqlite" {
		if t.folder, err = os.MkdirTemp("", "avow-template"); err != nil {
			return nil, err
		}
		o.Path = filepath.Join(t.folder, "avow.db")
		if from != nil {
			err = copyFile(filepath.Join(from.folder, "avow.db"), o.Path)
		}
	} else {
		t.server = os.Getenv(AddressVariable)
		base := ""
		if from != nil {
			base = from.base
		}
		t.base, o.URL, err = createDatabase(t.server, base)
	}
	if err != nil {
		return nil, err
	}
	s, err := store.Open(context.Background(), o)
	if err != nil {
		return nil, fmt.Errorf("open a template: %w", err)
	}
	if err := fill(s); err != nil {
		_ = s.Close()
		return nil, err
	}
	return t, s.Close()
}

// Copy gives a test a database of its own with what the template holds.
func (t *Template) Copy(tb testing.TB) Database {
	tb.Helper()
	if t.name == "sqlite" {
		db := SQLite(tb)
		if err := copyFile(filepath.Join(t.folder, "avow.db"), db.Options.Path); err != nil {
			tb.Fatal(err)
		}
		return db
	}
	base, address, err := createDatabase(t.server, t.base)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := dropDatabase(t.server, base); err != nil {
			tb.Error(err)
		}
	})
	return Database{Name: t.name, Options: store.Options{URL: address}}
}

// Drop removes the template.
func (t *Template) Drop() error {
	if t.name == "sqlite" {
		return os.RemoveAll(t.folder)
	}
	return dropDatabase(t.server, t.base)
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// createDatabase makes a database, as a copy of another when template is not "".
func createDatabase(address, template string) (name, at string, err error) {
	id, err := civic.NewID(0, randomBytes{})
	if err != nil {
		return "", "", err
	}
	name = "avow_test_" + id[10:]
	statement := "CREATE DATABASE " + name
	if template != "" {
		statement += " TEMPLATE " + template
	}
	if err := onServer(address, statement); err != nil {
		return "", "", fmt.Errorf("create a database: %w", err)
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", "", err
	}
	u.Path = "/" + name
	return name, u.String(), nil
}

func dropDatabase(address, name string) error {
	if err := onServer(address, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop the database: %w", err)
	}
	return nil
}

func onServer(address, statement string) error {
	server, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	defer server.Close()
	_, err = server.Exec(statement)
	return err
}
