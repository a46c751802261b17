// Package civic is the shared vocabulary of the house: members, institutions,
// action plans, commitments with their milestones, tags and ratings, and the
// words everybody needs to speak of them (IDs, texts with a language, civil
// dates, missing values, actors, errors).
//
// It is not for rules of one room: rating scales live in review, file formats
// in interchange, storage in store.
//
// Invariants: values are plain data without a clock, a disk or a network; a
// missing value is never an empty string that could be read as "no"; the JSON
// form of a subject is canonical, so equal subjects encode to equal bytes.
package civic
