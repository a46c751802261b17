package text

import "slices"

// Common reports whether a word, in lower case, is one that few texts of a language
// do without ("the", "für"); of any language for "" and "und". It is for telling
// what a text is about, not for search.
func Common(word, lang string) bool {
	languages := wordLanguages[word]
	if lang == "" || lang == undetermined {
		return len(languages) > 0
	}
	return slices.Contains(languages, primary(lang))
}
