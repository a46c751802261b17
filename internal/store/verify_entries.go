package store

import (
	"bytes"
	"database/sql"
	"fmt"

	"avow/internal/ledger"
)

// entryRow is an entry with the version and the subject it speaks of, as far as
// they are there, and the entry of the version before.
type entryRow struct {
	idx           int64
	leaf, hashes  []byte
	ord, number   sql.NullInt64
	salt, body    []byte
	id, kind      sql.NullString
	newest, count sql.NullInt64
	before        sql.NullInt64
}

const entryQuery = `SELECT l.idx, l.leaf, l.hashes, v.ord, v.number, v.salt, v.body, s.id, s.kind, s.entry, s.number, b.entry
	FROM ledger_entry l LEFT JOIN version v ON v.entry = l.idx LEFT JOIN subject s ON s.ord = v.ord
	LEFT JOIN version b ON b.ord = v.ord AND b.number = v.number - 1 ORDER BY l.idx`

// checkEntries goes through the ledger once: the leaves, the hashes, the versions
// they commit to, and where the subjects say that their newest version is.
func (v *verification) checkEntries() error {
	rows, err := v.q.QueryContext(v.ctx, entryQuery)
	if err != nil {
		return fmt.Errorf("read the entries: %w", err)
	}
	defer rows.Close()
	stored := &ledger.Tree{} // grown from the stored hashes of the leaves
	if err := v.checkpoint(false); err != nil {
		return err
	}
	for rows.Next() {
		var r entryRow
		err := rows.Scan(&r.idx, &r.leaf, &r.hashes, &r.ord, &r.number, &r.salt, &r.body, &r.id, &r.kind, &r.newest, &r.count, &r.before)
		if err != nil {
			return fmt.Errorf("read the entries: %w", err)
		}
		if expected := v.leaves.Size(); r.idx != expected {
			v.report(Problem{Entry: expected, Table: "ledger_entry", Column: "idx", Key: ProblemEntryMissing})
			// The rest cannot have the right hashes; what its leaves say is still worth a look.
			stored = nil
		}
		if _, err := v.leaves.Append(r.leaf); err != nil {
			return err
		}
		if err := v.checkHashes(stored, r); err != nil {
			return err
		}
		v.checkEntry(r)
		if err := v.checkpoint(false); err != nil {
			return err
		}
		v.step()
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the entries: %w", err)
	}
	return v.checkpoint(true)
}

// checkHashes compares the stored hashes of an entry with its leaf and with the
// stored hashes below them.
func (v *verification) checkHashes(stored *ledger.Tree, r entryRow) error {
	if stored == nil {
		return nil
	}
	own := ledger.LeafHash(r.leaf)
	base := own
	if len(r.hashes) >= len(own) && !bytes.Equal(r.hashes[:len(own)], own[:]) {
		v.report(Problem{Entry: r.idx, Table: "ledger_entry", Column: "leaf", Key: ProblemLeafChanged})
		base = ledger.TreeHash(r.hashes[:len(own)])
	}
	packed, err := stored.AppendHash(base)
	if err != nil {
		return err
	}
	if !bytes.Equal(packed, r.hashes) {
		v.report(Problem{Entry: r.idx, Table: "ledger_entry", Column: "hashes", Key: ProblemHashesChanged})
		if len(packed) == len(r.hashes) {
			stored.Adopt(r.hashes)
		}
	}
	return nil
}

// checkEntry compares what an entry's leaf says with the version and the subject.
func (v *verification) checkEntry(r entryRow) {
	leaf, err := ledger.DecodeLeaf(r.leaf)
	wrong := func(table, column, key string) {
		v.report(Problem{Entry: r.idx, Kind: leaf.Kind, Subject: leaf.ID, Table: table, Column: column, Key: key})
	}
	if err != nil {
		wrong("ledger_entry", "leaf", ProblemLeafUnreadable)
		return
	}
	if !r.ord.Valid {
		wrong("version", "entry", ProblemVersionMissing)
		return
	}
	switch {
	case r.salt == nil || r.body == nil:
		wrong("version", "body", ProblemTextMissing)
	case ledger.Commit(r.salt, r.body) != leaf.Commit:
		wrong("version", "body", ProblemTextDiffers)
	}
	first := leaf.Number == 1
	switch {
	case r.number.Int64 != int64(leaf.Number):
		wrong("version", "number", ProblemSubjectDiffers)
	case first && r.ord.Int64 != r.idx:
		wrong("version", "ord", ProblemSubjectDiffers)
	case !first && (!r.before.Valid || r.before.Int64 >= r.idx):
		wrong("version", "number", ProblemVersionNumber)
	}
	if !r.id.Valid {
		wrong("subject", "ord", ProblemSubjectMissing)
		return
	}
	if r.id.String != leaf.ID {
		wrong("subject", "id", ProblemSubjectDiffers)
	}
	if r.kind.String != leaf.Kind {
		wrong("subject", "kind", ProblemSubjectDiffers)
	}
	switch {
	case r.count.Int64 < int64(leaf.Number):
		wrong("subject", "number", ProblemSubjectDiffers)
	case r.count.Int64 == int64(leaf.Number) && r.newest.Int64 != r.idx:
		wrong("subject", "entry", ProblemSubjectDiffers)
	}
}
