package review

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"avow/internal/civic"
	"avow/internal/text"
)

// concept is something that the words of a draft may speak of.
type concept string

const (
	deliverable    concept = "deliverable"
	vague          concept = "vague"
	transparency   concept = "transparency"
	participation  concept = "participation"
	accountability concept = "accountability"
	technology     concept = "technology"
	modest         concept = "modest"
	binding        concept = "binding"
	continuing     concept = "continuing"
)

// Finding is a question that a reviewer will ask of a draft. It never blocks
// anything. The key's ".advice" says what can be done.
type Finding struct {
	Key    string
	Answer string   // name of the answer that it is about, without a language: "text", "milestones"
	Words  []string // of the draft, for which the question was raised
	Count  int      // of milestones, where it is about some of them
}

// Drafting is what a draft will be asked.
type Drafting struct {
	Findings []Finding
	Values   []string // those of transparency, participation and accountability that the draft explains or speaks of
	Lasting  []string // words that speak of rules, practice or institutions
}

// values are the three open-government values; at least one is needed (domain, trap 7).
var values = []concept{transparency, participation, accountability}

// CheckDraft asks of a draft what reviewers will ask: can it be verified, which
// open-government value does it serve, would it change rules, practice or
// institutions or only publish something (domain 2.2)? It looks at words in
// English, French, Spanish and Arabic; of other languages it asks what needs none.
func CheckDraft(c civic.Commitment, languages []string) Drafting {
	var d Drafting
	t := civic.Template{}
	if c.Template != nil {
		t = *c.Template
	}
	promise := spoken(c.Title, c.Text, t.Solution, t.Results)
	steps := reading{}
	for _, m := range c.Milestones {
		steps.add(m.Title, m.Text)
	}
	whole := append(append(reading{}, promise...), steps...)

	d.verifiable(c, promise)
	known := whole.known()
	for i, explained := range []civic.Text{t.Transparency, t.Participation, t.Accountability} {
		if explained.String() != "" || len(whole.find(values[i])) > 0 {
			d.Values = append(d.Values, string(values[i]))
		}
	}
	written := t.Transparency.String() + t.Participation.String() + t.Accountability.String()
	tools := whole.find(technology)
	switch {
	case len(d.Values) == 0 && len(tools) > 0:
		d.add("drafting.technology", "transparency", tools)
	case len(d.Values) == 0 && (known || written == ""):
		d.add("drafting.values", "transparency", nil)
	case written == "":
		d.add("drafting.values_unexplained", "transparency", wordsOf(whole, d.Values))
	}
	d.Lasting = whole.find(binding)
	switch weak, goes := whole.find(modest), promise.find(continuing); {
	case len(d.Lasting) > 0:
	case len(goes) > 0:
		d.add("drafting.continuing", "text", goes)
	case len(weak) > 0:
		d.add("drafting.modest", "text", weak)
	case known && promise.long():
		d.add("drafting.lasting", "text", nil)
	}
	d.answers(c, t, languages)
	return d
}

func (d *Drafting) add(key, answer string, words []string) {
	d.Findings = append(d.Findings, Finding{Key: key, Answer: answer, Words: words})
}

func wordsOf(r reading, found []string) []string {
	var out []string
	for _, v := range found {
		out = append(out, r.find(concept(v))...)
	}
	return out
}

// verifiable asks for deliverables and dates.
func (d *Drafting) verifiable(c civic.Commitment, promise reading) {
	if len(c.Milestones) == 0 {
		d.add("drafting.no_milestones", "milestones", nil)
	}
	undated, late, nobody := 0, 0, 0
	var soft []string
	unclear := 0
	for _, m := range c.Milestones {
		if m.Due.IsZero() {
			undated++
		}
		if c.End.Before(m.Due) {
			late++
		}
		if m.Lead == "" {
			nobody++
		}
		step := spoken(m.Title, m.Text)
		if words := step.find(vague); step.known() && len(step.find(deliverable)) == 0 {
			unclear++
			soft = append(soft, words...)
		}
	}
	count := func(key string, n int, words []string) {
		if n > 0 {
			d.Findings = append(d.Findings, Finding{Key: key, Answer: "milestones", Words: unique(words), Count: n})
		}
	}
	count("drafting.undated", undated, nil)
	count("drafting.no_deliverable", unclear, soft)
	count("drafting.after_end", late, nil)
	count("drafting.nobody", nobody, nil)
	if words := promise.find(vague); len(words) > 0 && len(promise.find(deliverable)) == 0 {
		d.add("drafting.vague", "text", words)
	}
}

