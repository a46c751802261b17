package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"

	"avow/internal/ledger"
)

// Message keys of what Verify can find. The problem's own fields say where.
const (
	ProblemEntryMissing      = "verify.entry_missing"      // a row of the ledger is not there
	ProblemLeafChanged       = "verify.leaf_changed"       // the leaf does not have the hash that was stored for it
	ProblemLeafUnreadable    = "verify.leaf_unreadable"    // the leaf is no leaf
	ProblemHashesChanged     = "verify.hashes_changed"     // a stored hash does not follow from those below it
	ProblemVersionMissing    = "verify.version_missing"    // an entry without its version
	ProblemVersionExtra      = "verify.version_extra"      // a version without its entry
	ProblemVersionNumber     = "verify.version_number"     // versions of a subject do not follow one another
	ProblemSubjectMissing    = "verify.subject_missing"    // a version of no subject
	ProblemSubjectDiffers    = "verify.subject_differs"    // a column says something else than the leaf
	ProblemSubjectExtra      = "verify.subject_extra"      // a subject without entries
	ProblemTextMissing       = "verify.text_missing"       // text or salt is gone and no entry says that it was erased
	ProblemTextDiffers       = "verify.text_differs"       // text and salt are not what the leaf commits to
	ProblemTextUnreadable    = "verify.text_unreadable"    // the text is no subject of its kind
	ProblemDerivedMissing    = "verify.derived_missing"    // a derived row is not there
	ProblemDerivedExtra      = "verify.derived_extra"      // a derived row without its subject
	ProblemDerivedDiffers    = "verify.derived_differs"    // a derived column is not what the newest version gives
	ProblemHeadMissing       = "verify.head_missing"       // the log has no head
	ProblemHeadDiffers       = "verify.head_differs"       // a column of the head is not what the entries give
	ProblemCheckpointOrigin  = "verify.checkpoint_origin"  // the checkpoint is of another log; arguments "Origin", "Other"
	ProblemCheckpointLarger  = "verify.checkpoint_larger"  // entries are missing at the end: arguments "Size", "Checkpoint"
	ProblemCheckpointDiffers = "verify.checkpoint_differs" // the record was another when the checkpoint was signed; the same arguments
	ProblemFileMissing       = "verify.file_missing"       // a file that the subject refers to is not there; argument "File"
	ProblemFileChanged       = "verify.file_changed"       // its content is not the one that the subject names; the same
	ProblemEngine            = "verify.engine"             // the database found itself damaged; argument "Words"
)

var problemKeys = []string{
	ProblemEntryMissing, ProblemLeafChanged, ProblemLeafUnreadable, ProblemHashesChanged, ProblemVersionMissing, ProblemVersionExtra,
	ProblemVersionNumber, ProblemSubjectMissing, ProblemSubjectDiffers, ProblemSubjectExtra, ProblemTextMissing, ProblemTextDiffers,
	ProblemTextUnreadable, ProblemDerivedMissing, ProblemDerivedExtra, ProblemDerivedDiffers, ProblemHeadMissing, ProblemHeadDiffers,
	ProblemCheckpointOrigin, ProblemCheckpointLarger, ProblemCheckpointDiffers, ProblemFileMissing, ProblemFileChanged, ProblemEngine,
}

// VerifyOptions says what to compare the record with.
type VerifyOptions struct {
	Checkpoint *ledger.Checkpoint      // kept outside the database; nil when there is none
	Progress   func(done, total int64) // called now and then, from one goroutine; may be nil
}

// Problem is something in the database that does not fit the record.
type Problem struct {
	Entry   int64  // the entry it belongs to, -1 when it belongs to none
	Kind    string // of the subject, where it is known
	Subject string // its ID
	Table   string
	Column  string
	Key     string         // message key
	Args    map[string]any // further words for the message, may be nil
}

// Report is what Verify found. The record fits when Problems is empty.
type Report struct {
	Origin   string
	Entries  int64
	Root     [32]byte  // recomputed from the leaves
	Problems []Problem // by entry, those of no entry last; the first 100
	More     int       // problems beyond these
}

// OK reports whether everything fits.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// maxProblems is how many problems a report names.
const maxProblems = 100

// verification is one run of Verify over one snapshot of the database.
type verification struct {
	VerifyOptions
	ctx    context.Context
	q      querier
	store  *Store
	total  int64
	done   int64
	leaves *ledger.Tree // grown from nothing but the leaves

	mu       sync.Mutex
	problems []Problem
	found    int
}

// Verify recomputes the record from its leaves, every stored hash, every
// commitment to a text, and every column that is derived from a text, and
// compares each with what the database holds, and the whole with a checkpoint
// that was kept elsewhere. Its memory does not grow with the record. An error
// means that it could not look; what it found is in the report.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	report, err := s.verify(ctx, o)
	return report, s.friendly("verify the record", err)
}

