// Package tagging goes from a commitment's text to suggested tags: it learns from
// the tags that people gave, suggests with a confidence and the words that spoke
// for each tag, says when it cannot tell, and measures itself on members that it
// has not seen.
//
// It is not for the tags themselves (taxonomy) nor for deciding: a suggestion is
// never a tag until a person accepts it. It reads nothing and stores nothing; the
// bytes of a model are handed in and out.
//
// Invariants: the same rows in the same order give the same model, byte for byte;
// a model is safe for many readers; time and memory are bounded whatever the text;
// thresholds are chosen on the rows that were learned from and on no others; rows
// of one member are never on both sides of a validation.
package tagging
