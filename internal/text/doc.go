// Package text makes words comparable in any script: folding, word variants for
// search, similarity of two texts, and a guess at a text's language.
//
// A search index stores, for each word of a text, the folded word and its stems
// ([Tokens]); a query asks, for each of its words, for any of the stems that any
// language would give it ([Query]), because nobody says in which language a
// query is written. A text is found when each word of the query is found in it.
//
// It is not for tagging (which uses it), nor for translating or showing text,
// nor for ranking.
//
// Invariants: everything is pure, deterministic and safe for concurrent use;
// [Fold] is idempotent; a token is never empty, holds only letters, marks and
// digits, is at most [MaxToken] runes long, and passes unchanged through SQLite's
// tokenizer unicode61 with remove_diacritics 0 and categories 'L* N* Co Mn Mc'.
package text
