package storetest

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"avow/internal/ledger"
	"avow/internal/store"
)

func TestADeletedRowIsFound(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		for _, table := range columns {
			fresh := db.another(t)
			s, c := filled(t, fresh)
			raw := unlocked(t, fresh)
			if _, err := raw.Exec(fmt.Sprintf("DELETE FROM %s WHERE %s = (SELECT max(%s) FROM %s WHERE %s < 44)", table.table, table.key, table.key, table.table, table.key)); err != nil {
				t.Fatal(err)
			}
			report := verify(t, s, c)
			if report.OK() {
				t.Errorf("a deleted row of %s: not found", table.table)
			} else if first := report.Problems[0]; first.Table != table.table && table.table != "ledger_entry" {
				t.Errorf("a deleted row of %s: named is %+v", table.table, first)
			}
		}
	})
}

func TestARowThatWasAddedIsFound(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		raw := unlocked(t, db)
		for _, add := range []struct{ table, row, undo string }{
			{"member", "INSERT INTO member VALUES (3, 'x', 'x')", "DELETE FROM member WHERE ord = 3"},
			{"plan", "INSERT INTO plan VALUES (900, 'x', '', '')", "DELETE FROM plan WHERE ord = 900"},
			{"commitment_plan", "INSERT INTO commitment_plan VALUES (5, 1, 'x')", "DELETE FROM commitment_plan WHERE pos = 1"},
			{"commitment_plan", "INSERT INTO commitment_plan VALUES (900, 0, 'x')", "DELETE FROM commitment_plan WHERE ord = 900"},
			{"search", "INSERT INTO search (rowid, title, body) VALUES (1, 'x', '')", "DELETE FROM search WHERE rowid = 1"},
			{"subject", "INSERT INTO subject VALUES (900, 'x', 'member', 5, 1)", "DELETE FROM subject WHERE ord = 900"},
			{"subject", "INSERT INTO subject VALUES (900, 'x', 'other', 5, 1)", "DELETE FROM subject WHERE ord = 900"},
			{"version", "INSERT INTO version SELECT 900, ord, 9, salt, body FROM version WHERE entry = 7", "DELETE FROM version WHERE entry = 900"},
			{"ledger_entry", "INSERT INTO ledger_entry SELECT 45, leaf, hashes FROM ledger_entry WHERE idx = 44", "DELETE FROM ledger_entry WHERE idx = 45"},
		} {
			if _, err := raw.Exec(add.row); err != nil {
				t.Fatal(err)
			}
			report := verify(t, s, c)
			found := false
			for _, p := range report.Problems {
				found = found || p.Table == add.table
			}
			if !found {
				t.Errorf("%s: the report is %+v", add.row, report.Problems)
			}
			if _, err := raw.Exec(add.undo); err != nil {
				t.Fatal(err)
			}
		}
		if r := verify(t, s, c); !r.OK() {
			t.Errorf("afterwards the report is %+v", r.Problems)
		}
	})
}

func TestATailThatWasCutOffIsFoundByTheCheckpoint(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		raw := unlocked(t, db)
		// Somebody who knows the tables leaves nothing that does not fit in itself.
		for _, change := range []string{
			"DELETE FROM search WHERE rowid = 42", "DELETE FROM commitment_plan WHERE ord = 42", "DELETE FROM commitment WHERE ord = 42",
			"DELETE FROM version WHERE entry >= 42", "DELETE FROM subject WHERE ord >= 42", "DELETE FROM ledger_entry WHERE idx >= 42",
			"UPDATE subject SET entry = ord, number = 1",
		} {
			if _, err := raw.Exec(change); err != nil {
				t.Fatal(err)
			}
		}
		report := verify(t, s, c)
		found := false
		for _, p := range report.Problems {
			found = found || p.Key == store.ProblemCheckpointLarger && p.Entry == 42
		}
		if !found {
			t.Errorf("the report is %+v", report.Problems)
		}
		if err := s.CheckAgainst(context.Background(), c); keyOf(err) != store.KeyRolledBack {
			t.Errorf("at start: %v", err)
		}
	})
}

