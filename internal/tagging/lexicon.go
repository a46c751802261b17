package tagging

import (
	_ "embed"
	"hash/crc32"
	"slices"
	"strings"
	"sync"

	"avow/internal/text"
)

//go:embed lexicon.txt
var lexiconFile string

// lexicon knows words of government in several languages by what they mean. A
// concept is a number; those below common are features of every text, the others
// only speak for tags in whose names they are found.
type lexicon struct {
	names  []string
	common int
	exact  map[string][]term // by the first word
	prefix map[string][]term // by the beginning of the first word
	mark   uint32            // of the file: a model goes with one lexicon
}

// term is one way to write a concept: what follows its first word.
type term struct {
	concept int
	rest    []part
}

type part struct {
	word string
	open bool // any ending
}

var words = sync.OnceValue(func() *lexicon { return readLexicon(lexiconFile) })

func readLexicon(file string) *lexicon {
	x := &lexicon{exact: map[string][]term{}, prefix: map[string][]term{}, mark: crc32.ChecksumIEEE([]byte(file))}
	numbers := map[string]int{} // a name above the line and the same name below it are two concepts
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		if line == "=" {
			x.common = len(x.names)
			clear(numbers)
			continue
		}
		name, terms, ok := strings.Cut(line, "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		n, ok := numbers[name]
		if !ok {
			n = len(x.names)
			numbers[name] = n
			x.names = append(x.names, name)
		}
		for t := range strings.FieldsSeq(terms) {
			x.add(n, t)
		}
	}
	return x
}

func (x *lexicon) add(concept int, written string) {
	var parts []part
	for w := range strings.SplitSeq(written, "_") {
		w, open := strings.CutSuffix(w, "*")
		parts = append(parts, part{text.Fold(w), open})
	}
	by := x.exact
	if parts[0].open {
		by = x.prefix
	}
	by[parts[0].word] = append(by[parts[0].word], term{concept, parts[1:]})
}

// starts lists the terms that a folded word may begin.
func (x *lexicon) starts(word string) []term {
	out := slices.Clone(x.exact[word])
	for n := 2; n <= min(len(word), 40); n++ {
		out = append(out, x.prefix[word[:n]]...)
	}
	return out
}

// follows reports whether the words go on as the term does.
func (t term) follows(next []*word) bool {
	if len(next) < len(t.rest) {
		return false
	}
	for i, p := range t.rest {
		if w := next[i].folded; w != p.word && !(p.open && strings.HasPrefix(w, p.word)) {
			return false
		}
	}
	return true
}

// conceptsIn lists the concepts of some names, each once, in order.
func conceptsIn(names []string) []int {
	var out []int
	var r reader
	for _, n := range names {
		ws := r.words(n, "")
		for i, w := range ws {
			for _, t := range w.terms {
				if t.follows(ws[i+1:]) {
					out = append(out, t.concept)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
