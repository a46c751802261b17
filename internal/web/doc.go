// Package web is the site for people: the site map (routes.go), one handler file
// for each noun, and the words that turn values into sentences.
//
// It is not for markup (ui), rules (the inside) or changes: every page is read,
// and reading changes nothing.
//
// Invariants: nothing is served that has no row in the site map; each page
// carries a validator made of the record, the build, the address and the
// language; a page is complete before its first byte is sent; whatever goes
// wrong ends in a page that says what to do next, in the reader's language.
package web
