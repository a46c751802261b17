// Package store keeps the public record and its indexes in SQLite or PostgreSQL,
// with one SQL text for both.
//
// The truth is the record: one ledger entry and one version of its subject for
// each change. Every other table is an index that is computed from the newest
// version of a subject alone (see Prepare) and can be computed again; Verify
// does that and compares every column.
//
// It is not for rules: what may be written, matched or shown is app's business.
//
// Invariants: there is one door for writes (Write), and it commits nothing that
// was not logged; readers never wait for the writer; a reader sees all of a
// write or none of it; both databases give the same answers in the same order.
package store
