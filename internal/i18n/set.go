package i18n

import (
	"archive/zip"
	"cmp"
	_ "embed" // the packed catalogues
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/language"
)

//go:generate go run ./pack catalogues catalogues.zip

//go:embed catalogues.zip
var packed string

// English is the language that every other falls back to.
const English = "en"

// The pseudo-languages: English that is longer and accented, and English from
// right to left. They show text that was forgotten and layouts that break.
const (
	PseudoLong = "en-XA"
	PseudoRTL  = "ar-XB"
)

// Language is one language of the site. Code is BCP 47 and the first element of
// the path, Name is the language's own name for itself, Dir "ltr" or "rtl".
type Language struct {
	Code string
	Name string
	Dir  string
}

// Options say what a Set holds beyond the built-in languages.
type Options struct {
	Extra  fs.FS // CODE.json files that add languages or change messages; nil for none
	Pseudo bool  // list the pseudo-languages
	// Mark is how a text that is missing in the reader's language is shown, with %s
	// for the English text: "" means "⟦%s⟧", "%s" no mark at all.
	Mark string
}

// Set is all languages of one running program. It is safe for concurrent use.
type Set struct {
	languages   []Language
	printers    map[string]*Printer
	matcher     language.Matcher
	matched     []string
	left        string
	right       string
	missed      sync.Map // "code key"
	english     pluralRule
	missedCount atomic.Int64
}

// usualMark makes a missing translation visible to whoever reads the page.
const usualMark = "⟦%s⟧"

// first is the order in which the built-in languages are offered.
var first = []string{"en", "fr", "es", "ar"}

// Load builds a Set from the built-in catalogues and the options. It fails when
// a file is not a catalogue, naming the file.
func Load(o Options) (*Set, error) {
	catalogues := map[string]catalogue{}
	own, err := zip.NewReader(strings.NewReader(packed), int64(len(packed)))
	if err != nil {
		return nil, err
	}
	for _, from := range []fs.FS{own, o.Extra} {
		if from == nil {
			continue
		}
		if err := read(from, catalogues); err != nil {
			return nil, err
		}
	}
	s := &Set{printers: map[string]*Printer{}}
	s.left, s.right, _ = strings.Cut(cmp.Or(o.Mark, usualMark), "%s")
	codes := slices.Sorted(maps.Keys(catalogues))
	slices.SortStableFunc(codes, func(a, b string) int { return rank(a) - rank(b) })
	english := catalogues[English]
	s.english = newPluralRule(English)
	var tags []language.Tag
	for _, code := range codes {
		tag, err := language.Parse(code)
		if err != nil {
			return nil, fmt.Errorf("catalogue %s.json: the name is no language code", code)
		}
		if err := catalogues[code].checkWriting(); err != nil {
			return nil, fmt.Errorf("catalogue %s.json: %w", code, err)
		}
		tags = append(tags, tag)
		s.matched = append(s.matched, code)
		s.add(code, catalogues[code], english, newPluralRule(code))
	}
	s.matcher = language.NewMatcher(tags)
	if o.Pseudo {
		s.add(PseudoLong, pseudo(english, long, "English (longer)", "ltr"), english, newPluralRule(English))
		s.add(PseudoRTL, pseudo(english, rightToLeft, "English (right to left)", "rtl"), english, newPluralRule(English))
	}
	return s, nil
}

func read(from fs.FS, into map[string]catalogue) error {
	files, err := fs.Glob(from, "*.json")
	if err != nil {
		return err
	}
	for _, file := range files {
		data, err := fs.ReadFile(from, file)
		if err != nil {
			return fmt.Errorf("read catalogue %s: %w", file, err)
		}
		c, err := parse(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		code := strings.TrimSuffix(path.Base(file), ".json")
		if into[code] == nil {
			into[code] = catalogue{}
		}
		maps.Copy(into[code], c)
	}
	return nil
}

func rank(code string) int {
	if i := slices.Index(first, code); i >= 0 {
		return i
	}
	return len(first)
}

func (s *Set) add(code string, own, english catalogue, rule pluralRule) {
	p := &Printer{set: s, own: own, english: english, rule: rule, inEnglish: s.english}
	p.Language = Language{Code: code, Name: p.locale("name", code), Dir: p.locale("dir", "ltr")}
	p.writing = newWriting(p)
	s.languages = append(s.languages, p.Language)
	s.printers[code] = p
}

// Languages lists the languages in the order in which they are offered.
func (s *Set) Languages() []Language { return slices.Clone(s.languages) }

// Has reports whether the code is one of the languages, exactly.
func (s *Set) Has(code string) bool { return s.printers[code] != nil }

// For returns the printer of a language; of a regional code its base language
// ("fr-CA" gives French); of an unknown one English.
func (s *Set) For(code string) *Printer {
	for c := code; c != ""; {
		if p := s.printers[c]; p != nil {
			return p
		}
		i := strings.LastIndexByte(c, '-')
		if i < 0 {
			break
		}
		c = c[:i]
	}
	return s.printers[English]
}

// Negotiate chooses the language for an Accept-Language header; English when
// nothing fits or the header cannot be read. Pseudo-languages are never chosen.
func (s *Set) Negotiate(acceptLanguage string) string {
	if len(acceptLanguage) > 1000 {
		return English
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return English
	}
	_, i, confidence := s.matcher.Match(wanted...)
	if confidence == language.No {
		return English
	}
	return s.matched[i]
}

// Missed lists the messages that were asked for and not found since the start,
// as "CODE KEY", sorted: for tests and for translators.
func (s *Set) Missed() []string {
	var out []string
	s.missed.Range(func(k, _ any) bool { out = append(out, k.(string)); return true })
	slices.Sort(out)
	return out
}

var builtIn = sync.OnceValue(func() *Set {
	s, err := Load(Options{})
	if err != nil { // the tests parse the same files
		return &Set{printers: map[string]*Printer{English: {}}, matcher: language.NewMatcher([]language.Tag{language.English}), matched: []string{English}}
	}
	return s
})

// For returns a printer of the built-in languages.
func For(code string) *Printer { return builtIn().For(code) }
