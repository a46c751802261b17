package webtest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
	"avow/internal/store"
)

// Load is a file to import.
type Load struct{ Format, File string }

// Noon is the time at which everything in a test happens.
var Noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// App returns the use cases over an empty database of the test's own, with the
// files imported in their order.
func App(t testing.TB, loads ...Load) *app.App {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "avow.db")})
	if err != nil {
		t.Fatalf("open the database: %v", err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	a := app.New(st, app.Options{Now: func() time.Time { return Noon }})
	for _, l := range loads {
		data, err := os.ReadFile(l.File)
		if err != nil {
			t.Fatalf("read %s: %v", l.File, err)
		}
		in := interchange.BytesInput(filepath.Base(l.File), data)
		if _, err := a.Import(ctx, civic.LocalOperator, app.ImportRequest{Format: l.Format, Inputs: []interchange.Input{in}}); err != nil {
			t.Fatalf("import %s: %v", l.File, err)
		}
	}
	return a
}

// Demo returns the use cases over a database with the demonstration data.
func Demo(t testing.TB) *app.App {
	t.Helper()
	a := App(t)
	for _, f := range demo.Files {
		in := interchange.BytesInput(f.Name, f.Data)
		if _, err := a.Import(context.Background(), civic.LocalOperator, app.ImportRequest{Format: f.Format, Inputs: []interchange.Input{in}}); err != nil {
			t.Fatalf("import %s: %v", f.Name, err)
		}
	}
	return a
}

// Shared is the path of a real table outside the project, seen from a package
// two folders down. Without the folder the test is skipped, except where
// CI=true promises it.
func Shared(t testing.TB, file string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", file)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("the shared data is missing: %v", err)
		}
		t.Skipf("needs the shared data: %v", err)
	}
	return path
}
