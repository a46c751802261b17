package tagging

import (
	"avow/internal/civic"
	"avow/internal/text"
)

// A title says in few words what a text is about: each of its words counts twice.
const titleWeight = 2

// MostText is how many bytes of a title or a text are read. The longest text in
// OGP's tables is a tenth of it.
const MostText = 200_000

// reading is what one commitment says, before any model is asked.
type reading struct {
	lang     string
	cut      bool // there was more than MostText
	words    []*word
	written  []string  // how each of words is written where it comes first
	times    []float32 // how often each of words stands there, in the title twice
	termed   []bool    // whether it belongs to a term of the lexicon that the text holds
	pairs    []neighbours
	pairAt   map[uint64]int32
	concepts []float32 // by concept
	saidBy   []telling
}

// neighbours are two words side by side.
type neighbours struct {
	feature uint64
	words   [2]int32 // their places
	times   float32
}

// telling is a term of a concept that a text holds, by its first word that tells something.
type telling struct {
	concept int
	at      int32 // its place in words, -1 when the term has only words of one letter
	times   float32
}

// read reads a commitment.
func (r *reader) read(title, body civic.Phrase) *reading {
	d := &reading{pairAt: map[uint64]int32{}, concepts: make([]float32, len(words().names))}
	r.readInto(d, title, body)
	return d
}

// readInto reads a commitment in the place of what was read before.
func (r *reader) readInto(d *reading, title, body civic.Phrase) {
	r.forget()
	r.readings++
	clear(d.pairAt)
	clear(d.concepts)
	d.words, d.written, d.times, d.termed = d.words[:0], d.written[:0], d.times[:0], d.termed[:0]
	d.pairs, d.saidBy = d.pairs[:0], d.saidBy[:0]
	t, b := clip(title.Text, MostText), clip(body.Text, MostText)
	d.cut = len(t) < len(title.Text) || len(b) < len(body.Text)
	d.lang = language(title.Lang, body.Lang, t, b)
	d.add(r.words(t, d.lang), r.readings, titleWeight)
	d.add(r.words(b, d.lang), r.readings, 1)
}

// language is what the source says, or a guess from the text.
func language(titled, bodied, title, body string) string {
	for _, l := range []string{bodied, titled} {
		if l != "" && l != civic.Undetermined {
			return l
		}
	}
	lang, _ := text.Detect(title+" "+clip(body, 6000), nil)
	return lang
}

func (d *reading) add(ws []spelled, number uint32, weight float32) {
	var last *word
	for _, w := range ws {
		if w.stem == 0 {
			continue
		}
		if w.seen != number {
			w.seen, w.at = number, int32(len(d.words))
			d.words = append(d.words, w.word)
			d.written = append(d.written, w.written)
			d.times = append(d.times, 0)
			d.termed = append(d.termed, false)
		}
		d.times[w.at] += weight
		if last != nil {
			d.addPair(pair(last.stem, w.stem), [2]int32{last.at, w.at}, weight)
		}
		last = w.word
	}
	for i, w := range ws {
		for _, t := range w.terms {
			if t.follows(ws[i+1:]) {
				d.concepts[t.concept] += weight
				d.saidBy = append(d.saidBy, telling{t.concept, d.says(ws[i : i+1+len(t.rest)]), weight})
			}
		}
	}
}

// says notes the words of a term, and returns the place of the first that tells something.
func (d *reading) says(term []spelled) int32 {
	at := int32(-1)
	for _, w := range term {
		if w.stem == 0 {
			continue
		}
		d.termed[w.at] = true
		if at < 0 || d.words[at].filler && !w.filler {
			at = w.at
		}
	}
	return at
}

func (d *reading) addPair(f uint64, at [2]int32, weight float32) {
	i, seen := d.pairAt[f]
	if !seen {
		i = int32(len(d.pairs))
		d.pairAt[f] = i
		d.pairs = append(d.pairs, neighbours{feature: f, words: at})
	}
	d.pairs[i].times += weight
}

// counts adds up the features that training sees.
func (d *reading) counts() map[uint64]float32 {
	out := make(map[uint64]float32, 16*len(d.words))
	for i, w := range d.words {
		n := d.times[i]
		out[w.stem] += n
		for _, g := range w.grams {
			out[g] += n
		}
	}
	for _, p := range d.pairs {
		out[p.feature] += p.times
	}
	return out
}
