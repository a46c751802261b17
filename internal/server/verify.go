package server

import (
	"context"
	"errors"

	"avow/internal/civic"
	"avow/internal/cli"
	"avow/internal/config"
	"avow/internal/ledger"
	"avow/internal/store"
	"avow/internal/store/recordfile"
)

// Verify recomputes the public record without changing anything, also of a
// database that the server refuses to start on.
func Verify(ctx context.Context, c config.Config, progress func(done, total int64)) (v cli.Verification, err error) {
	o := storeOptions(c)
	o.ReadOnly = true
	st, err := store.Open(ctx, o)
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	head, err := st.Head(ctx)
	if err != nil {
		return v, err
	}
	files, foreign, err := recordfile.OpenReadOnly(c.Data, head.Origin)
	if err != nil {
		return v, err
	}
	cp, err := files.Checkpoint()
	if err != nil {
		return v, err
	}
	report, err := st.Verify(ctx, store.VerifyOptions{Checkpoint: cp, Progress: progress})
	if err != nil {
		return v, err
	}
	v = cli.Verification{Origin: report.Origin, Entries: report.Entries, Root: ledger.FormatHash(report.Root), More: report.More, Place: c.Record()}
	if cp != nil {
		v.Checkpoint = &cli.Checkpoint{Entries: cp.Size, Root: ledger.FormatHash(cp.Root)}
	}
	var gone *civic.Error
	if cp == nil && errors.As(files.Unguarded(report.Entries), &gone) {
		v.Misfits = append(v.Misfits, cli.Misfit{Entry: -1, Table: "record", Key: gone.Key, Args: gone.Args})
	}
	if foreign && c.DatabaseURL == "" {
		v.Misfits = append(v.Misfits, cli.Misfit{Entry: -1, Table: "record", Key: store.KeyOtherLog, Args: map[string]any{"Place": c.Record()}})
	}
	for _, p := range report.Problems {
		v.Misfits = append(v.Misfits, cli.Misfit{Entry: p.Entry, Kind: p.Kind, Subject: p.Subject, Table: p.Table, Column: p.Column, Key: p.Key, Args: p.Args})
	}
	return v, nil
}
