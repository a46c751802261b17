package tagging

import "unicode"

// Unsure is why a model cannot tell; "" when it can.
type Unsure string

const (
	NoText           Unsure = "empty"   // no letters
	TooShort         Unsure = "short"   // too few words to go by
	UnknownScript    Unsure = "script"  // written in letters that the model has hardly seen
	UnknownWords     Unsure = "words"   // words that it has not seen
	NothingStandsOut Unsure = "nothing" // it read the text, and no tag is likely enough
)

// Unsures lists them.
var Unsures = []Unsure{NoText, TooShort, UnknownScript, UnknownWords, NothingStandsOut}

// Key is the message key that says it to a person.
func (u Unsure) Key() string { return "tagging.unsure." + string(u) }

const (
	leastWords = 3    // different words that the model must know
	leastShare = 0.15 // of the different words
)

// doubt says why a text cannot be judged at all. A word is known when its stem is
// a feature, or when the lexicon has it.
func (s *desk) doubt(d *reading, title, body string) Unsure {
	if len(d.words) == 0 && !hasWord(clip(title, MostText)) && !hasWord(clip(body, MostText)) {
		return NoText
	}
	said := map[int32]bool{}
	for _, at := range d.saidBy {
		for _, i := range at {
			said[i] = true
		}
	}
	known := 0
	for i, w := range d.words {
		if said[int32(i)] || s.place(w).stem >= 0 {
			known++
		}
	}
	enough := float64(known) >= leastShare*float64(len(d.words))
	switch {
	case known >= leastWords && enough:
		return ""
	case len(d.words) > 0 && !enough || len(d.words) == 0:
		if foreign(d) {
			return UnknownScript
		}
		if len(d.words) >= leastWords {
			return UnknownWords
		}
	}
	return TooShort
}

// foreign reports whether most words are not in Latin letters.
func foreign(d *reading) bool {
	other := 0
	for _, w := range d.words {
		for _, c := range w.folded {
			if unicode.IsLetter(c) && !unicode.Is(unicode.Latin, c) {
				other++
			}
			break
		}
	}
	return len(d.words) > 0 && 2*other > len(d.words)
}
