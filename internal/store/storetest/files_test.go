package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
)

// keep stores a file of the house.
func keep(t *testing.T, s *store.Store, content string, at int64) civic.File {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	f := civic.File{SHA256: hex.EncodeToString(sum[:]), Name: "minutes.txt", Type: "text/plain", Size: int64(len(content))}
	if err := s.House(context.Background(), func(h *store.House) error { return h.KeepFile(f, []byte(content), at) }); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFileThatWasChangedOrLostIsNamed(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s := db.Open(t)
		m, _, p, c := Sample()
		f, loose := keep(t, s, "what was decided", 1), keep(t, s, "nobody refers to this", 1)
		d := civic.Document{ID: civic.DocumentID(ID(50)), Member: m.ID, Plan: p.ID, Kind: "minutes", Title: civic.Text{{Lang: "en", Text: "Minutes"}}, Dated: "2026-01-01", File: &f}
		r := civic.Report{ID: civic.ReportID(ID(51)), Member: m.ID, Plan: p.ID, Commitment: c.ID, Evidence: []civic.Evidence{{File: &f}}}
		Put(t, s, m, p, c, d, r)
		at := checkpointOf(t, s)
		if report := verify(t, s, at); !report.OK() {
			t.Fatalf("before: %+v", report.Problems)
		}
		raw := db.Raw(t)
		set := func(statement string, args ...any) {
			t.Helper()
			if _, err := raw.Exec(statement, args...); err != nil {
				t.Fatal(err)
			}
		}
		good := []byte("what was decided")
		for i := range good {
			bad := append([]byte(nil), good...)
			bad[i] ^= 1
			set("UPDATE file SET bytes = $1 WHERE sha256 = $2", bad, f.SHA256)
			report := verify(t, s, at)
			if len(report.Problems) != 2 {
				t.Fatalf("byte %d flipped: %+v", i, report.Problems)
			}
			for _, problem := range report.Problems {
				if problem.Key != store.ProblemFileChanged || problem.Table != "file" || problem.Args["File"] != f.SHA256 || problem.Subject != string(d.ID) && problem.Subject != string(r.ID) {
					t.Errorf("byte %d flipped: %+v", i, problem)
				}
			}
		}
		set("UPDATE file SET bytes = $1, size = size + 1 WHERE sha256 = $2", good, f.SHA256)
		if report := verify(t, s, at); len(report.Problems) != 2 || report.Problems[0].Column != "size" {
			t.Errorf("another size: %+v", report.Problems)
		}
		set("DELETE FROM file WHERE sha256 = $1", f.SHA256)
		if report := verify(t, s, at); len(report.Problems) != 2 || report.Problems[0].Key != store.ProblemFileMissing {
			t.Errorf("a file that is gone: %+v", report.Problems)
		}
		keep(t, s, "what was decided", 1)
		set("UPDATE file SET bytes = $1 WHERE sha256 = $2", []byte("x"), loose.SHA256)
		if report := verify(t, s, at); !report.OK() {
			t.Errorf("a file that nothing refers to: %+v", report.Problems)
		}
	})
}

func TestOnlyFilesThatNothingRefersToAreSwept(t *testing.T) {
	EachStore(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		m, _, p, c := Sample()
		used, loose, fresh := keep(t, s, "used", 10), keep(t, s, "loose", 10), keep(t, s, "fresh", 10)
		Put(t, s, m, p, c, civic.Document{ID: civic.DocumentID(ID(50)), Member: m.ID, File: &used})
		sweep := func(since int64) (n int64) {
			t.Helper()
			if err := s.House(ctx, func(h *store.House) (err error) { n, err = h.SweepFiles(since); return err }); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if n := sweep(10); n != 0 {
			t.Errorf("%d were swept in their time", n)
		}
		touched := false
		if err := s.House(ctx, func(h *store.House) (err error) { touched, err = h.TouchFile(fresh.SHA256, 0, 20); return err }); err != nil || !touched {
			t.Errorf("touched %v, %v", touched, err)
		}
		if n := sweep(20); n != 1 {
			t.Errorf("%d were swept", n)
		}
		for f, want := range map[civic.File]civic.ErrorKind{used: "", fresh: "", loose: civic.NotFound} {
			if _, err := s.FileContent(ctx, f.SHA256); civic.KindOf(err) != want {
				t.Errorf("%s: %v", f.SHA256, err)
			}
		}
	})
}
