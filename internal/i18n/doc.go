// Package i18n gives every text, number, date and name that a person reads, in
// the person's language. It is not for texts of governments and reviewers: those
// are data and carry their own language (civic.Text).
//
// A language is one file: catalogues/CODE.json holds its messages, its plural
// forms and its way of writing numbers, dates and lists. A file of the same form
// in a directory of the operator's adds a language, or changes single messages
// of one, without a rebuild (Options.Extra).
//
// Invariants: nothing here panics on any key or argument; a message that is
// missing in a language is given in English between marks, so that it is seen;
// words put into a message are never read as part of it; the package has no
// clock, and the same arguments give the same text.
package i18n
