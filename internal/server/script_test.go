package server

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/webtest"
)

// scripts are the request scripts, and the public address that each is written for.
var scripts = map[string]string{"api.txt": "", "site.txt": public}

func TestTheRequestScriptsHoldOnBothDatabases(t *testing.T) {
	folder := filepath.Join("..", "..", "e2e")
	found, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(found) != len(scripts) {
		t.Errorf("the scripts are %v, the table has %d: %v", found, len(scripts), err)
	}
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		bases := map[string]gate{}
		for _, name := range slices.Sorted(maps.Keys(scripts)) {
			base := scripts[name]
			g, open := bases[base]
			if !open {
				g = openGate(t, db, config.Config{BaseURL: base})
				bases[base] = g
			}
			script, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				t.Fatal(err)
			}
			webtest.Run(t, g, name, string(script))
		}
	})
}
