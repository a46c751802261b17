// Package interchange reads and writes outside formats: OGP's tables of
// commitments in three editions, the trackers of Canada and the United States, any
// CSV or XLSX with a mapping file, and our own lossless JSON Lines. It also holds
// the reference list of OGP's members, by which sources' names are told apart.
//
// It is not for deciding which known commitment a record means, nor for storing
// anything (app, store), nor for what a rating means (review).
//
// Invariants: a parser's time and memory are bounded whatever the file holds; what
// it cannot read is refused and what it doubts is told, each with its row and
// column, and nothing is mended silently; every column of a source is kept except
// contacts, which never enter a subject; a missing value keeps its kind and the
// source's own code; no cell that is written can be read as a formula, and every
// value comes back.
package interchange
