package server

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/recordfile"
)

// small is a table of a few commitments, with its mapping.
const (
	smallMap  = `{"format": "avow-map", "version": 1, "name": "small", "columns": {"ogp_id": "ID", "member": "Country", "member_code": "Code", "plan": "Plan", "number": "No", "title": "Title", "text": "Text"}}`
	smallHead = "ID,Country,Code,Plan,No,Title,Text\n"
	smallRow  = "LT0101,Lithuania,LTU,1,1,Open the budget,Publish the budget of every ministry as data.\n"
)

// grown opens a data directory and imports rows into it.
func grown(t *testing.T, c config.Config, log io.Writer, rows ...string) *keeper {
	t.Helper()
	ctx := context.Background()
	k, err := keep(ctx, c, logger(c, log))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = k.Close() }) // a second time where the test has closed it
	for _, row := range rows {
		in := interchange.BytesInput("small.csv", []byte(smallHead+row))
		if _, err := k.app().Import(ctx, civic.LocalOperator, app.ImportRequest{Format: "table", Map: []byte(smallMap), Inputs: []interchange.Input{in}}); err != nil {
			t.Fatal(err)
		}
	}
	return k
}

func folder(dir string) config.Config {
	c := config.Config{Data: dir}
	c.Defaults()
	return c
}

func closed(t *testing.T, k *keeper) {
	t.Helper()
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func keyOf(err error) string {
	var told *civic.Error
	if errors.As(err, &told) {
		return told.Key
	}
	return ""
}

func TestARunningServerDoesNotSignAForkedRecord(t *testing.T) {
	real, forged := folder(t.TempDir()), folder(t.TempDir())
	closed(t, grown(t, real, io.Discard, smallRow))
	copyFile(t, real.Database(), forged.Database())
	var log bytes.Buffer
	k := grown(t, real, &log, "LT0102,Lithuania,LTU,1,2,Ask before deciding,Consult the public.\n")
	signed, err := k.files.Signed()
	if err != nil {
		t.Fatal(err)
	}
	other := grown(t, forged, io.Discard, "LT0103,Lithuania,LTU,1,3,Another,Another text.\n", "LT0104,Lithuania,LTU,1,4,One more,One more text.\n")
	swapped := &keeper{store: other.store, files: k.files, log: k.log}
	if err := swapped.sign(context.Background()); keyOf(err) != store.KeyForked {
		t.Errorf("sign gave %v", err)
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	swapped.signNowAndThen(over) // the last tick
	if now, err := k.files.Signed(); err != nil || !bytes.Equal(now, signed) {
		t.Errorf("a forked record was signed: %s %v", now, err)
	}
	if !strings.Contains(log.String(), "level=ERROR") || !strings.Contains(log.String(), store.KeyForked) {
		t.Errorf("the log says %s", log.String())
	}
}

func TestACrashBetweenTheKeyAndTheFirstCheckpointIsMended(t *testing.T) {
	c := folder(t.TempDir())
	closed(t, grown(t, c, io.Discard))
	first, err := filepath.Glob(filepath.Join(c.Record(), "*.checkpoint"))
	if err != nil || len(first) != 1 {
		t.Fatal(first, err)
	}
	if err := os.Remove(first[0]); err != nil {
		t.Fatal(err)
	}
	closed(t, grown(t, c, io.Discard, smallRow))
	v, err := Verify(context.Background(), c, nil)
	if err != nil || len(v.Misfits) != 0 || v.Checkpoint == nil || v.Checkpoint.Entries != v.Entries || v.Entries == 0 {
		t.Errorf("verify gave %+v %v", v, err)
	}
}

func TestACheckpointThatIsGoneIsNoticed(t *testing.T) {
	ctx := context.Background()
	c := folder(t.TempDir())
	k := grown(t, c, io.Discard, smallRow)
	gone, err := filepath.Glob(filepath.Join(c.Record(), "*.checkpoint"))
	if err != nil || len(gone) != 1 {
		t.Fatal(gone, err)
	}
	if err := os.Remove(gone[0]); err != nil {
		t.Fatal(err)
	}
	if err := k.sign(ctx); keyOf(err) != recordfile.KeyNoCheckpoint {
		t.Errorf("a running server gave %v", err)
	}
	closed(t, k)
	if _, err := keep(ctx, c, logger(c, io.Discard)); keyOf(err) != recordfile.KeyNoCheckpoint {
		t.Errorf("a start gave %v", err)
	}
	v, err := Verify(ctx, c, nil)
	if err != nil || len(v.Misfits) != 1 || v.Misfits[0].Key != recordfile.KeyNoCheckpoint || v.Checkpoint != nil {
		t.Errorf("verify gave %+v %v", v, err)
	}

	// Another database beside a key without its checkpoint is noticed too.
	elsewhere := folder(t.TempDir())
	closed(t, grown(t, elsewhere, io.Discard))
	copyFile(t, elsewhere.Database(), c.Database())
	if _, err := keep(ctx, c, logger(c, io.Discard)); keyOf(err) != store.KeyOtherLog {
		t.Errorf("another log gave %v", err)
	}

	// A restore that is meant: the whole folder is moved away.
	again := folder(t.TempDir())
	closed(t, grown(t, again, io.Discard, smallRow))
	if err := os.Rename(again.Record(), filepath.Join(t.TempDir(), "record")); err != nil {
		t.Fatal(err)
	}
	v, err = Verify(ctx, again, nil)
	if err != nil || len(v.Misfits) != 0 || v.Checkpoint != nil || v.Entries == 0 {
		t.Errorf("verify of a database alone gave %+v %v", v, err)
	}
	closed(t, grown(t, again, io.Discard))
	k = grown(t, again, io.Discard)
	if err := k.sign(ctx); err != nil {
		t.Error(err)
	}
	v, err = Verify(ctx, again, nil)
	if err != nil || len(v.Misfits) != 0 || v.Checkpoint == nil || v.Checkpoint.Entries != v.Entries {
		t.Errorf("verify after the next start gave %+v %v", v, err)
	}
}
