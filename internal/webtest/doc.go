// Package webtest is for tests of what answers over HTTP: it opens a site with
// data on an empty database, and it runs request scripts that read like
// sentences (e2e/*.txt).
//
// It is not for production code and not for a browser.
//
// Invariants: every test has a database of its own; a script that checks
// nothing is an error.
package webtest
