// Package server is the composition root: it builds the program from its rooms,
// starts it, and stops it.
//
// It is not for rules, pages or formats.
//
// Invariants: nothing is served from a record that is smaller than its newest
// checkpoint, or different from it; a stop lets running requests finish and
// signs the last checkpoint; whatever answers a request has a row in the site
// map, the API map, or the three rows here.
package server
