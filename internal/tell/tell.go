package tell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/i18n"
)

// How many characters of one text a sentence repeats.
const (
	mostText  = 240
	mostValue = 160
)

// Say says one sentence after the other.
func Say(p *i18n.Printer, sentences ...civic.Said) string {
	var b strings.Builder
	for i, s := range sentences {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(whole(Phrase(p, s)))
	}
	return b.String()
}

// Phrase says a part of a sentence: without a large letter and a stop.
func Phrase(p *i18n.Printer, s civic.Said) string { return p.TMap(s.Key, Args(p, s.Args)) }

// whole makes a sentence of a phrase: it begins with a large letter and ends with a stop.
func whole(s string) string {
	s = Begin(s)
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(s, func(r rune) bool { return unicode.Is(unicode.Bidi_Control, r) }))
	if strings.ContainsRune(".!?…؟", last) || s == "" {
		return s
	}
	return s + "."
}

// Begin writes the first letter of a sentence large.
func Begin(s string) string {
	for i, r := range s {
		if unicode.Is(unicode.Bidi_Control, r) {
			continue
		}
		if !unicode.IsLower(r) {
			return s
		}
		return s[:i] + string(unicode.ToUpper(r)) + s[i+utf8.RuneLen(r):]
	}
	return s
}

// Args brings what a sentence speaks of into words of a language.
func Args(p *i18n.Printer, args map[string]any) map[string]any {
	out := make(map[string]any, len(args))
	for name, v := range args {
		out[name] = word(p, v)
	}
	return out
}

func word(p *i18n.Printer, v any) any {
	switch v := v.(type) {
	case string:
		return Cut(straight(v), mostText)
	case civic.Text:
		return Cut(straight(v.In(p.Code).Text), mostText)
	case []civic.Text:
		list := make([]string, len(v))
		for i, t := range v {
			list[i] = Cut(straight(t.In(p.Code).Text), mostText)
		}
		return p.List(list)
	case civic.Said:
		return Phrase(p, v)
	case civic.Day:
		return p.CivilDate(string(v))
	case civic.Word:
		return Word(p, v)
	case []civic.Word:
		list := make([]string, len(v))
		for i, w := range v {
			list[i] = Word(p, w)
		}
		return p.List(list)
	case civic.Country:
		return p.Member(v.Code, v.Name)
	case civic.Field:
		return FieldName(p, string(v))
	case civic.FieldValue:
		return Cut(straight(Value(p, v.Field, v.Value)), mostValue)
	}
	return v
}

// straight takes out of what somebody wrote the signs that begin or end another
// direction of writing: left open, they would turn around the words that follow.
func straight(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
}

// Word is a word of the catalogues, or what stands for it.
func Word(p *i18n.Printer, w civic.Word) string {
	if head, rest, _ := strings.Cut(w.Key, "."); head == "edition" {
		return Edition(p, civic.Edition(rest))
	}
	return p.Or(w.Key, w.Else)
}

// Cut shortens a text to a number of characters, in one line, at the end of a
// word where one is near.
func Cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	short := string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.–-") + "…"
}

// Place names what a sentence belongs to: the commitment's title, else the plan,
// else the member. plan is its number, "" when there is none.
func Place(p *i18n.Printer, about civic.Text, member civic.Country, plan string) string {
	name := ""
	if member != (civic.Country{}) {
		name = p.Member(member.Code, member.Name)
	}
	switch {
	case len(about) > 0:
		return Cut(straight(about.In(p.Code).Text), mostText)
	case plan != "" && plan != "?" && name != "":
		return p.T("plan.title", "member", name, "number", p.Digits(plan))
	}
	return name
}
