package tagging

import (
	"unicode"
	"unicode/utf8"
)

// Unsure is why a model cannot tell; "" when it can.
type Unsure string

const (
	NoText           Unsure = "empty"   // no letters
	TooShort         Unsure = "short"   // too few different words that tell something
	UnknownScript    Unsure = "script"  // written in letters that the model has hardly seen
	UnknownWords     Unsure = "words"   // it has seen too few of the words
	NoKnownWord      Unsure = "unknown" // it has seen none of the words
	NothingStandsOut Unsure = "nothing" // it read the text, and no tag is likely enough
)

// Unsures lists them.
var Unsures = []Unsure{NoText, TooShort, UnknownScript, UnknownWords, NoKnownWord, NothingStandsOut}

// Key is the message key that says it to a person.
func (u Unsure) Key() string { return "tagging.unsure." + string(u) }

const (
	leastWords = 3    // different words that the model must know
	leastShare = 0.15 // of the different words
)

// doubt says why a text cannot be judged at all. Only words that tell something
// count, however often and in whatever spelling they stand there. One is known when
// its stem is a feature, or when the lexicon has it.
func (s *desk) doubt(title, body string) Unsure {
	d := &s.d
	if len(d.words) == 0 && !hasWord(clip(title, MostText)) && !hasWord(clip(body, MostText)) {
		return NoText
	}
	telling, known, foreign := 0, 0, 0
	for i, w := range d.words {
		if w.filler {
			continue
		}
		telling++
		if d.termed[i] || s.place(w).stem >= 0 {
			known++
		}
		if first, _ := utf8.DecodeRuneInString(w.folded); !unicode.In(first, unicode.Latin, unicode.Arabic) {
			foreign++
		}
	}
	switch {
	case known >= leastWords && float64(known) >= leastShare*float64(telling):
		return ""
	case 2*foreign > telling:
		return UnknownScript
	case telling < leastWords:
		return TooShort
	case known == 0:
		return NoKnownWord
	}
	return UnknownWords
}
