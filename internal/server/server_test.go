package server

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/i18n"
	"avow/internal/ledger"
	"avow/internal/web"
)

// running is a server that answers.
type running struct {
	base string
	data string
	stop func() error // ends it as SIGTERM does and waits
}

var announced = regexp.MustCompile(`http://[0-9.:]+/`)

// start runs a server on a free port until the test ends.
func start(t *testing.T, c config.Config) running {
	t.Helper()
	c.Listen = "127.0.0.1:0"
	c.Defaults()
	ctx, cancel := context.WithCancel(context.Background())
	lines, stderr := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := Serve(ctx, c, i18n.For(i18n.English), stderr)
		stderr.Close()
		ended <- err
	}()
	base := ""
	text := bufio.NewScanner(lines)
	for base == "" && text.Scan() {
		base = announced.FindString(text.Text())
	}
	if base == "" {
		cancel()
		t.Fatalf("the server did not say where it answers: %v", <-ended)
	}
	go func() {
		for text.Scan() {
			continue
		}
	}()
	var last error
	done := false
	r := running{base: strings.TrimSuffix(base, "/"), data: c.Data, stop: func() error {
		cancel()
		if !done {
			last, done = <-ended, true
		}
		return last
	}}
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return r
}

func (r running) get(t *testing.T, path string) (*http.Response, string) {
	t.Helper()
	res, err := http.Get(r.base + path)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestAnEmptyDirectoryIsEnoughToAnswerAndAStopIsNoError(t *testing.T) {
	s := start(t, config.Config{Data: filepath.Join(t.TempDir(), "new", "data")})
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": `"record":"ok"`, "/api/v1/overview": `"commitments":0`, "/api/openapi.json": "3.1.0", "/en/": "<html"} {
		if res, body := s.get(t, path); res.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.300s", path, res.StatusCode, body)
		}
	}
	if res, body := s.get(t, "/api/nothing"); res.StatusCode != http.StatusNotFound || !json.Valid([]byte(body)) {
		t.Errorf("an API address without a row: %d %.300s", res.StatusCode, body)
	}
	if res, body := s.get(t, "/en/nothing"); res.StatusCode != http.StatusNotFound || !strings.Contains(body, "<html") {
		t.Errorf("a page without a row: %d %.300s", res.StatusCode, body)
	}
	if err := s.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestTheDemonstrationDataIsLoadedOnceAndCheckpointed(t *testing.T) {
	dir := t.TempDir()
	first := start(t, config.Config{Data: dir, Demo: true})
	_, before := first.get(t, "/api/v1/record")
	if res, body := first.get(t, "/api/v1/commitments/LT0031"); res.StatusCode != http.StatusOK || !strings.Contains(body, `"demo":true`) {
		t.Errorf("LT0031: %d %.300s", res.StatusCode, body)
	}
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	second := start(t, config.Config{Data: dir, Demo: true})
	if _, after := second.get(t, "/api/v1/record"); after != before {
		t.Errorf("the second start changed the record:\n%s\n%s", before, after)
	}
	var record struct {
		Entries    int64
		Checkpoint string
	}
	if err := json.Unmarshal([]byte(before), &record); err != nil {
		t.Fatal(err)
	}
	text, _, _ := strings.Cut(record.Checkpoint, "\n\n")
	if cp, err := ledger.ParseCheckpoint(text + "\n"); err != nil || cp.Size != record.Entries || record.Entries == 0 {
		t.Errorf("the checkpoint covers %d of %d entries: %v", cp.Size, record.Entries, err)
	}
}

func TestEverySampleOfEveryRowIsAnswered(t *testing.T) {
	s := start(t, config.Config{Data: t.TempDir(), Demo: true})
	c := config.Config{Data: s.data}
	c.Defaults()
	rows, err := Routes(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows.([]Row) {
		if r.writes() || r.Permission != web.Everybody || r.Kind == web.KindWork {
			continue // the checks with a cast ask these
		}
		if len(r.Samples) == 0 {
			t.Errorf("%s %s has no sample", r.Room, r.Pattern)
		}
		for _, sample := range r.Samples {
			res, body := s.get(t, sample)
			want := http.StatusOK
			if r.Name == "elsewhere" {
				want = http.StatusNotFound
			}
			if res.StatusCode != want {
				t.Errorf("%s: %d %.300s", sample, res.StatusCode, body)
			}
			if len(res.Header.Values("Set-Cookie")) != 0 {
				t.Errorf("%s sets a cookie", sample)
			}
		}
	}
}

func TestARecordBehindItsCheckpointIsNotReadyAndNotServed(t *testing.T) {
	ctx := context.Background()
	c := config.Config{Data: t.TempDir()}
	c.Defaults()
	k, err := keep(ctx, c, logger(c, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	head, err := k.store.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.files.Write(ledger.Checkpoint{Origin: head.Origin, Size: head.Size + 1, Root: head.Root}); err != nil {
		t.Fatal(err)
	}
	if err := k.consistent(ctx); err == nil {
		t.Error("a record behind its checkpoint counts as consistent")
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := keep(ctx, c, logger(c, io.Discard)); err == nil {
		t.Error("a record behind its checkpoint is opened")
	}
	v, err := Verify(ctx, c, nil)
	if err != nil || len(v.Misfits) == 0 {
		t.Errorf("verify: %+v %v", v, err)
	}
}

func TestADatabaseThatIsNotTheOneOfItsRecordIsRefusedEachTime(t *testing.T) {
	ctx := context.Background()
	c, other := config.Config{Data: t.TempDir()}, config.Config{Data: t.TempDir()}
	for _, c := range []*config.Config{&c, &other} {
		c.Defaults()
		k, err := keep(ctx, *c, logger(*c, io.Discard))
		if err != nil {
			t.Fatal(err)
		}
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(other.Database(), c.Database()); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := keep(ctx, c, logger(c, io.Discard)); err == nil {
			t.Error("the exchanged database is opened")
		}
	}
}

func TestRowsAreListedBeforeThereIsADatabase(t *testing.T) {
	c := config.Config{Data: filepath.Join(t.TempDir(), "none")}
	c.Defaults()
	if rows, err := Routes(context.Background(), c); err != nil || len(rows.([]Row)) < 20 {
		t.Errorf("%v %v", rows, err)
	}
	if _, err := os.Stat(c.Data); err == nil {
		t.Error("listing the rows made a data directory")
	}
}

func TestTheLogIsJSONWhenAsked(t *testing.T) {
	var b strings.Builder
	c := config.Config{LogFormat: "json"}
	c.Defaults()
	teller(c, i18n.For(i18n.English), logger(c, &b), &b)("cli.serve.listening", "address", "http://x/")
	if !json.Valid([]byte(b.String())) {
		t.Errorf("got %q", b.String())
	}
}
