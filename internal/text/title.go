package text

import (
	"regexp"
	"strings"
	"unicode"
)

// leadingNumber is the number of a commitment in front of a folded title:
// "4.2 ", "10. ", "4.2. ", "3) ", "1.a. ", "commitment 3:", "commitment:", "7 - ", "o4m3:".
var leadingNumber = regexp.MustCompile(`^(?:` +
	`[0-9]{1,3}(?:\.[0-9]{1,3})+ |` +
	`#?[0-9]{1,3}(?:\.[0-9]{1,3})*(?:\.?[a-z])?[.):]+|` +
	`(?:` + numberedWords + `) ?(?:no\.? ?|n[°º] ?|#)?[0-9]{1,3}(?:\.[0-9]{1,3})*[a-z]?(?: ?[.:)-]+| |$)|` +
	`(?:` + numberedWords + `) ?: |` +
	`o[0-9]+m[0-9]+:|` +
	`[0-9]{1,3}[a-z]? - )`)

const numberedWords = `commitment|compromiso|compromisso|engagement|measure|medida|mesure`

// bareNumber is a number that only a space parts from a title's capital.
var bareNumber = regexp.MustCompile(`^\s*[0-9]{1,2}\s+\p{Lu}\p{Ll}`)

// FoldTitle folds a title and drops the commitment number in front of it, which
// one edition of a table writes in the title and another in a column of its own
// ("10. ", "4.2.", "Commitment 3:", "4.1. Commitment:"). A title that is nothing
// but a number stays, and so does a number that goes on ("2.5 % of", "10:30").
func FoldTitle(s string) string {
	f := Fold(s)
	if bareNumber.MatchString(s) {
		f = strings.TrimLeft(f, "0123456789 ")
	}
	for range 4 {
		at := leadingNumber.FindStringIndex(f)
		if at == nil {
			break
		}
		rest := f[at[1]:]
		if rest == "" || rest[0] >= '0' && rest[0] <= '9' && f[at[1]-1] != ' ' {
			break
		}
		rest = strings.TrimLeft(rest, " -")
		if rest == "" {
			break
		}
		f = rest
	}
	return f
}

// MatchKey folds a text and leaves only its words (letters, marks and digits)
// with one space between: equal keys are what two editions of a table count as
// the same title or the same full text, whatever their punctuation.
func MatchKey(s string) string { return wordsOf(Fold(s)) }

// TitleKey is MatchKey of a title without the commitment number in front.
func TitleKey(s string) string { return wordsOf(FoldTitle(s)) }

func wordsOf(folded string) string {
	var b strings.Builder
	b.Grow(len(folded))
	gap := false
	for _, r := range folded {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}
