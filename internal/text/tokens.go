package text

import "strings"

// MaxToken is the length limit of a token, in runes.
const MaxToken = 64

// MaxQueryWords is the number of words of a query that count.
const MaxQueryWords = 16

// MaxVariants is the number of variants a query word has at most.
const MaxVariants = 24

// Tokens returns the distinct index tokens of a field, with all variants.
func Tokens(s, lang string) []string { return strings.Fields(Fold(s)) }

// Query returns each word of a query with its variants: OR inside, AND between.
func Query(q string) [][]string {
	var out [][]string
	for _, w := range strings.Fields(Fold(q)) {
		out = append(out, []string{w})
	}
	return out
}
