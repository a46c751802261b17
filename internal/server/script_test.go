package server

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/webtest"
)

func TestTheRequestScriptsOfTheAPIHold(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		c := config.Config{Data: t.TempDir(), DatabaseURL: db.Options.URL}
		c.Defaults()
		runScripts(t, c)
	})
}

func runScripts(t *testing.T, c config.Config) {
	ctx := context.Background()
	k, err := keep(ctx, c, logger(c, io.Discard))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := loadDemo(ctx, k, func(string, ...any) {}); err != nil {
		t.Fatal(err)
	}
	set, err := words(c)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := k.handler(c, set)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"api.txt"} {
		script, err := os.ReadFile(filepath.Join("..", "..", "e2e", name))
		if err != nil {
			t.Fatal(err)
		}
		webtest.Run(t, handler, name, string(script))
	}
}
