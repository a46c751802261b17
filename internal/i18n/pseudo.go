package i18n

import (
	"strings"
	"unicode/utf8"
)

// pseudo derives a catalogue from English: every text but those of locale.* is
// changed, every placeholder is kept.
func pseudo(english catalogue, change func([]piece) []piece, name, dir string) catalogue {
	out := make(catalogue, len(english))
	for key, m := range english {
		if strings.HasPrefix(key, "locale.") {
			out[key] = m
			continue
		}
		changed := message{other: change(m.other)}
		if m.plural() {
			changed.forms = make(map[string][]piece, len(m.forms))
			for form, pieces := range m.forms {
				changed.forms[form] = change(pieces)
			}
		}
		out[key] = changed
	}
	out["locale.name"] = message{other: compile(name)}
	out["locale.dir"] = message{other: compile(dir)}
	return out
}

var accents = strings.NewReplacer(
	"a", "á", "c", "ç", "e", "é", "i", "î", "l", "ļ", "n", "ñ", "o", "ö", "r", "ŕ", "s", "š", "t", "ţ", "u", "û", "y", "ý",
	"A", "Å", "B", "ß", "C", "Ç", "D", "Ð", "E", "Ê", "G", "Ĝ", "H", "Ĥ", "I", "Î", "L", "Ļ", "N", "Ñ", "O", "Ø", "P", "Þ",
	"R", "Ŕ", "S", "Š", "T", "Ţ", "U", "Û", "W", "Ŵ", "Y", "Ý", "Z", "Ž",
)

const filler = "lörem îpsum ðolor šit amét çons ectetúr ádipi scing élit séd do éiusm od tempör "

// long accents the letters, adds two fifths of length and puts brackets around.
func long(pieces []piece) []piece {
	out := []piece{{text: "["}}
	length := 0
	for _, p := range pieces {
		length += utf8.RuneCountInString(p.text)
		p.text = accents.Replace(p.text)
		out = append(out, p)
	}
	more := []rune(strings.Repeat(filler, 1+length/60))
	return append(out, piece{text: " " + strings.TrimSpace(string(more[:(length*2+4)/5])) + "]"})
}

// rightToLeft writes each word from right to left by the controls of UAX 9.
func rightToLeft(pieces []piece) []piece {
	out := make([]piece, 0, len(pieces))
	for _, p := range pieces {
		words := strings.Split(p.text, " ")
		for i, w := range words {
			if w != "" {
				words[i] = "\u200f\u202e" + w + "\u202c\u200f"
			}
		}
		p.text = strings.Join(words, " ")
		out = append(out, p)
	}
	return out
}
