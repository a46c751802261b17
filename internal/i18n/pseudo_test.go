package i18n

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func pseudoSet(t *testing.T) *Set {
	t.Helper()
	s, err := Load(Options{Pseudo: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPseudoLanguagesAreListedOnlyWhenAskedFor(t *testing.T) {
	for _, l := range builtIn().Languages() {
		if l.Code == PseudoLong || l.Code == PseudoRTL {
			t.Errorf("%s is listed", l.Code)
		}
	}
	if builtIn().Has(PseudoRTL) {
		t.Error("a pseudo-language can be had without being asked for")
	}
	got := pseudoSet(t).Languages()
	if len(got) != 6 || got[4].Code != PseudoLong || got[4].Dir != "ltr" || got[5].Code != PseudoRTL || got[5].Dir != "rtl" {
		t.Errorf("languages are %v", got)
	}
}

func TestTheLongLanguageIsTwoFifthsLongerAccentedAndInBrackets(t *testing.T) {
	s := pseudoSet(t)
	english, longer := s.For(English).own, s.For(PseudoLong).own
	for key, m := range english {
		if strings.HasPrefix(key, "locale.") {
			continue
		}
		for form, pieces := range m.all() {
			a, b := text(pieces), text(longer[key].form(form))
			if !strings.HasPrefix(b, "[") || !strings.HasSuffix(b, "]") {
				t.Errorf("%s: %q has no brackets", key, b)
			}
			literal := 0
			for _, p := range pieces {
				literal += utf8.RuneCountInString(p.text)
			}
			if more := utf8.RuneCountInString(b) - utf8.RuneCountInString(a); more*5 < literal*2 {
				t.Errorf("%s: %q is only %d characters longer", key, b, more)
			}
			if !slices.Equal(names(pieces), names(longer[key].form(form))) {
				t.Errorf("%s: %q lost a placeholder", key, b)
			}
		}
	}
	if got := s.For(PseudoLong).T("nav.home"); !strings.HasPrefix(got, "[Ĥömé ") {
		t.Errorf("Home is %q", got)
	}
}

func TestTheMirroredLanguageTurnsEachWordAndClosesWhatItOpens(t *testing.T) {
	p := pseudoSet(t).For(PseudoRTL)
	for key, m := range p.own {
		for _, pieces := range m.all() {
			s := text(pieces)
			if strings.Count(s, "\u202e") != strings.Count(s, "\u202c") {
				t.Errorf("%s: %q leaves a direction open", key, s)
			}
		}
	}
	if got := p.T("nav.home"); got != "\u200f\u202eHome\u202c\u200f" {
		t.Errorf("Home is %q", got)
	}
	if got := p.Number(1203); got != "1,203" {
		t.Errorf("1203 is %q", got)
	}
}
