// Command avow serves a public record of open-government commitments, fills it
// from tables, and proves that nobody has rewritten it.
package main

import (
	"context"
	"os"

	"avow/internal/cli"
	"avow/internal/server"
)

func main() {
	terminal := cli.Terminal{Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Interactive: cli.IsTerminal(os.Stderr)}
	os.Exit(cli.Run(context.Background(), os.Args[1:], terminal, cli.House{
		Open:     server.Open,
		Read:     server.Read,
		Rehearse: server.Rehearse,
		Change:   server.Change,
		Serve:    server.Serve,
		Verify:   server.Verify,
		Routes:   server.Routes,
		Version:  server.Version(),

		SetupAddress: server.SetupAddress,
	}))
}
