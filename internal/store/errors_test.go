package store

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"avow/internal/civic"
)

func TestAFullDiskIsCalledSo(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Options{Path: filepath.Join(t.TempDir(), "avow.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.writer.ExecContext(ctx, "PRAGMA max_page_count = 60"); err != nil {
		t.Fatal(err)
	}
	put := func(n int) error {
		return s.Write(ctx, func(tx *Tx) error {
			for i := range n {
				m := civic.Member{ID: civic.MemberID(fmt.Sprint(n, i)), Slug: fmt.Sprint(n, i), Name: fmt.Sprintf("%01000d", i)}
				p, err := Prepare(m)
				if err != nil {
					return err
				}
				if _, err := tx.Put(p, Entry{Actor: civic.LocalOperator, Verb: "import"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	err = put(1000)
	var e *civic.Error
	if civic.KindOf(err) != civic.Unavailable || !errors.As(err, &e) || e.Key != KeyDiskFull {
		t.Fatalf("a full disk gave %v", err)
	}
	if err := put(1); err != nil {
		t.Errorf("afterwards a small write gave %v", err)
	}
	if r, err := s.Verify(ctx, VerifyOptions{}); err != nil || !r.OK() || r.Entries != 1 {
		t.Errorf("the report is %+v, %v", r, err)
	}
}
