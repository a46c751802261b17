package i18n

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// writing is how a language writes numbers and dates, from its locale.* keys.
type writing struct {
	digits   []rune // ten
	group    string
	decimal  string
	minGroup int // digits that must stand before the first separator (CLDR minimumGroupingDigits)
	months   [12]string
}

// locale returns a locale.* text as it stands in the language's file.
func (p *Printer) locale(name, otherwise string) string {
	m, ok := p.own["locale."+name]
	if !ok {
		return otherwise
	}
	var b strings.Builder
	for _, piece := range m.other {
		if piece.name != "" {
			b.WriteString("{" + piece.name + "}")
		}
		b.WriteString(piece.text)
	}
	return b.String()
}

// checkWriting refuses locale.* texts that no page could be written with.
func (c catalogue) checkWriting() error {
	if dir, ok := c["locale.dir"]; ok && dir.other[0].text != "ltr" && dir.other[0].text != "rtl" {
		return fmt.Errorf("locale.dir must be ltr or rtl")
	}
	if digits, ok := c["locale.digits"]; ok && utf8.RuneCountInString(digits.other[0].text) != 10 {
		return fmt.Errorf("locale.digits must be the ten digits from zero to nine")
	}
	return nil
}

func newWriting(p *Printer) writing {
	w := writing{
		digits:   []rune(p.locale("digits", "0123456789")),
		group:    p.locale("group", ","),
		decimal:  p.locale("decimal", "."),
		minGroup: 1,
	}
	if len(w.digits) != 10 {
		w.digits = []rune("0123456789")
	}
	if n, err := strconv.Atoi(p.locale("group_from", "4")); err == nil && n >= 4 {
		w.minGroup = n - 3
	}
	for i := range w.months {
		n := strconv.Itoa(i + 1)
		w.months[i] = p.locale("month."+n, n)
	}
	return w
}

// Number writes a whole number in the reader's digits and separators.
func (p *Printer) Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "\u2212", s[1:]
		if p.Dir == "rtl" {
			sign = "\u200e" + sign
		}
	}
	return sign + p.inDigits(p.grouped(s))
}

func (p *Printer) grouped(digits string) string {
	if len(digits) < 3+p.writing.minGroup {
		return digits
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(p.writing.group)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Plain writes a whole number that is a label (a year, a row) in the reader's
// digits, without separators.
func (p *Printer) Plain(n int) string { return p.inDigits(strconv.Itoa(n)) }

// Digits writes a text's ASCII digits in the reader's own: for numbers inside
// plan and commitment numbers that are shown as text. IDs and addresses are left
// to the caller as they are.
func (p *Printer) Digits(s string) string { return p.inDigits(s) }

func (p *Printer) inDigits(s string) string {
	if len(p.writing.digits) != 10 || p.writing.digits[0] == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return p.writing.digits[r-'0']
		}
		return r
	}, s)
}

// Decimal writes a number with at most the given places after the decimal mark.
func (p *Printer) Decimal(f float64, places int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	s := strconv.FormatFloat(math.Abs(f), 'f', max(places, 0), 64)
	digits, rest, _ := strings.Cut(s, ".")
	out := p.grouped(digits)
	if rest = strings.TrimRight(rest, "0"); rest != "" {
		out += p.writing.decimal + rest
	}
	if f < 0 && strings.Trim(s, "0.") != "" {
		out = "\u2212" + out
	}
	return p.inDigits(out)
}

// Percent writes part of whole as a whole percentage, or "" when whole is 0. A
// part that is neither nothing nor everything is never shown as 0 % or 100 %.
func (p *Printer) Percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	n := int(math.Round(100 * float64(part) / float64(whole)))
	if part > 0 {
		n = max(n, 1)
	}
	if part < whole {
		n = min(n, 99)
	}
	return p.T("unit.percent", "value", p.Number(n))
}

// Bytes writes a size in the largest of bytes, kB and MB (powers of 1000) that
// leaves a number of at least 1.
func (p *Printer) Bytes(n int64) string {
	switch {
	case n < 1000:
		return p.N("unit.bytes", int(n))
	case n < 1_000_000:
		return p.T("unit.kilobytes", "value", p.Decimal(float64(n)/1000, 0))
	}
	return p.T("unit.megabytes", "value", p.Decimal(float64(n)/1_000_000, 1))
}
