// Package tell says sentences of the history in a language: it fills what the
// record holds (texts in several languages, dates, values of scales, names of
// fields) into the messages of the catalogues.
//
// It is not for deciding what happened: app makes the sentences.
//
// Invariant: what it returns is plain text of a bounded length, so pages, feeds,
// the API and mails may show it as it stands.
package tell
