// Package value shows one value of a scale, or which way it is missing.
//
// Accessibility: the word says it all; a value has a solid line and a missing
// one a dotted line, so the difference survives grey print, colour blindness and
// forced colours. The source's own code stands behind the word.
package value

// Value is a value in words. Code is the source's own way of saying that it is
// missing ("NR"); Note is a remark such as the source's differing label.
type Value struct {
	Text    string
	Missing bool
	Code    string
	Note    string
	Lang    string // of Text, when it is data and not translated
}
