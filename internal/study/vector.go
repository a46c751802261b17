package study

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/text"
)

// Document is what is read of a commitment to group it: in one language, as far as
// the commitments of a study have one in common.
type Document struct {
	Title civic.Phrase
	Body  civic.Phrase
}

const (
	titleWeight  = 3    // a word of a title counts as often
	tooShort     = 4    // fewer different words than this are not grouped
	everywhere   = 0.5  // words in more than this share of the texts tell nothing
	fewDocuments = 8    // of fewer, every word counts
	mostWords    = 6000 // different words that are looked at
	mostRunes    = 8000 // of a long text that are read
)

// vector is a text as weights of words, sorted by word; its length is 1, or 0 when
// the text is too short.
type vector struct {
	word   []int
	weight []float64
}

// words is the vocabulary of the documents: how each stem is shown, and in how many texts it is.
type words struct {
	shown []string
	in    []int
}

// vectors weighs the words of each document by how rare they are among all of them
// (TF-IDF with logarithms), the stems of package text being the words.
func vectors(docs []Document) ([]vector, words) {
	counts := make([]map[string]int, len(docs))
	in := map[string]int{}
	written := map[string]map[string]int{}
	for i, d := range docs {
		counts[i] = map[string]int{}
		count(d.Title, titleWeight, counts[i], written)
		count(d.Body, 1, counts[i], written)
		for stem := range counts[i] {
			in[stem]++
		}
	}
	var stems []string
	for stem, n := range in {
		if len(docs) < fewDocuments || n >= 2 && float64(n) <= everywhere*float64(len(docs)) {
			stems = append(stems, stem)
		}
	}
	slices.SortFunc(stems, func(a, b string) int { return cmp.Or(cmp.Compare(in[b], in[a]), cmp.Compare(a, b)) })
	stems = stems[:min(len(stems), mostWords)]
	slices.Sort(stems)
	all := words{shown: make([]string, len(stems)), in: make([]int, len(stems))}
	at := make(map[string]int, len(stems))
	for w, stem := range stems {
		at[stem], all.shown[w], all.in[w] = w, most(written[stem]), in[stem]
	}
	out := make([]vector, len(docs))
	for i := range docs {
		if len(counts[i]) >= tooShort {
			out[i] = weigh(counts[i], at, all.in, len(docs))
		}
	}
	return out, all
}

func weigh(counts map[string]int, at map[string]int, in []int, docs int) vector {
	var v vector
	for stem := range counts {
		if w, ok := at[stem]; ok {
			v.word = append(v.word, w)
		}
	}
	slices.Sort(v.word)
	byWord := make(map[int]int, len(counts))
	for stem, n := range counts {
		if w, ok := at[stem]; ok {
			byWord[w] = n
		}
	}
	length := 0.0
	for _, w := range v.word {
		x := (1 + math.Log(float64(byWord[w]))) * math.Log(float64(docs+1)/float64(in[w]))
		v.weight = append(v.weight, x)
		length += x * x
	}
	if length == 0 {
		return vector{}
	}
	for i := range v.weight {
		v.weight[i] /= math.Sqrt(length)
	}
	return v
}

// count adds the stems of a phrase, and notes how they are written.
func count(p civic.Phrase, times int, counts map[string]int, written map[string]map[string]int) {
	runes := 0
	for _, word := range strings.FieldsFunc(p.Text, parts) {
		if runes += utf8.RuneCountInString(word); runes > mostRunes {
			return
		}
		lower := strings.ToLower(word)
		if text.Filler(text.Fold(word)) {
			continue
		}
		forms := text.Tokens(word, p.Lang)
		if len(forms) == 0 {
			continue
		}
		keep := forms[len(forms)-1:]
		if unspaced(word) {
			keep = forms // a run of characters and their pairs
		}
		for _, stem := range keep {
			shown := lower
			if unspaced(word) {
				shown = stem
			}
			if n := utf8.RuneCountInString(stem); n < 2 || n < 3 && !unspaced(word) {
				continue
			}
			counts[stem] += times
			if written[stem] == nil {
				written[stem] = map[string]int{}
			}
			written[stem][shown]++
		}
	}
}

func parts(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) }

// unspaced reports whether a word is of a script that puts no spaces between words.
func unspaced(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
	})
}

// most is the form that was written most often, the first in order among equals.
func most(forms map[string]int) string {
	best := ""
	for form, n := range forms {
		if best == "" || n > forms[best] || n == forms[best] && form < best {
			best = form
		}
	}
	return best
}