func (s *Store) verify(ctx context.Context, o VerifyOptions) (report Report, err error) {
	var how *sql.TxOptions
	if !s.embedded {
		how = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	snapshot, err := s.reader.BeginTx(ctx, how)
	if err != nil {
		return Report{}, err
	}
	defer func() { _ = snapshot.Rollback() }() // it only read
	v := &verification{VerifyOptions: o, ctx: ctx, q: snapshot, store: s, leaves: &ledger.Tree{}}
	err = v.q.QueryRowContext(ctx, "SELECT 2 * count(*) FROM ledger_entry").Scan(&v.total)
	for _, step := range []func() error{v.checkEntries, v.checkHead, v.checkSubjects, v.checkExtras, v.checkFiles, v.checkEngine} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return Report{}, err
	}
	root, err := v.leaves.Root()
	if err != nil {
		return Report{}, err
	}
	v.trim()
	report = Report{Entries: v.leaves.Size(), Root: root, Problems: v.problems, More: v.found - len(v.problems)}
	if h, err := head(ctx, v.q); err == nil {
		report.Origin = h.Origin
	}
	return report, nil
}

// report notes a problem. It may be called from several goroutines.
func (v *verification) report(p Problem) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found++
	v.problems = append(v.problems, p)
	if len(v.problems) >= 4*maxProblems {
		v.trim()
	}
}

// trim keeps the first problems.
func (v *verification) trim() {
	rank := func(p Problem) uint64 { return uint64(p.Entry) } // -1 becomes the largest
	slices.SortStableFunc(v.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(depth(a.Table), depth(b.Table)),
			cmp.Compare(a.Table, b.Table), cmp.Compare(a.Column, b.Column))
	})
	if len(v.problems) > maxProblems {
		clear(v.problems[maxProblems:])
		v.problems = v.problems[:maxProblems]
	}
}

// depth puts causes before consequences: what is derived comes last.
func depth(table string) int {
	if i := slices.Index([]string{"ledger_entry", "version", "subject"}, table); i >= 0 {
		return i
	}
	return 3
}

// step counts one unit of work.
func (v *verification) step() {
	v.done++
	if v.Progress != nil && (v.done%256 == 0 || v.done == v.total) {
		v.Progress(v.done, v.total)
	}
}

// checkHead compares the log's head with what the entries gave.
func (v *verification) checkHead() error {
	var one, size, newest, derived int64
	var origin string
	var root []byte
	err := v.q.QueryRowContext(v.ctx, "SELECT one, origin, size, root, newest, derivation FROM log").Scan(&one, &origin, &size, &root, &newest, &derived)
	if errors.Is(err, sql.ErrNoRows) {
		v.report(Problem{Entry: -1, Table: "log", Key: ProblemHeadMissing})
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the head of the log: %w", err)
	}
	real, err := v.leaves.Root()
	if err != nil {
		return err
	}
	var last int64
	if n := v.leaves.Size(); n > 0 {
		var leaf []byte
		if err := v.q.QueryRowContext(v.ctx, "SELECT leaf FROM ledger_entry ORDER BY idx DESC LIMIT 1").Scan(&leaf); err != nil {
			return fmt.Errorf("read the last entry: %w", err)
		}
		if l, err := ledger.DecodeLeaf(leaf); err == nil {
			last = l.At
		}
	}
	for _, c := range []struct {
		column string
		fits   bool
	}{
		{"one", one == 1}, {"size", size == v.leaves.Size()}, {"root", string(root) == string(real[:])}, {"newest", newest == last}, {"derivation", derived == derivation},
	} {
		if !c.fits {
			v.report(Problem{Entry: -1, Table: "log", Column: c.column, Key: ProblemHeadDiffers})
		}
	}
	if c := v.Checkpoint; c != nil && c.Origin != origin {
		v.report(Problem{Entry: -1, Table: "log", Column: "origin", Key: ProblemCheckpointOrigin, Args: map[string]any{"Origin": origin, "Other": c.Origin}})
	}
	return nil
}

// checkpoint compares the tree with the checkpoint when it has its size, and at
// the end when it never had.
func (v *verification) checkpoint(end bool) error {
	c := v.Checkpoint
	if c == nil || c.Size != v.leaves.Size() && (!end || c.Size < v.leaves.Size()) {
		return nil
	}
	args := map[string]any{"Size": v.leaves.Size(), "Checkpoint": c.Size}
	if c.Size > v.leaves.Size() {
		v.report(Problem{Entry: v.leaves.Size(), Table: "ledger_entry", Key: ProblemCheckpointLarger, Args: args})
		return nil
	}
	if end {
		return nil // it was compared when the tree grew to this size
	}
	root, err := v.leaves.Root()
	if err == nil && root != c.Root {
		v.report(Problem{Entry: -1, Table: "ledger_entry", Key: ProblemCheckpointDiffers, Args: args})
	}
	return err
}

// checkEngine asks SQLite whether its indexes, the search index included, agree
// with its tables. PostgreSQL offers nothing alike without an extension.
func (v *verification) checkEngine() error {
	if !v.store.embedded {
		return nil
	}
	rows, err := v.q.QueryContext(v.ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var words string
		if err := rows.Scan(&words); err != nil {
			return err
		}
		if words != "ok" {
			v.report(Problem{Entry: -1, Key: ProblemEngine, Args: map[string]any{"Words": words}})
		}
	}
	return rows.Err()
}
