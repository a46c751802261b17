package text

import "strings"

// MaxQueryWords is the number of words of a query that count; the rest is ignored.
const MaxQueryWords = 16

// MaxVariants is the number of variants that a word has at most.
const MaxVariants = 24

// maxQuery is how much of a query is read, in bytes.
const maxQuery = 4096

// Query returns the words of a query, each with its variants: a text is found
// when its tokens hold, for each word, one of the word's variants. Because the
// query's language is unknown, the variants are the stems of every language that
// is written in the word's script. Function words (the, de, في) do not count
// when other words are there. Runs of scripts without spaces ask for each of
// their pairs of characters. There are at most MaxQueryWords words of at most
// MaxVariants variants; no word is empty; a query without words gives none.
func Query(q string) [][]string {
	if len(q) > maxQuery {
		q = strings.ToValidUTF8(q[:maxQuery], "")
	}
	var words, small [][]string
	seen := map[string]bool{}
	add := func(forms []string) {
		if seen[forms[0]] {
			return
		}
		seen[forms[0]] = true
		if functionWords[forms[0]] {
			small = append(small, forms)
			return
		}
		words = append(words, forms)
	}
	pieces(q, func(p piece) {
		if p.run {
			for _, t := range runQuery(p.s) {
				add([]string{t})
			}
			return
		}
		for _, forms := range wordForms(p.s, anyLanguage) {
			add(append([]string(nil), forms...))
		}
	})
	if len(words) == 0 {
		words = small
	}
	if len(words) > MaxQueryWords {
		words = words[:MaxQueryWords]
	}
	return words
}

// functionWords carry no meaning of their own; folded.
var functionWords = set("the a an of to in on and or for by with from at as is are be this that its " +
	"de la el los las le les des du un una une y e et en al del do da dos das della dell delle dei il lo o os por para con com " +
	"pour par dans sur au aux avec que qui se su sus sa son ses nell all dall sull " +
	"der die das und von den dem im fur zur zum mit auf ein eine einer van het een och att av som " +
	"في من على الى عن ان و او في " + "и в на с по о для за и та у з із до и во " + "και το τα τησ του των η ο οι ve ile dan yang di untuk na ya wa za kwa " +
	"का की के को में से और এর ও और")

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[Fold(w)] = true
	}
	return m
}
