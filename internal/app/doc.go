// Package app holds every use case: what a person, the site, the API and the
// command line can do, one file per noun.
//
// It is not for formats (interchange), tables (store) or words (the catalogues).
//
// Invariants: each change is authorised first and goes through the one door for
// writes, with one entry of the public record for each subject changed; reading
// changes nothing; lists, filters and counts are answered from one index, so
// that both databases give the same answers.
package app
