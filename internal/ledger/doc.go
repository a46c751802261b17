// Package ledger is the public record's mathematics: what a leaf of the Merkle
// log looks like, how a leaf commits to a text without holding it, how the tree
// grows, and how anybody proves offline that nothing was rewritten.
//
// It is not for storage (store keeps leaves, hashes and texts) and not for
// files or clocks. Hashing, proofs and signed notes are those of
// golang.org/x/mod/sumdb; only the leaf format is ours.
//
// Invariants: equal leaves have equal bytes and every accepted leaf encodes back
// to the bytes it was read from; a leaf holds no text and no personal data; the
// tree's hashes are those of RFC 6962, section 2.1, so other verifiers can be used.
package ledger
