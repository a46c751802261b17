package app

import (
	"context"
	"fmt"
	"io"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
)

// ExportCommitments writes the commitments that a filter selects, in the order of
// their creation. Format is "csv" or "xlsx" (one flat row for each commitment:
// docs/data-dictionary.md says what each column holds) or "jsonl" (the lossless
// lines of interchange, with the members, plans and institutions that they refer
// to first). It shows one state of the record and needs constant memory.
func (a *App) ExportCommitments(ctx context.Context, format string, f CommitmentFilter, w io.Writer) error {
	s, err := a.index.current(ctx)
	if err != nil {
		return err
	}
	sel, err := a.selectBy(ctx, s, f)
	if err != nil {
		return err
	}
	var rows []*row
	sel.each(func(_, _ int, r *row, fails int) {
		if fails == 0 {
			rows = append(rows, r)
		}
	})
	ids := created(rows)
	if format == "jsonl" {
		return a.exportLines(ctx, s, ids, w)
	}
	table, err := tableWriter(format, w)
	if err != nil {
		return err
	}
	if err := table.WriteRow(ExportColumns()); err != nil {
		return err
	}
	err = a.eachCommitment(ctx, s, ids, func(c civic.Commitment, v store.Version) error {
		return table.WriteRow(s.flatRow(c, v))
	})
	if err != nil {
		return err
	}
	return table.Close()
}

func tableWriter(format string, w io.Writer) (interchange.TableWriter, error) {
	switch format {
	case "csv":
		return interchange.NewCSVWriter(w), nil
	case "xlsx":
		return interchange.NewXLSXWriter(w, "commitments")
	}
	return nil, &civic.Error{Kind: civic.Invalid, Key: "cli.unknown_export", Field: "format", Args: map[string]any{
		"format": format, "formats": "csv, jsonl, xlsx",
	}}
}

// ExportSubjects writes every subject as lossless lines: the kinds in the order of
// civic.Kinds, each in the order of creation. Of the taxonomy every entry is written,
// in the order of the record: it is what its entries make of it.
func (a *App) ExportSubjects(ctx context.Context, w io.Writer) error {
	s, err := a.index.current(ctx)
	if err != nil {
		return err
	}
	lines := interchange.NewJSONLWriter(w)
	for _, kind := range civic.Kinds {
		if kind == civic.KindTagChange {
			if err := a.writeTagChanges(ctx, s, lines); err != nil {
				return err
			}
			continue
		}
		ids, err := a.subjectIDs(ctx, kind)
		if err != nil {
			return err
		}
		if err := a.writeLines(ctx, s, lines, kind, ids); err != nil {
			return err
		}
	}
	return lines.Flush()
}

func (a *App) writeLines(ctx context.Context, s *snapshot, lines *interchange.JSONLWriter, kind civic.Kind, ids []string) error {
	return a.eachAsOf(ctx, s, kind, ids, func(v store.Version) error { return lines.Body(v.Kind, v.Body) })
}

func (a *App) writeTagChanges(ctx context.Context, s *snapshot, lines *interchange.JSONLWriter) error {
	return a.store.EachVersion(ctx, civic.KindTagChange, 0, func(v store.Version) error {
		if v.Erased || v.Entry >= s.head.Size {
			return nil
		}
		return lines.Body(v.Kind, v.Body)
	})
}

// exportLines writes the chosen commitments after everything they refer to.
func (a *App) exportLines(ctx context.Context, s *snapshot, ids []string, w io.Writer) error {
	wanted := map[string]bool{}
	err := a.eachAsOf(ctx, s, civic.KindCommitment, ids, func(v store.Version) error {
		var c civic.Commitment
		if err := decodeFields(v, map[string]any{"member": &c.Member, "plans": &c.Plans, "institutions": &c.Parts}); err != nil {
			return err
		}
		wanted[string(c.Member)] = true
		for _, p := range c.Plans {
			wanted[string(p.Plan)] = true
			wanted[string(s.planOf(p.Plan).Member)] = true
		}
		for _, p := range c.Parts {
			wanted[string(p.Institution)] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	lines := interchange.NewJSONLWriter(w)
	for _, kind := range civic.Kinds {
		chosen := ids
		if kind != civic.KindCommitment {
			all, err := a.subjectIDs(ctx, kind)
			if err != nil {
				return err
			}
			chosen = slices.DeleteFunc(all, func(id string) bool { return !wanted[id] })
		}
		if err := a.writeLines(ctx, s, lines, kind, chosen); err != nil {
			return err
		}
	}
	return lines.Flush()
}

// OGPEditions returns the editions of OGP's table that are held, oldest first,
// and how many commitments are in none of them.
func (a *App) OGPEditions(ctx context.Context) (editions []civic.Edition, elsewhere int, err error) {
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, 0, err
	}
	held := map[civic.Edition]bool{}
	err = a.eachSource(ctx, s, func(_ string, sources []civic.Source) {
		some := false
		for _, src := range sources {
			if slices.Contains(interchange.Editions(), src.Edition) {
				held[src.Edition], some = true, true
			}
		}
		if !some {
			elsewhere++
		}
	})
	for _, e := range interchange.Editions() {
		if held[e] {
			editions = append(editions, e)
		}
	}
	return editions, elsewhere, err
}

// ExportOGP writes an edition of OGP's table ("csv" or "xlsx"): a row for each
// commitment that the edition has, in the order in which it was first read.
func (a *App) ExportOGP(ctx context.Context, edition civic.Edition, format string, w io.Writer) error {
	s, err := a.index.current(ctx)
	if err != nil {
		return err
	}
	table, err := tableWriter(format, w)
	if err != nil {
		return err
	}
	type at struct {
		row int
		id  string
	}
	var rows []at
	err = a.eachSource(ctx, s, func(id string, sources []civic.Source) {
		for _, src := range sources {
			if src.Edition == edition {
				rows = append(rows, at{src.Row, id})
			}
		}
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, b at) int { return a.row - b.row })
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.id
	}
	err = interchange.WriteOGP(edition, table, func(yield func(civic.Commitment) error) error {
		return a.eachCommitment(ctx, s, ids, func(c civic.Commitment, _ store.Version) error { return yield(c) })
	})
	if err != nil {
		return fmt.Errorf("write edition %s: %w", edition, err)
	}
	return table.Close()
}

// eachSource tells the sources of each commitment, in the
// order of creation.
func (a *App) eachSource(ctx context.Context, s *snapshot, use func(id string, sources []civic.Source)) error {
	return a.eachAsOf(ctx, s, civic.KindCommitment, created(slices.Clone(s.rows)), func(v store.Version) error {
		var sources []civic.Source
		if err := decodeFields(v, map[string]any{"sources": &sources}); err != nil {
			return err
		}
		use(v.ID, sources)
		return nil
	})
}
