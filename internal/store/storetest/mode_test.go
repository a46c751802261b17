package storetest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/store"
)

func TestANewDatabaseIsForItsOwnerAloneAlsoInAFolderForEverybody(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(dir, "avow.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	made, err := filepath.Glob(filepath.Join(dir, "avow.db*"))
	if err != nil || len(made) < 3 {
		t.Fatal(made, err)
	}
	for _, path := range made {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", filepath.Base(path), info.Mode(), err)
		}
	}
}

func TestADatabaseOnAReadOnlyMediumCanBeRead(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	path := filepath.Join(dir, "avow.db")
	s, err := store.Open(ctx, store.Options{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o755) }) // so that it can be removed
	if s, err = store.Open(ctx, store.Options{Path: path, ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if head, err := s.Head(ctx); err != nil || head.Origin == "" {
		t.Errorf("the head is %+v, %v", head, err)
	}
}
