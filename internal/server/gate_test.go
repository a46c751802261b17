package server

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"
	"avow/internal/interchange"
	"avow/internal/store/storetest"
	"avow/internal/web"
	"avow/internal/webtest"
)

// gate is the whole program over a database of the test's own, with every
// language and pseudo-language. The checks of every address are made from it.
type gate struct {
	http.Handler
	keeper *keeper
	app    *app.App // the one behind the handler
	clock  *webtest.Clock
	config config.Config
	data   string // its directory
	db     storetest.Database
	words  *i18n.Set
	rows   []Row     // of the site, the API and the operator
	known  web.Known // names for the samples of the site
}

// eachGate runs a check on both databases, each with the demonstration data.
func eachGate(t *testing.T, check func(t *testing.T, g gate)) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) { check(t, openGate(t, db, config.Config{})) })
}

// openGate opens the program on an empty database and loads the demonstration
// data, or the files given, into it; "" loads nothing.
func openGate(t *testing.T, db storetest.Database, c config.Config, files ...string) gate {
	t.Helper()
	ctx := context.Background()
	c.Data, c.DatabaseURL, c.Pseudo = t.TempDir(), db.Options.URL, true
	if db.Options.Path != "" {
		db.Options.Path = c.Database()
	}
	c.Defaults()
	k, err := keep(ctx, c, logger(c, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	clock := webtest.NewClock(webtest.Noon)
	k.now = clock.Now
	if len(files) == 1 && files[0] == "" {
		files = nil // an empty one
	} else if len(files) == 0 {
		if err := loadDemo(ctx, k, func(string, ...any) {}); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		in, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		request := app.ImportRequest{Format: "ogp", Inputs: []interchange.Input{interchange.BytesInput(filepath.Base(f), in)}}
		if _, err := k.app().Import(ctx, civic.LocalOperator, request); err != nil {
			t.Fatal(err)
		}
	}
	g := gate{keeper: k, app: k.app(), clock: clock, config: c, data: c.Data, db: db}
	if g.words, err = words(c); err != nil {
		t.Fatal(err)
	}
	if g.Handler, err = k.handler(c, g.app, g.words); err != nil {
		t.Fatal(err)
	}
	rows, err := Routes(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	g.rows = rows.([]Row)
	if g.known, err = known(ctx, c); err != nil {
		t.Fatal(err)
	}
	return g
}

// sample is one address of one row.
type sample struct {
	row     Row
	lang    string
	address string
}

// samples are the addresses that everybody may read, those of the site in every language.
func (g gate) samples(t *testing.T) []sample {
	t.Helper()
	return slices.DeleteFunc(g.every(t), func(s sample) bool {
		return s.row.Permission != web.Everybody || s.row.writes() || s.row.Kind == web.KindWork
	})
}

// workSamples are the addresses for one person alone.
func (g gate) workSamples(t *testing.T) []sample {
	t.Helper()
	return slices.DeleteFunc(g.every(t), func(s sample) bool {
		return s.row.writes() || s.row.Permission == web.Everybody && s.row.Kind != web.KindWork
	})
}

// actions are the addresses that take something in.
func (g gate) actions(t *testing.T) []sample {
	t.Helper()
	return slices.DeleteFunc(g.every(t), func(s sample) bool { return !s.row.writes() })
}

// writes reports whether a row takes something in.
func (r Row) writes() bool { return r.Method != "" && r.Method != http.MethodGet }

// every is each address of each row.
func (g gate) every(t *testing.T) []sample {
	t.Helper()
	bySite := map[string]web.Route{}
	for _, r := range web.Routes() {
		bySite[r.Name] = r
	}
	var out []sample
	for _, row := range g.rows {
		if len(bySite[row.Name].Samples) == 0 && len(row.Samples) == 0 {
			t.Errorf("%s %s has no sample to check", row.Room, row.Pattern)
		}
		if row.Room != "site" {
			for _, address := range row.Samples {
				out = append(out, sample{row, "", address})
			}
			continue
		}
		for _, l := range g.words.Languages() {
			for _, address := range bySite[row.Name].Addresses(l.Code, g.known) {
				if !slices.ContainsFunc(out, func(s sample) bool { return s.address == address && s.row.Method == row.Method }) {
					out = append(out, sample{row, l.Code, address})
				}
			}
		}
	}
	return out
}

// ask makes one request; header are pairs of a name and a value.
func (g gate) ask(method, address string, header ...string) *http.Response {
	req := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	g.ServeHTTP(rec, req)
	return rec.Result()
}

// body reads an answer to its end.
func body(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// everything is every row of every table of the database and every file beside
// it, so that two of them can be compared.
func (g gate) everything(t *testing.T) map[string]string {
	t.Helper()
	raw := g.db.Raw(t)
	defer raw.Close()
	list := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if g.db.Options.URL != "" {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	}
	out := map[string]string{}
	for _, name := range texts(t, raw, list) {
		rows := texts(t, raw, fmt.Sprintf("SELECT * FROM %q", name))
		slices.Sort(rows)
		out["table "+name] = strings.Join(rows, "\n")
	}
	err := filepath.WalkDir(filepath.Join(g.data, "record"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		out["file "+path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// texts gives each row of a query as one text.
func texts(t *testing.T, db *sql.DB, query string) (out []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values := make([]any, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, v := range values {
			if i > 0 {
				line += "\x1f"
			}
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			line += fmt.Sprint(v)
		}
		out = append(out, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
