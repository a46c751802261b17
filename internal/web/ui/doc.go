// Package ui is how the site looks: layout (what every page has), components
// (one thing each) and pages (one file per noun). It is made of typed templ
// components; the generated Go is committed.
//
// It is not for deciding anything: it gets finished words and numbers, asks no
// store and no use case, and reads no request.
//
// Invariants: every text of a government or a reviewer carries its own language
// and direction; nothing is written to a page unescaped; a missing value is
// drawn as missing, with the word for which kind.
package ui
