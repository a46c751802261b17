package civic

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReportChange tells what one report says otherwise than an earlier one on the
// same commitment or milestone. Nothing is judged: a text that was written anew
// is all new.
type ReportChange struct {
	Status       bool // the status, the source's word or the kind of missing is another one
	Done         []TextChange
	Challenges   []TextChange
	Next         []TextChange
	NewEvidence  []Evidence
	GoneEvidence []Evidence
}

// TextChange is what became of a text in one language, sentence by sentence: the
// sentences of the newer text in their order, those that are gone where they stood.
type TextChange struct {
	Lang      string
	Sentences []SentenceChange
	Added     int
	Removed   int
}

// SentenceChange is a sentence with its fate.
type SentenceChange struct {
	Text string
	Fate Fate
}

// Fate says what became of a sentence between two texts.
type Fate string

const (
	Stays Fate = "stays"
	Added Fate = "added"
	Gone  Fate = "gone"
)

// Same reports whether nothing changed.
func (c ReportChange) Same() bool {
	same := func(t TextChange) bool { return t.Added+t.Removed == 0 }
	return !c.Status && len(c.NewEvidence)+len(c.GoneEvidence) == 0 &&
		!slices.ContainsFunc(slices.Concat(c.Done, c.Challenges, c.Next), func(t TextChange) bool { return !same(t) })
}

// CompareReports tells what after says otherwise than before.
func CompareReports(before, after Report) ReportChange {
	return ReportChange{
		Status:      statusOf(before) != statusOf(after),
		Done:        compareTexts(before.Done, after.Done),
		Challenges:  compareTexts(before.Challenges, after.Challenges),
		Next:        compareTexts(before.Next, after.Next),
		NewEvidence: without(after.Evidence, before.Evidence), GoneEvidence: without(before.Evidence, after.Evidence),
	}
}

// statusOf is a status in one comparable form.
func statusOf(r Report) [3]string {
	if r.NoStatus != nil && r.Status == "" && r.Words == "" {
		return [3]string{"", "", string(r.NoStatus.Kind)}
	}
	return [3]string{string(r.Status), strings.ToLower(strings.Join(strings.Fields(r.Words), " ")), ""}
}

func without(list, others []Evidence) []Evidence {
	var out []Evidence
	for _, e := range list {
		if !slices.ContainsFunc(others, func(o Evidence) bool { return sameEvidence(e, o) }) {
			out = append(out, e)
		}
	}
	return out
}

// sameEvidence holds for the same address or file under whatever title; where
// there is neither, for the same words.
func sameEvidence(a, b Evidence) bool {
	switch {
	case a.File != nil || b.File != nil:
		return a.File != nil && b.File != nil && a.File.SHA256 == b.File.SHA256
	case a.URL != "" || b.URL != "":
		return strings.TrimSuffix(a.URL, "/") == strings.TrimSuffix(b.URL, "/")
	}
	return slices.Equal(a.Title, b.Title)
}

// compareTexts compares each language that either text has.
func compareTexts(before, after Text) []TextChange {
	var out []TextChange
	for _, p := range after {
		out = append(out, compareSentences(p.Lang, phrase(before, p.Lang), p.Text))
	}
	for _, p := range before {
		if !slices.ContainsFunc(after, func(q Phrase) bool { return q.Lang == p.Lang }) {
			out = append(out, compareSentences(p.Lang, p.Text, ""))
		}
	}
	return out
}

// phrase is the text in exactly one language, "" when there is none.
func phrase(t Text, lang string) string {
	for _, p := range t {
		if p.Lang == lang {
			return p.Text
		}
	}
	return ""
}

// mostSentences bounds the work of a comparison; texts with more differ as wholes
// between their equal beginning and end.
const mostSentences = 500

func compareSentences(lang, before, after string) TextChange {
	a, b := Sentences(before), Sentences(after)
	c := TextChange{Lang: lang}
	add := func(text string, f Fate) {
		switch f {
		case Added:
			c.Added++
		case Gone:
			c.Removed++
		}
		c.Sentences = append(c.Sentences, SentenceChange{text, f})
	}
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		add(b[from], Stays)
		from++
	}
	toA, toB := len(a), len(b)
	for toA > from && toB > from && a[toA-1] == b[toB-1] {
		toA, toB = toA-1, toB-1
	}
	longest := common(a[from:toA], b[from:toB])
	i, j := from, from
	for i < toA || j < toB {
		switch {
		case i < toA && j < toB && a[i] == b[j]:
			add(b[j], Stays)
			i, j = i+1, j+1
		case i < toA && (j == toB || longest(i-from+1, j-from) >= longest(i-from, j-from+1)):
			add(a[i], Gone)
			i++
		default:
			add(b[j], Added)
			j++
		}
	}
	for _, s := range b[toB:] {
		add(s, Stays)
	}
	return c
}

// common returns how many sentences two lists have in common from i and j on.
func common(a, b []string) func(i, j int) int {
	if len(a) > mostSentences || len(b) > mostSentences {
		return func(int, int) int { return 0 }
	}
	width := len(b) + 1
	length := make([]int, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i*width+j] = length[(i+1)*width+j+1] + 1
			} else {
				length[i*width+j] = max(length[(i+1)*width+j], length[i*width+j+1])
			}
		}
	}
	return func(i, j int) int { return length[i*width+j] }
}

// Sentences splits a text after the marks that end a sentence in any of the
// scripts we know, and at line ends. White space is one space; a number, an
// address or an initial ("3.5", "www.x.org", "J. Doe") does not end a sentence.
func Sentences(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		from := 0
		for i, w := range words {
			if strings.Trim(w, closing) == "" && i > from {
				w = words[i-1] // French puts a space before its closing mark
			}
			if i == len(words)-1 || endsSentence(w) && startsSentence(words[i+1]) {
				out = append(out, strings.Join(words[from:i+1], " "))
				from = i + 1
			}
		}
	}
	return out
}

// closing are the marks that may stand behind the end of a sentence.
const closing = `"')]»”’`

func endsSentence(word string) bool {
	w := strings.TrimRight(word, closing)
	last, _ := utf8.DecodeLastRuneInString(w)
	switch last {
	case '!', '?', '…', '؟', '۔', '。', '！', '？', '։', '।':
		return true
	case '.':
		stem := strings.TrimLeft(strings.TrimSuffix(w, "."), `"'([«“‘`)
		return utf8.RuneCountInString(stem) != 1 || !unicode.IsUpper([]rune(stem)[0])
	}
	return false
}

// startsSentence holds for a word that begins with anything but a small letter.
func startsSentence(word string) bool {
	if strings.Trim(word, closing) == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, `"'([«“‘¿¡`))
	return !unicode.IsLower(first)
}
