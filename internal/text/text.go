// Package text makes words comparable in any script: folding, word variants for
// search, similarity of two texts, and a guess at a text's language.
//
// It is not for tagging (which uses it), nor for translating or showing text.
//
// Invariants: pure and deterministic; Fold is idempotent; a token is never
// empty, holds only letters, marks and digits, and is at most MaxToken runes.
package text
