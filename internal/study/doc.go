// Package study is the workbench of the paper, its method made repeatable: a
// question to the list of commitments is frozen with the record's position, the
// texts of its commitments are grouped and drawn as a map, people name the groups
// and move what is wrong, coders give each commitment its codes blind to one
// another, their agreement is counted, what they disagree on is settled with a
// reason, and codes become proposals of tags.
//
// It is not for the tags in force (a person decides on each proposal), not for
// learning tags from texts (tagging), and not for reading or storing anything: the
// texts are handed in.
//
// Invariants: the same texts and the same seed give the same groups and the same
// map; a group that was suggested is marked as suggested until a person named it;
// an agreement that cannot be told says why and is never a number; a coding is
// part of the record only when every coder has handed in.
package study
