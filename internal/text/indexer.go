package text

import (
	"strings"
	"sync"
)

// Indexer makes index tokens of many texts one after the other and remembers the
// words it has seen. It belongs to one goroutine at a time. Begin comes first.
type Indexer struct {
	set    uint32 // number of the set of tokens at hand
	tokens map[string]*knownToken
	words  map[string]map[string]*knownWord // by base language and word
	known  int                              // words in words
	longer int                              // bytes of the longer words' tokens, which are in tokens alone
}

type knownToken struct {
	text string
	set  uint32 // the last set that it was in
}

type knownWord struct {
	tokens []*knownToken
	set    uint32
}

// knownWords bounds the words that an Indexer keeps from set to set.
const knownWords = 16_384

// Begin starts a new set of tokens.
func (x *Indexer) Begin() {
	x.set++
	if x.set == 0 || x.tokens == nil || x.known > knownWords || len(x.tokens) > 4*knownWords || x.longer > 1<<20 {
		*x = Indexer{set: 1, tokens: map[string]*knownToken{}, words: map[string]map[string]*knownWord{}}
	}
}

// Add gives add the tokens of one field that the set does not hold yet, in the
// order of their first appearance (see Tokens), until add returns false. After
// that the set is spoilt: Begin a new one.
func (x *Indexer) Add(s, lang string, add func(token string) bool) bool {
	lang = base(lang)
	words := x.words[lang]
	if words == nil {
		words = map[string]*knownWord{}
		x.words[strings.Clone(lang)] = words
		x.known++
	}
	more := true
	give := func(t *knownToken) {
		if t.set != x.set && more {
			t.set = x.set
			more = add(t.text)
		}
	}
	word := func(w string) {
		k := words[w]
		if k == nil {
			k = &knownWord{}
			for _, form := range wordForms(w, lang) {
				for _, v := range form {
					k.tokens = append(k.tokens, x.token(v))
				}
			}
			if len(w) <= cachedWordLen {
				words[strings.Clone(w)] = k // do not keep the whole text alive
				x.known++
			}
		}
		if k.set == x.set {
			return
		}
		k.set = x.set
		for _, t := range k.tokens {
			give(t)
		}
	}
	var last piece
	pieces(s, func(p piece) {
		if !more {
			return
		}
		if p.run {
			runTokens(p.s, func(t string) { give(x.token(t)) })
		} else {
			if !last.run && last.s != "" && isHyphen(s[last.end():p.start]) {
				word(last.s + p.s)
			}
			word(p.s)
		}
		last = p
	})
	return more
}

func (x *Indexer) token(t string) *knownToken {
	k := x.tokens[t]
	if k == nil {
		if len(t) > cachedWordLen {
			x.longer += len(t)
		}
		k = &knownToken{text: strings.Clone(t)}
		x.tokens[k.text] = k
	}
	return k
}

// isHyphen reports whether what is between two words joins them into one that
// people also write without it.
func isHyphen(s string) bool { return s == "-" || s == "\u2010" || s == "\u2011" }

var indexers = sync.Pool{New: func() any { return &Indexer{} }}

// Tokens returns the index tokens of one field, each once, in the order of their
// first appearance: for each word the folded word and its stems in the given
// language (BCP 47; "und" or "" lets the script decide and indexes the likeliest
// languages), and for scripts without spaces between words each character and
// each pair of neighbours. Words with a hyphen are also known as one word.
// Simplified and traditional Chinese are different characters and stay so.
func Tokens(s, lang string) []string {
	x := indexers.Get().(*Indexer)
	defer indexers.Put(x)
	x.Begin()
	out := make([]string, 0, len(s)/4+8)
	x.Add(s, lang, func(t string) bool {
		out = append(out, t)
		return true
	})
	return out
}
