package i18n

import (
	"encoding/json"
	"os"
	"os/exec"
	"testing"
)

// TestPluralFormsAreThoseOfTheBrowser compares the rules with Intl.PluralRules,
// which Node has from ICU.
func TestPluralFormsAreThoseOfTheBrowser(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("node is needed for this test")
		}
		t.Skip("node is not installed: the plural rules were not compared with Intl.PluralRules")
	}
	const script = `const out = {};
for (const l of ["en","fr","es","ar","pt","de","it","ru","uk","pl","cs","lt","lv","ro","he","ka","sq"]) {
  const r = new Intl.PluralRules(l); out[l] = {};
  for (const n of [...Array(201).keys(), 1000, 1001, 1002, 1003, 1011, 1100, 1000000, 2000000, 1000001]) out[l][n] = r.select(n);
}
console.log(JSON.stringify(out));`
	output, err := exec.Command(node, "-e", script).Output()
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]map[int]string
	if err := json.Unmarshal(output, &want); err != nil {
		t.Fatal(err)
	}
	for code, forms := range want {
		rule := newPluralRule(code)
		for n, form := range forms {
			if got := rule.form(n); got != form {
				t.Errorf("%s: %d is %q, Intl.PluralRules says %q", code, n, got, form)
			}
		}
	}
}

func TestNegativeNumbersHaveTheFormOfTheirSize(t *testing.T) {
	if got := newPluralRule("ar").form(-2); got != "two" {
		t.Errorf("-2 is %q", got)
	}
	if got := newPluralRule("xx").form(1); got != "other" {
		t.Errorf("a language without rules gave %q", got)
	}
}
