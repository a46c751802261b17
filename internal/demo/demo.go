// Package demo holds the demonstration data: the members, plans and commitments
// that a paper on open digital government names, in our own words, with the OGP
// IDs and ratings that are known.
//
// It is not for loading them: the server hands the files to the import use case
// like any other file.
//
// Invariants: source.json is what people read and change; demo.jsonl is made from
// it (go test ./internal/demo -update) and a test holds them together. Everything
// is marked as demonstration data; a commitment whose OGP ID is not known is
// marked as a placeholder; no rating is invented.
package demo

import _ "embed"

//go:embed demo.jsonl
var subjects []byte

// File is one file of the demonstration data, in an import format.
type File struct {
	Name   string
	Format string // as people name it on the command line: "jsonl"
	Data   []byte
}

// Files lists the files in the order in which they are loaded.
var Files = []File{{Name: "demo.jsonl", Format: "jsonl", Data: subjects}}
