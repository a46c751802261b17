// Package taxonomy holds the tags as people read them: a graph of tags with names
// in several languages, definitions, aliases and several parents; the operations
// that change it; its versions by date; the editions of OGP's table as reference
// data with crosswalks between them; and what a change would do before it is made.
//
// It is not for the cells of one table's tag columns (civic.EditionTags keeps what
// a source said, interchange reads it), not for proposing tags for a text
// (tagging), and not for storing anything: a change is a subject of the public
// record, and the graph of today is a fold over its entries.
//
// Invariants (domain 8, invariant 7): the graph has no cycle; every parent is
// there; a name, an alias or a former name leads to one tag and never makes a
// second one; what was merged leads to what it was merged into; a commitment
// counts once for each ancestor. A graph never changes once it is built, an
// operation that is refused changes nothing, and a version that was given a number
// always answers the same.
package taxonomy
