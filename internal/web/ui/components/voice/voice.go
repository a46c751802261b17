// Package voice says who is speaking: the government, the independent reviewer
// or citizens.
//
// Accessibility: each voice has its word, its shape (square, diamond, circle)
// and its colour, always all three. The shape is drawn by the stylesheet and
// says nothing that the word does not.
package voice

// Voice is one of the three.
type Voice string

const (
	Government Voice = "gov"
	Reviewer   Voice = "irm"
	Citizens   Voice = "cit"
)

// Key is the message key of the voice's word.
func (v Voice) Key() string {
	switch v {
	case Reviewer:
		return "commitment.progress.found"
	case Citizens:
		return "commitment.progress.citizens"
	}
	return "commitment.progress.reported"
}
