package server

import (
	"context"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
)

// demoBegins is the day of the demonstration's first entry.
var demoBegins = time.Date(2024, 5, 2, 8, 0, 0, 0, time.UTC)

// loadDemo loads the demonstration data through the import use case, like any
// other file, when nothing is here yet.
func loadDemo(ctx context.Context, k *keeper, say func(key string, args ...any)) error {
	head, err := k.store.Head(ctx)
	if err != nil {
		return err
	}
	if head.Size > 0 {
		say("cli.serve.demo_not_empty")
		return nil
	}
	// On the day on which the story of the living plan begins, so that the record's
	// entries stand in the order of their days.
	imported := app.New(k.store, app.Options{Now: func() time.Time { return demoBegins }, AfterCommit: k.afterCommit})
	for _, f := range demo.Files {
		report, err := imported.Import(ctx, civic.LocalOperator, app.ImportRequest{
			Format: f.Format, Inputs: []interchange.Input{interchange.BytesInput(f.Name, f.Data)},
		})
		if err != nil {
			return err
		}
		say("cli.serve.demo_loaded", "count", report.Created)
	}
	return loadLiving(ctx, k)
}
