// Package api is the public interface for programs: JSON over HTTP, described in
// OpenAPI 3.1, under /api.
//
// It is not for pages (web) and decides nothing: it turns requests into calls of
// app, and answers into wire types. Wire types are written out here field by
// field, so that nothing inside becomes public by being added there.
//
// Invariants: every operation has a row in routes.go, and New refuses an
// operation without one and a row without an operation; every GET carries an
// ETag and answers 304; every error is an application/problem+json (RFC 9457)
// that names the parameter at fault; reads are open to every origin and change
// nothing; no contact data of officials is in any answer.
package api