func TestYesterdaysFileIsRefused(t *testing.T) {
	db := SQLite(t)
	s, yesterday := filled(t, db)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	copied, err := os.ReadFile(db.Options.Path)
	if err != nil {
		t.Fatal(err)
	}
	again := db.Open(t)
	Put(t, again, Commitment(900, "MK0900", "Today", "Something new"))
	today := checkpointOf(t, again)
	if err := again.CheckAgainst(context.Background(), yesterday); err != nil {
		t.Errorf("a grown record against yesterday's checkpoint: %v", err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(db.Options.Path, copied, 0o644); err != nil {
		t.Fatal(err)
	}
	restored := db.Open(t)
	if err := restored.CheckAgainst(context.Background(), today); keyOf(err) != store.KeyRolledBack {
		t.Errorf("yesterday's file against today's checkpoint: %v", err)
	}
	if r := verify(t, restored, today); r.OK() || r.Problems[0].Key != store.ProblemCheckpointLarger || r.Problems[0].Entry != 45 {
		t.Errorf("the report is %+v", r.Problems)
	}
	// And when as much was written again, but something else.
	Put(t, restored, Commitment(900, "MK0900", "Today, rewritten", "Something new"))
	if err := restored.CheckAgainst(context.Background(), today); keyOf(err) != store.KeyForked {
		t.Errorf("a rewritten day: %v", err)
	}
	if r := verify(t, restored, today); r.OK() || r.Problems[0].Key != store.ProblemCheckpointDiffers {
		t.Errorf("the report is %+v", r.Problems)
	}
	other := today
	other.Origin = "avow/other"
	if err := restored.CheckAgainst(context.Background(), other); keyOf(err) != store.KeyOtherLog {
		t.Errorf("another log's checkpoint: %v", err)
	}
}

func TestTheLedgerRefusesChanges(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		filled(t, db)
		raw := db.Raw(t)
		if db.Name == "postgres" {
			if _, err := raw.Exec("SET session_replication_role = origin"); err != nil {
				t.Fatal(err)
			}
		}
		for _, statement := range []string{"UPDATE ledger_entry SET leaf = leaf", "DELETE FROM ledger_entry WHERE idx = 44", "DELETE FROM ledger_entry"} {
			if _, err := raw.Exec(statement); err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", statement, err)
			}
		}
	})
}

func TestADamagedSearchIndexIsFound(t *testing.T) {
	db := SQLite(t)
	s, c := filled(t, db)
	raw := unlocked(t, db)
	if _, err := raw.Exec("UPDATE search_content SET c0 = 'x' WHERE id = 10"); err != nil {
		t.Fatal(err)
	}
	report := verify(t, s, c)
	keys := map[string]bool{}
	for _, p := range report.Problems {
		keys[p.Key] = true
	}
	if !keys[store.ProblemDerivedDiffers] || !keys[store.ProblemEngine] {
		t.Errorf("the report is %+v", report.Problems)
	}
}

func TestATextThatIsGoneWithoutAnErasureIsFound(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s, c := filled(t, db)
		if _, err := unlocked(t, db).Exec("UPDATE version SET salt = NULL, body = NULL WHERE entry = 7"); err != nil {
			t.Fatal(err)
		}
		report := verify(t, s, c)
		if len(report.Problems) != 1 || report.Problems[0].Key != store.ProblemTextMissing || report.Problems[0].Entry != 7 {
			t.Errorf("the report is %+v", report.Problems)
		}
		v, err := s.Newest(context.Background(), "commitment", report.Problems[0].Subject)
		if err != nil || !v.Erased || v.Body != nil || v.At == 0 {
			t.Errorf("the version is %+v, %v", v, err)
		}
	})
}

func TestAnEntryCanBeProvedToSomebodyWithoutTheDatabase(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, i, p, c := Sample()
		Put(t, s, m, i)
		before := checkpointOf(t, s)
		Put(t, s, p, c)
		after := checkpointOf(t, s)
		for entry := range int64(4) {
			proof, err := s.Inclusion(ctx, entry, 4)
			if err != nil || proof.Check(after) != nil {
				t.Errorf("entry %d: %v, %v", entry, err, proof.Check(after))
			}
		}
		proof, err := s.Inclusion(ctx, 3, 4)
		if err != nil {
			t.Fatal(err)
		}
		v, err := s.Newest(ctx, c.SubjectKind(), c.SubjectID())
		if err != nil || proof.CheckBody(v.Salt, v.Body) != nil || proof.CheckBody(v.Salt, v.Body[1:]) == nil {
			t.Errorf("the body of entry 3: %v", err)
		}
		path, err := s.Consistency(ctx, before.Size, after.Size)
		if err != nil || ledger.CheckConsistency(path, before, after) != nil {
			t.Errorf("growth from 2 to 4: %v", err)
		}
		if _, err := s.Inclusion(ctx, 4, 4); keyOf(err) != store.KeyNoEntry {
			t.Errorf("an entry that is not there: %v", err)
		}
	})
}

func TestALogWithoutItsHeadGetsNoNewName(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		filled(t, db)
		if _, err := unlocked(t, db).Exec("DELETE FROM log"); err != nil {
			t.Fatal(err)
		}
		if got := refused(t, db.Options); got != store.KeyDamaged {
			t.Errorf("it gave %s", got)
		}
		db.Options.ReadOnly = true
		s := db.Open(t)
		if _, err := s.Head(context.Background()); keyOf(err) != store.KeyDamaged {
			t.Errorf("its head gave %v", err)
		}
		report, err := s.Verify(context.Background(), store.VerifyOptions{})
		if err != nil || len(report.Problems) != 1 || report.Problems[0].Key != store.ProblemHeadMissing {
			t.Errorf("the report is %+v, %v", report, err)
		}
	})
}
