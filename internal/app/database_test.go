package app

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// shared is the folder of public tables beside the project.
const shared = "../../../shared/data"

// The tables, by short names.
const (
	table2015 = "ogp/commitments-2015.csv"
	table2017 = "ogp/commitments-2017.csv"
	table2024 = "ogp/commitments-2024.csv"
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, h := range holdings {
		if h.template != nil {
			if err := h.template.Drop(); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 1
			}
		}
	}
	os.Exit(code)
}

// each runs a test once on each engine, each time with an empty record.
func each(t *testing.T, run func(t *testing.T, a *App)) {
	t.Helper()
	storetest.EachStore(t, func(t *testing.T, s *store.Store) { run(t, appOver(s)) })
}

// eachEngine runs a test once for each engine.
func eachEngine(t *testing.T, run func(t *testing.T, engine string)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db storetest.Database) { run(t, db.Name) })
}

// newTestApp opens an empty record of its own on SQLite.
func newTestApp(t testing.TB) *App {
	t.Helper()
	return appOver(storetest.SQLite(t).Open(t))
}

func appOver(s *store.Store) *App { return New(s, Options{Now: time.Now}) }

// holding is a record with some tables in it, made once for all tests.
type holding struct {
	once     sync.Once
	template *storetest.Template
	report   ImportReport // of the last table
	err      error
}

var (
	holdingsMu sync.Mutex
	holdings   = map[string]*holding{}
)

// held opens a test's own copy of the record into which the tables were taken
// in their order, and returns the report on the last one. IDs are drawn from the
// same numbers on both engines, so that the same imports make the same lines.
func held(t *testing.T, engine string, tables ...string) (*App, ImportReport) {
	t.Helper()
	for _, name := range tables {
		sharedFile(t, name) // skips the test where the tables are not here
	}
	h := hold(engine, tables)
	if h.err != nil {
		t.Fatal(h.err)
	}
	return appOver(h.template.Copy(t).Open(t)), h.report
}

func hold(engine string, tables []string) *holding {
	holdingsMu.Lock()
	h := holdings[engine+" "+strings.Join(tables, " ")]
	if h == nil {
		h = &holding{}
		holdings[engine+" "+strings.Join(tables, " ")] = h
	}
	holdingsMu.Unlock()
	h.once.Do(func() {
		var from *storetest.Template
		last := len(tables) - 1
		if last > 0 {
			before := hold(engine, tables[:last])
			if from, h.err = before.template, before.err; h.err != nil {
				return
			}
		}
		h.template, h.err = storetest.NewTemplate(engine, from, func(s *store.Store) error {
			var seed [32]byte
			copy(seed[:], fmt.Sprint(len(tables), " ", tables[last]))
			a := New(s, Options{Now: func() time.Time { return noon }, Random: rand.NewChaCha8(seed)})
			in, err := tableInput(tables[last])
			if err != nil {
				return err
			}
			h.report, err = a.Import(context.Background(), civic.LocalOperator, ImportRequest{Format: "ogp", Inputs: []interchange.Input{in}})
			return err
		})
	})
	return h
}

func tableInput(name string) (interchange.Input, error) {
	path := filepath.Join(shared, name)
	info, err := os.Stat(path)
	if err != nil {
		return interchange.Input{}, err
	}
	return interchange.Input{Name: filepath.Base(path), Size: info.Size(), Open: func() (interchange.ReadAtSeekCloser, error) { return os.Open(path) }}, nil
}

// sharedFile is one of the public tables; without them a test is skipped, but
// with CI=true it fails. The tables of OGP are left out under the race detector: one
// goroutine would read them for minutes.
func sharedFile(t *testing.T, name string) interchange.Input {
	t.Helper()
	if underRace && strings.HasPrefix(name, "ogp/") {
		t.Skip("runs without the race detector")
	}
	in, err := tableInput(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the public tables are not here: %v", err)
	}
	return in
}

func mustImport(t *testing.T, a *App, req ImportRequest) ImportReport {
	t.Helper()
	report, err := a.Import(context.Background(), civic.LocalOperator, req)
	if err != nil {
		t.Fatalf("import %s: %v", req.Format, err)
	}
	return report
}

// takeTable imports one of the public tables.
func takeTable(t *testing.T, a *App, name string) ImportReport {
	t.Helper()
	return mustImport(t, a, ImportRequest{Format: "ogp", Inputs: []interchange.Input{sharedFile(t, name)}})
}

// tally holds the numbers of a report that a test compares.
type tally struct{ rows, created, updated, unchanged, undecided, refused, vanished int }

func countsOf(r ImportReport) tally {
	return tally{r.Rows, r.Created, r.Updated, r.Unchanged, r.Undecided, r.Refused, r.Vanished}
}

func recordSize(t *testing.T, a *App) int64 {
	t.Helper()
	head, err := a.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return head.Size
}

func exportOGP(t *testing.T, a *App, edition civic.Edition, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := a.ExportOGP(context.Background(), edition, format, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func exportSubjects(t *testing.T, a *App) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := a.ExportSubjects(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
