// Package review holds what the Independent Reporting Mechanism's words mean:
// rating scales with their versions, variables, products, the kinds of missing
// values, and the three star rules.
//
// It is not for the spelling of one table's columns (interchange) and not for
// storing ratings (civic, store).
//
// Invariants: a scale never changes, a new version gets a new name; a rule is a
// pure function of the assessments of one source; nothing here turns a missing
// value into a negative one.
package review
