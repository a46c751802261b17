// Package mail writes letters and sends them: from a kind and its data to words in
// the reader's language, as plain text first and simple HTML beside it.
//
// It is not for deciding who gets a letter or when (app lets them wait, jobs sends
// them).
//
// Invariants: every word comes from the catalogues; a letter says the same in both
// forms, loads nothing from anywhere and can be read as text alone; nothing in its
// data becomes a header or markup.
package mail
