package server

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/store/storetest"
	"avow/internal/webtest"
)

// playFolder holds the scenes, in the order of their names.
var playFolder = filepath.Join("..", "..", "e2e", "play")

// world is what scripts act in: the program with its mail, its clock and its record.
func (g gate) world() *webtest.World {
	loop := g.keeper.loop(g.config, g.app, g.words)
	return &webtest.World{
		Handler: g, Clock: g.clock, Record: g.verbs, Howto: filepath.Join(playFolder, "how"),
		Mail: func() ([]webtest.Mail, error) {
			// What is due is written and sent first, as the loop of a running program does it.
			for range 2 {
				if err := loop.Once(context.Background()); err != nil {
					return nil, err
				}
			}
			return webtest.Letters(g.config.Mail())
		},
		Verify: func() error {
			report, err := g.keeper.store.Verify(context.Background(), store.VerifyOptions{})
			if err == nil && !report.OK() {
				err = fmt.Errorf("the record does not fit: %v", report.Problems)
			}
			return errors.Join(err, g.keeper.consistent(context.Background()))
		},
	}
}

// TestThePlay goes from an empty directory to an ended plan, on both databases.
func TestThePlay(t *testing.T) {
	scenes, err := filepath.Glob(filepath.Join(playFolder, "*.txt"))
	if err != nil || len(scenes) == 0 {
		t.Fatalf("there are no scenes in %s: %v", playFolder, err)
	}
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g := openGate(t, db, config.Config{BaseURL: public}, "")
		ctx := context.Background()
		// Members come with an import: the operator's part of an empty directory.
		in := interchange.BytesInput("esperia.jsonl", []byte(demoMember))
		if _, err := g.app.Import(ctx, civic.LocalOperator, app.ImportRequest{Format: "jsonl", Inputs: []interchange.Input{in}}); err != nil {
			t.Fatal(err)
		}
		setup, err := g.app.NewSetup(ctx)
		if err != nil {
			t.Fatal(err)
		}
		w := g.world()
		doing := g.watched()
		w.Handler, w.Play = doing, true
		w.Keep("setup", "/en/setup?token="+setup)
		for _, scene := range scenes {
			script, err := os.ReadFile(scene)
			if err != nil {
				t.Fatal(err)
			}
			w.Run(t, filepath.Base(scene), string(script))
		}
		doing.complete(t)
	})
}
