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

// reading is what one commitment says, before any model is asked. It is valid
// until its reader reads on.
type reading struct {
	lang     string
	cut      bool // there was more than MostText
	words    []*word
	times    []float32 // how often each of words stands there, in the title twice
	pairs    []neighbours
	pairAt   map[uint64]int32
	concepts []float32       // by concept
	saidBy   map[int][]int32 // by concept, the places in words of the terms' first words
	place    map[*word]int32
}

// neighbours are two words side by side.
type neighbours struct {
	feature uint64
	words   [2]int32 // their places
	times   float32
}

// read reads a commitment.
func (r *reader) read(title, body civic.Phrase) *reading {
	d := &reading{pairAt: map[uint64]int32{}, concepts: make([]float32, len(words().names)),
		saidBy: map[int][]int32{}, place: map[*word]int32{}}
	t, b := clip(title.Text, MostText), clip(body.Text, MostText)
	d.cut = len(t) < len(title.Text) || len(b) < len(body.Text)
	d.lang = language(title.Lang, body.Lang, t, b)
	d.add(r.words(t, d.lang), titleWeight)
	d.add(r.words(b, d.lang), 1)
	return d
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

func (d *reading) add(ws []*word, weight float32) {
	var last *word
	var lastAt int32
	for i, w := range ws {
		at := int32(-1)
		if w.stem != 0 {
			var seen bool
			if at, seen = d.place[w]; !seen {
				at = int32(len(d.words))
				d.place[w] = at
				d.words = append(d.words, w)
				d.times = append(d.times, 0)
			}
			d.times[at] += weight
			if last != nil {
				d.addPair(pair(last.stem, w.stem), [2]int32{lastAt, at}, weight)
			}
			last, lastAt = w, at
		}
		for _, t := range w.terms {
			if !t.follows(ws[i+1:]) {
				continue
			}
			d.concepts[t.concept] += weight
			if at >= 0 {
				d.saidBy[t.concept] = append(d.saidBy[t.concept], at)
			}
		}
	}
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
