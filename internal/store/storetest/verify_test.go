package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/ledger"
	"avow/internal/store"
)

// filled makes a database with every kind of subject, several versions, and 40
// commitments, and returns the checkpoint of its record.
func filled(t *testing.T, db Database) (*store.Store, ledger.Checkpoint) {
	t.Helper()
	s := db.Open(t)
	m, i, p, c := Sample()
	Put(t, s, m, i, p, c)
	for n := range 39 {
		Put(t, s, Commitment(10+n, fmt.Sprintf("MK%04d", 10+n), fmt.Sprintf("Commitment number %d", n), "Publish the register of beneficial owners"))
	}
	c.Title = civic.Text{{Lang: "en", Text: "Open the courts"}}
	m.Status = civic.Active
	Put(t, s, c, m)
	return s, checkpointOf(t, s)
}

func checkpointOf(t *testing.T, s *store.Store) ledger.Checkpoint {
	t.Helper()
	h, err := s.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return ledger.Checkpoint{Origin: h.Origin, Size: h.Size, Root: h.Root}
}

func verify(t *testing.T, s *store.Store, c ledger.Checkpoint) store.Report {
	t.Helper()
	report, err := s.Verify(context.Background(), store.VerifyOptions{Checkpoint: &c})
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return report
}

func TestAnUntouchedRecordFits(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		early := ledger.Checkpoint{Origin: c.Origin, Root: ledger.EmptyRoot}
		for _, c := range []ledger.Checkpoint{c, early} {
			if r := verify(t, s, c); !r.OK() || r.Entries != 45 || r.Root != checkpointOf(t, s).Root {
				t.Errorf("the report is %+v", r)
			}
		}
		var last int64
		report, err := s.Verify(context.Background(), store.VerifyOptions{Progress: func(done, total int64) {
			if done < last || done > total {
				t.Errorf("progress went to %d of %d", done, total)
			}
			last = done
		}})
		if err != nil || !report.OK() || report.Origin != c.Origin {
			t.Errorf("without a checkpoint the report is %+v, %v", report, err)
		}
	})
}

// cell is one column of one row.
type cell struct {
	table, key, column string
	row                int64
	kind               string // "text", "number", "bytes"
}

// columns lists every column of every logged table; key names the rows.
var columns = []struct{ table, key, text, number, bytes string }{
	{"ledger_entry", "idx", "", "idx", "leaf hashes"},
	{"version", "entry", "", "entry ord number", "salt body"},
	{"subject", "ord", "id kind", "ord entry number", ""},
	{"member", "ord", "slug_key code_key", "ord", ""},
	{"plan", "ord", "slug_key source_key member_id", "ord", ""},
	{"commitment", "ord", "ogp_id member_id plans numbers completion lang title title_key tags", "ord year milestones demo", ""},
	{"commitment_plan", "ord", "plan_id", "ord pos", ""},
	{"search", "rowid", "title body", "rowid", ""},
	{"log", "one", "origin", "size newest derivation", "root"},
}

// cells lists every cell of a database.
func cells(t *testing.T, raw *sql.DB) (all []cell) {
	t.Helper()
	for _, c := range columns {
		rows, err := raw.Query("SELECT " + c.key + " FROM " + c.table + " ORDER BY 1")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var row int64
			if err := rows.Scan(&row); err != nil {
				t.Fatal(err)
			}
			for kind, names := range map[string]string{"text": c.text, "number": c.number, "bytes": c.bytes} {
				for _, name := range strings.Fields(names) {
					all = append(all, cell{c.table, c.key, name, row, kind})
				}
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// change gives a cell another value and returns how to take that back.
func change(t *testing.T, raw *sql.DB, c cell, r *rand.Rand) (undo func()) {
	t.Helper()
	var before, after any
	if err := raw.QueryRow(fmt.Sprintf("SELECT %s FROM %s WHERE %s = %d", c.column, c.table, c.key, c.row)).Scan(&before); err != nil {
		t.Fatal(err)
	}
	switch b := before.(type) {
	case string:
		after = b + "x"
		if len(b) > 1 && r.IntN(2) == 0 && !strings.HasSuffix(b, "z") {
			after = b[:len(b)-1] + "z"
		}
		if b == "" && r.IntN(2) == 0 {
			after = "y"
		}
	case int64:
		after = b + 1_000 + r.Int64N(1000)
	case []byte:
		changed := append([]byte{}, b...)
		changed[r.IntN(len(b))] ^= 1 << r.IntN(8)
		after = changed
	default:
		t.Fatalf("%+v holds a %T", c, before)
	}
	set := func(from, to any) {
		row := any(c.row)
		if c.column == c.key {
			row = from
		}
		done, err := raw.Exec(fmt.Sprintf("UPDATE %s SET %s = $1 WHERE %s = $2", c.table, c.column, c.key), to, row)
		if err != nil {
			t.Fatalf("change %+v: %v", c, err)
		}
		if n, _ := done.RowsAffected(); n < 1 {
			t.Fatalf("change %+v: %d rows", c, n)
		}
	}
	set(before, after)
	return func() { set(after, before) }
}

// unlocked opens a database past the store with the ledger's triggers gone.
func unlocked(t *testing.T, db Database) *sql.DB {
	t.Helper()
	raw := db.Raw(t)
	if db.Name == "sqlite" {
		for _, name := range []string{"ledger_entry_no_update", "ledger_entry_no_delete"} {
			if _, err := raw.Exec("DROP TRIGGER " + name); err != nil {
				t.Fatal(err)
			}
		}
	}
	return raw
}

func TestEachColumnChangedInTurnIsFoundAndNamed(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		raw := unlocked(t, db)
		r := rand.New(rand.NewPCG(7, 7))
		tried := map[string]bool{}
		for _, one := range cells(t, raw) {
			name := one.table + "." + one.column
			// The second row of each table, so that other rows stand on both sides.
			if tried[name] || one.row < 4 && one.table != "member" && one.table != "plan" && one.table != "log" {
				continue
			}
			tried[name] = true
			undo := change(t, raw, one, r)
			report := verify(t, s, c)
			undo()
			if report.OK() {
				t.Errorf("%s of %d changed: not found", name, one.row)
				continue
			}
			first := report.Problems[0]
			// A cell that says which row it belongs to is missed there and superfluous elsewhere.
			if first.Table != one.table && one.kind == "text" {
				t.Errorf("%s of %d changed: named is %+v", name, one.row, first)
			}
			if first.Entry != one.row && one.table != "log" && one.table != "member" && one.table != "plan" {
				t.Errorf("%s of %d changed: named is entry %d (%s)", name, one.row, first.Entry, first.Key)
			}
		}
		if report := verify(t, s, c); !report.OK() {
			t.Errorf("after undoing everything the report is %+v", report.Problems)
		}
		want := 0
		for _, c := range columns {
			want += len(strings.Fields(c.text + " " + c.number + " " + c.bytes))
		}
		if len(tried) != want {
			t.Errorf("%d columns of %d were tried", len(tried), want)
		}
	})
}

func TestRandomMutationsAreAllFound(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		raw := unlocked(t, db)
		r := rand.New(rand.NewPCG(20, 26))
		all := cells(t, raw)
		for n := range 200 {
			one := all[r.IntN(len(all))]
			undo := change(t, raw, one, r)
			if verify(t, s, c).OK() {
				t.Errorf("mutation %d, %+v: not found", n, one)
			}
			undo()
		}
	})
}

// another makes a further database on the same engine.
func (db Database) another(t *testing.T) Database {
	if db.Name == "sqlite" {
		return SQLite(t)
	}
	return Postgres(t)
}
