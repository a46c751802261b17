package i18n

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheProgramHoldsTheCataloguesAsTheyAre(t *testing.T) {
	own, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("catalogues/*.json")
	if err != nil || len(paths) != len(own.File) || len(paths) < 4 {
		t.Fatalf("%d files, %d of them in the program: %v", len(paths), len(own.File), err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		held, err := fs.ReadFile(own, filepath.Base(path))
		if err != nil || string(held) != string(text) {
			t.Errorf("%s is not what the program holds: run make generate (%v)", path, err)
		}
	}
}
