// Package htmlcheck looks at HTML pages in tests and says in sentences what is
// wrong with them.
//
// It is not a validator of the whole standard and not a browser: layout, colour
// and behaviour are checked elsewhere.
//
// Invariants: Problems knows no exceptions; a page without problems here can
// still have some.
package htmlcheck