// answers asks for what is not answered at all.
func (d *Drafting) answers(c civic.Commitment, t civic.Template, languages []string) {
	switch problem := t.Problem.String(); {
	case problem == "":
		d.add("drafting.problem", "problem", nil)
	case !strings.ContainsFunc(problem, unicode.IsDigit):
		d.add("drafting.baseline", "problem", nil)
	}
	if t.Results.String() == "" {
		d.add("drafting.results", "results", nil)
	}
	if t.Budget.String() == "" {
		d.add("drafting.budget", "budget", nil)
	}
	if len(c.Partners) == 0 {
		d.add("drafting.partners", "partners", nil)
	}
	var missing []string
	for _, l := range languages {
		if !speaks(c.Title, l) || !speaks(c.Text, l) {
			missing = append(missing, l)
		}
	}
	if len(missing) > 0 && len(missing) < len(languages) {
		d.add("drafting.translation", "title", missing)
	}
}

func speaks(t civic.Text, lang string) bool {
	return slices.ContainsFunc(t, func(p civic.Phrase) bool { return p.Lang == lang && p.Text != "" })
}

// reading is texts, cut into words, each in its language.
type reading []passage

type passage struct {
	lang  string
	words []string
	stems [][]string
}

func spoken(texts ...civic.Text) reading {
	var r reading
	r.add(texts...)
	return r
}

func (r *reading) add(texts ...civic.Text) {
	for _, t := range texts {
		for _, p := range t {
			lang, _, _ := strings.Cut(p.Lang, "-")
			at := passage{lang: lang, words: split(p.Text)}
			if _, ok := draftingWords[binding][lang]; ok {
				at.stems = make([][]string, len(at.words))
				for i, w := range at.words {
					at.stems[i] = text.Tokens(w, lang)
				}
			}
			*r = append(*r, at)
		}
	}
}

// split cuts a text into words; hyphens and apostrophes separate them.
func split(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) })
}

// known reports whether a text is in a language whose words are known here.
func (r reading) known() bool {
	return slices.ContainsFunc(r, func(p passage) bool { return p.stems != nil && len(p.words) > 0 })
}

// long reports whether there is enough text to miss something in it.
func (r reading) long() bool {
	n := 0
	for _, p := range r {
		n += len(p.words)
	}
	return n >= 20
}

// maxWords is how many words a finding names.
const maxWords = 6

// find returns the words of the texts that speak of a concept, as they stand there.
func (r reading) find(c concept) []string {
	var out []string
	for _, p := range r {
		for _, phrase := range phrases(c, p.lang) {
			for at := 0; at+len(phrase) <= len(p.stems); at++ {
				if matches(p.stems[at:], phrase) {
					out = append(out, strings.Join(p.words[at:at+len(phrase)], " "))
				}
			}
		}
	}
	if out = unique(out); len(out) > maxWords {
		out = out[:maxWords]
	}
	return out
}

func matches(stems, phrase [][]string) bool {
	for i, word := range phrase {
		if !slices.ContainsFunc(stems[i], func(s string) bool { return slices.Contains(word, s) }) {
			return false
		}
	}
	return true
}

// phrases are the words of a concept in a language, each with its stems.
func phrases(c concept, lang string) [][][]string { return draftingStems()[c][lang] }

var draftingStems = sync.OnceValue(func() map[concept]map[string][][][]string {
	out := map[concept]map[string][][][]string{}
	for c, languages := range draftingWords {
		out[c] = map[string][][][]string{}
		for lang, entries := range languages {
			for _, entry := range entries {
				var phrase [][]string
				for _, w := range split(entry) {
					phrase = append(phrase, text.Tokens(w, lang))
				}
				out[c][lang] = append(out[c][lang], phrase)
			}
		}
	}
	return out
})

// unique keeps the first of words that differ in case only.
func unique(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, w) }) {
			out = append(out, w)
		}
	}
	return out
}
