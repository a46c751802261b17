package tagging

import (
	_ "embed"
	"hash/crc32"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	cut := false
	for w := range strings.SplitSeq(written, "_") {
		w, open := strings.CutSuffix(w, "*")
		w = text.Fold(w)
		// An article is never needed: texts are looked up without theirs as well.
		if bare, ok := strings.CutPrefix(w, "ال"); ok && utf8.RuneCountInString(bare) >= 3 {
			w, cut = bare, true
		}
		parts = append(parts, part{w, open})
	}
	by := x.exact
	if parts[0].open {
		by = x.prefix
	}
	t := term{concept, parts[1:]}
	if !cut || !t.among(by[parts[0].word]) {
		by[parts[0].word] = append(by[parts[0].word], t)
	}
}

// starts lists the terms that a folded word may begin, as it is or, in Arabic, without
// what is written together with it.
func (x *lexicon) starts(word string, bare []string) []term {
	out := x.begins(word)
	for _, w := range bare {
		for _, t := range x.begins(w) {
			if !t.among(out) {
				out = append(out, t)
			}
		}
	}
	return out
}

func (x *lexicon) begins(word string) []term {
	out := slices.Clone(x.exact[word])
	for n := 2; n <= min(len(word), 40); n++ {
		out = append(out, x.prefix[word[:n]]...)
	}
	return out
}

// among reports whether a list holds the term already.
func (t term) among(list []term) bool {
	return slices.ContainsFunc(list, func(o term) bool { return o.concept == t.concept && slices.Equal(o.rest, t.rest) })
}

// follows reports whether the words go on as the term does.
func (t term) follows(next []spelled) bool {
	if len(next) < len(t.rest) {
		return false
	}
	for i, p := range t.rest {
		if w := next[i].word; !p.fits(w.folded) && !slices.ContainsFunc(w.bare, p.fits) {
			return false
		}
	}
	return true
}

func (p part) fits(w string) bool { return w == p.word || p.open && strings.HasPrefix(w, p.word) }

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
