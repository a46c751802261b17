package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"strings"

	"avow/internal/civic"
	"avow/internal/ledger"
)

// Tx is an open write transaction. It belongs to the goroutine that runs the
// change. After its first error it refuses everything, the commit included.
type Tx struct {
	ctx     context.Context
	raw     *sql.Tx
	store   *Store
	tree    *ledger.Tree
	newest  int64
	failed  error
	pending map[string]bool // subjects whose rows are still in memory
	batches [numBatches]batch

	statements map[string]*sql.Stmt
}

// Rows of new subjects are gathered and inserted many at a time, in the order in
// which one table refers to the other.
const (
	entryBatch = iota
	subjectBatch
	versionBatch
	memberBatch
	planBatch
	commitmentBatch
	placeBatch
	reportBatch
	forumBatch
	belongingBatch
	searchBatch
	numBatches
)

var batchTables = [numBatches]*table{
	entryBatch:      {"ledger_entry", []string{"idx", "leaf", "hashes"}},
	subjectBatch:    {"subject", []string{"ord", "id", "kind", "entry", "number"}},
	versionBatch:    {"version", []string{"entry", "ord", "number", "salt", "body"}},
	memberBatch:     memberTable,
	planBatch:       planTable,
	commitmentBatch: commitmentTable,
	placeBatch:      placeTable,
	reportBatch:     reportTable,
	forumBatch:      forumTable,
	belongingBatch:  belongingTable,
	searchBatch:     searchTable,
}

// Size returns the number of the record's entries, those of this transaction included.
func (tx *Tx) Size() int64 { return tx.tree.Size() }

// Newest returns the time of the record's newest entry, microseconds since 1970.
func (tx *Tx) Newest() int64 { return tx.newest }

// Put logs a new version of a subject and returns its entry. A value that is
// taken by another subject (OGP ID, slug, code) shows as a *civic.Error of kind
// Conflict, here or when Write commits.
func (tx *Tx) Put(p Prepared, e Entry) (entry int64, err error) {
	if tx.failed != nil {
		return 0, tx.failed
	}
	if entry, err = tx.put(p, e); err != nil {
		tx.failed = tx.store.friendly(fmt.Sprintf("log %s %s", p.kind, p.id), err)
		return 0, tx.failed
	}
	return entry, nil
}

func (tx *Tx) put(p Prepared, e Entry) (int64, error) {
	if p.id == "" {
		return 0, errors.New("nothing was prepared")
	}
	entry := tx.tree.Size()
	ord, number, err := tx.latest(p)
	if err != nil {
		return 0, err
	}
	isNew := number == 0
	if isNew {
		ord = entry
	}
	tx.pending[p.id] = true
	number++
	salt := make([]byte, ledger.SaltSize)
	if _, err := io.ReadFull(tx.store.random, salt); err != nil {
		return 0, fmt.Errorf("draw a salt: %w", err)
	}
	leaf, err := ledger.Leaf{
		Kind: string(p.kind), ID: p.id, Number: number, At: e.At, Actor: string(e.Actor), Verb: e.Verb, Edition: string(e.Edition),
		Commit: ledger.Commit(salt, p.body),
	}.Encode()
	if err != nil {
		return 0, err
	}
	hashes, err := tx.tree.Append(leaf)
	if err != nil {
		return 0, err
	}
	tx.newest = e.At
	tx.batches[entryBatch].add(entry, leaf, hashes)
	tx.batches[versionBatch].add(entry, ord, int64(number), salt, p.body)
	if isNew {
		tx.batches[subjectBatch].add(ord, p.id, string(p.kind), entry, int64(number))
		tx.insertDerived(ord, p)
	} else if err := tx.update(ord, entry, int64(number), p); err != nil {
		return 0, err
	}
	if tx.batches[entryBatch].rows >= batchRows {
		return entry, tx.flush()
	}
	return entry, nil
}

// latest returns the subject's ord and the number of its newest version, 0 when it is new.
func (tx *Tx) latest(p Prepared) (ord int64, number int, err error) {
	if tx.pending[p.id] {
		if err := tx.flush(); err != nil {
			return 0, 0, err
		}
	}
	find, err := tx.prepare("SELECT ord, kind, number FROM subject WHERE id = $1")
	if err != nil {
		return 0, 0, err
	}
	var kind string
	switch err := find.QueryRowContext(tx.ctx, p.id).Scan(&ord, &kind, &number); {
	case errors.Is(err, sql.ErrNoRows):
		return 0, 0, nil
	case err != nil:
		return 0, 0, err
	case kind != string(p.kind):
		return 0, 0, &civic.Error{Kind: civic.Conflict, Key: KeyTaken, Field: "id"}
	}
	return ord, number, nil
}

// insertDerived gathers the derived rows of a new subject.
func (tx *Tx) insertDerived(ord int64, p Prepared) {
	for _, r := range p.rows {
		for i, t := range batchTables {
			if t == r.table {
				tx.batches[i].add(append([]any{ord}, r.values...)...)
			}
		}
	}
	tx.insertPlaces(ord, p)
}

// insertPlaces gathers the rows of which a subject has several.
func (tx *Tx) insertPlaces(ord int64, p Prepared) {
	for i, plan := range p.places {
		tx.batches[placeBatch].add(ord, int64(i), plan)
	}
	for i, r := range p.belongs {
		tx.batches[belongingBatch].add(ord, int64(i), r.Role, r.Target)
	}
}

// update brings a known subject's rows to its new version.
func (tx *Tx) update(ord, entry, number int64, p Prepared) error {
	if err := tx.exec("UPDATE subject SET entry = $2, number = $3 WHERE ord = $1", ord, entry, number); err != nil {
		return err
	}
	for _, r := range p.rows {
		sets, differs := make([]string, 0, len(r.values)), make([]string, 0, len(r.values))
		for i, column := range r.table.columns[1:] {
			sets = append(sets, fmt.Sprintf("%s = $%d", column, i+2))
			differs = append(differs, fmt.Sprintf("%s <> $%d", column, i+2))
		}
		// The condition spares search, whose update is dear, when only a rating changed.
		change := "UPDATE " + r.table.name + " SET " + strings.Join(sets, ", ") +
			" WHERE " + r.table.columns[0] + " = $1 AND (" + strings.Join(differs, " OR ") + ")"
		if err := tx.exec(change, append([]any{ord}, r.values...)...); err != nil {
			return err
		}
	}
	for _, t := range severalTables[p.kind] {
		if err := tx.exec("DELETE FROM "+t.name+" WHERE ord = $1", ord); err != nil {
			return err
		}
	}
	tx.insertPlaces(ord, p)
	return nil
}

// exec runs a statement that is prepared once for the transaction.
func (tx *Tx) exec(statement string, args ...any) error {
	prepared, err := tx.prepare(statement)
	if err != nil {
		return err
	}
	_, err = prepared.ExecContext(tx.ctx, args...)
	return err
}

func (tx *Tx) prepare(statement string) (*sql.Stmt, error) {
	if prepared := tx.statements[statement]; prepared != nil {
		return prepared, nil
	}
	prepared, err := tx.raw.PrepareContext(tx.ctx, statement)
	if err == nil {
		tx.statements[statement] = prepared
	}
	return prepared, err
}
