package i18n

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// Printer writes for readers of one language. It is safe for concurrent use.
type Printer struct {
	Language
	set       *Set
	own       catalogue
	english   catalogue
	rule      pluralRule
	inEnglish pluralRule
	writing   writing
}

// T returns the message of a key with its placeholders filled. args are pairs of
// a name and a value. Whole numbers are written as Number does, save those whose
// name says that they count nothing (see labels); lists of strings as List does.
// An argument named "count" chooses the plural form.
func (p *Printer) T(key string, args ...any) string {
	named := make(map[string]any, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			named[name] = args[i+1]
		}
	}
	return p.TMap(key, named)
}

// N is T with a count: it chooses the plural form and fills {count}.
func (p *Printer) N(key string, count int, args ...any) string {
	return p.T(key, append([]any{"count", count}, args...)...)
}

// TMap is T with the arguments as a map, the form in which errors carry them.
func (p *Printer) TMap(key string, args map[string]any) string {
	if m, ok := p.own[key]; ok {
		return p.fill(m, p.rule, args)
	}
	left, right := "", ""
	if p.set != nil {
		p.set.miss(p.Code, key)
		left, right = p.set.left, p.set.right
	}
	if m, ok := p.english[key]; ok {
		return left + p.fill(m, p.inEnglish, args) + right
	}
	return left + key + right
}

// Has reports whether the language itself has the key.
func (p *Printer) Has(key string) bool { _, ok := p.own[key]; return ok }

// Or returns the message of key when the language or English has it, and
// otherwise the given text: for names that data may bring and we do not know.
func (p *Printer) Or(key, otherwise string) string {
	if _, ok := p.english[key]; ok || p.Has(key) {
		return p.T(key)
	}
	return otherwise
}

const missedAtMost = 10_000

func (s *Set) miss(code, key string) {
	if len(key) > 200 {
		key = key[:200]
	}
	if s.missedCount.Load() < missedAtMost {
		if _, known := s.missed.LoadOrStore(code+" "+key, true); !known {
			s.missedCount.Add(1)
		}
	}
}

func (p *Printer) fill(m message, rule pluralRule, args map[string]any) string {
	pieces := m.other
	if m.plural() {
		count, _ := argument(args, "count")
		if n, ok := whole(count); ok {
			pieces = m.form(rule.form(int(n)))
		}
	}
	if len(pieces) == 1 && pieces[0].name == "" {
		return pieces[0].text
	}
	var b strings.Builder
	for _, piece := range pieces {
		if piece.name == "" {
			b.WriteString(piece.text)
			continue
		}
		value, ok := argument(args, piece.name)
		if !ok {
			b.WriteString("{" + piece.name + "}")
			continue
		}
		b.WriteString(p.value(piece.name, value))
	}
	return b.String()
}

// argument finds a value by its placeholder's name, in any case.
func argument(args map[string]any, name string) (any, bool) {
	if v, ok := args[name]; ok {
		return v, true
	}
	for k, v := range args {
		if strings.EqualFold(k, name) {
			return v, true
		}
	}
	return nil, false
}

// labels are names of arguments whose numbers are labels and not amounts: they
// are written without separators.
var labels = map[string]bool{
	"year": true, "from_year": true, "to_year": true, "row": true, "line": true, "entry": true,
	"port": true, "status": true, "version": true, "number": true, "id": true, "known": true, "said": true,
}

func (p *Printer) value(name string, v any) string {
	if n, ok := whole(v); ok {
		if labels[name] {
			return p.Plain(int(n))
		}
		return p.Number(int(n))
	}
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return p.isolate(v)
	case []string:
		return p.List(v)
	case float64:
		return p.Decimal(v, 1)
	}
	return p.isolate(fmt.Sprint(v))
}

func whole(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case nil, string:
		return 0, false
	}
	r := reflect.ValueOf(v)
	switch {
	case r.CanInt():
		return r.Int(), true
	case r.CanUint() && r.Uint() < 1<<63:
		return int64(r.Uint()), true
	}
	return 0, false
}

// isolate puts the marks of UAX 9 around words that run against the direction of
// the sentence, so that they do not pull its punctuation to the wrong side.
func (p *Printer) isolate(s string) string {
	for _, r := range s {
		against := unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
		if p.Dir == "rtl" {
			against = !against && (unicode.IsLetter(r) || r >= '0' && r <= '9')
		}
		if against {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}
