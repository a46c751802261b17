package server

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/demo"
	"avow/internal/interchange"
)

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
	for _, f := range demo.Files {
		report, err := k.app().Import(ctx, civic.LocalOperator, app.ImportRequest{
			Format: f.Format, Inputs: []interchange.Input{interchange.BytesInput(f.Name, f.Data)},
		})
		if err != nil {
			return err
		}
		say("cli.serve.demo_loaded", "count", report.Created)
	}
	return loadLiving(ctx, k)
}
