package main

import (
	"os"
	"path/filepath"

	"avow/internal/interchange"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

// readTable reads an edition's table in a folder as rows to learn from.
func readTable(folder, year string, g *taxonomy.Graph) (tagging.Table, error) {
	path := filepath.Join(folder, "commitments-"+year+".csv")
	data, err := os.ReadFile(path)
	if err != nil {
		return tagging.Table{}, err
	}
	parsed, err := interchange.ParseOGP(interchange.BytesInput(path, data))
	if err != nil {
		return tagging.Table{}, err
	}
	return interchange.Tagged(parsed, g), nil
}
