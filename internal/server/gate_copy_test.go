package server

import (
	"context"
	"io"
	"os"
	"testing"

	"avow/internal/webtest"
)

// copied is the program once more, over a copy of the gate's SQLite database and
// files as they are now; it is closed with the test t. Who is signed in is so there, too.
func (g gate) copied(t *testing.T) gate {
	t.Helper()
	ctx := context.Background()
	raw := g.db.Raw(t)
	_, err := raw.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	_ = raw.Close() // what was read is held
	if err != nil {
		t.Fatal(err)
	}
	c := g.config
	c.Data = t.TempDir()
	if err := os.CopyFS(c.Data, os.DirFS(g.data)); err != nil {
		t.Fatal(err)
	}
	k, err := keep(ctx, c, logger(c, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	clock := webtest.NewClock(g.clock.Now())
	k.now = clock.Now
	out := g
	out.keeper, out.app, out.clock, out.config, out.data = k, k.app(), clock, c, c.Data
	out.db.Options.Path = c.Database()
	if out.Handler, err = k.handler(c, out.app, out.words); err != nil {
		t.Fatal(err)
	}
	return out
}
