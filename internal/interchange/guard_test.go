package interchange

import (
	"regexp"
	"testing"
	"testing/quick"
)

func TestGuardedTextComesBack(t *testing.T) {
	for text, want := range map[string]string{
		"":                "",
		"plain":           "plain",
		"=1+1":            "'=1+1",
		"-5":              "-5",
		"+1.5":            "+1.5",
		"1e3":             "1e3",
		"-1e3":            "-1e3",
		"- Set up a team": "'- Set up a team",
		"'=x":             "''=x",
		"'-5":             "''-5",
		"''@x":            "'''@x",
		"'quoted'":        "'quoted'",
		"'":               "'",
		"@name":           "'@name",
		"\tx":             "'\tx",
		"\rx":             "'\rx",
		"-":               "'-",
		"+49 30":          "'+49 30",
		"--5":             "'--5",
		"-5=":             "'-5=",
	} {
		if got := Guard(text); got != want {
			t.Errorf("Guard(%q) = %q, want %q", text, got, want)
		}
		if got := Unguard(Guard(text)); got != text {
			t.Errorf("Unguard(Guard(%q)) = %q", text, got)
		}
	}
}

func TestGuardLeavesNoFormulaAndLosesNothing(t *testing.T) {
	starts := []string{"", "'", "''", "=", "-", "'-", "'=", "\t", "5", "1e", "@", "+", ".", "'\r", "-.5"}
	if err := quick.Check(func(a, b uint8, rest string) bool {
		return holds(starts[int(a)%len(starts)] + starts[int(b)%len(starts)] + rest)
	}, &quick.Config{MaxCount: 20000}); err != nil {
		t.Error(err)
	}
}

var formula = regexp.MustCompile(`^[=+\-@\t\r]`)

func holds(s string) bool {
	guarded := Guard(s)
	return Unguard(guarded) == s && (!formula.MatchString(guarded) || plainNumber.MatchString(guarded))
}

func FuzzGuard(f *testing.F) {
	for _, s := range []string{"", "=1", "-5", "'=", "''-x", "\tx", "'plain", "+1e5", "-1e", "'", "é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !holds(s) {
			t.Errorf("Guard(%q) = %q, back %q", s, Guard(s), Unguard(Guard(s)))
		}
	})
}
