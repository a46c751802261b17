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
