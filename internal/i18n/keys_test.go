package i18n

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// uses are the ways in which the code of the other rooms names a key. Keys that
// are put together ("missing." + kind) are not found this way.
var uses = []struct {
	prefix string
	form   *regexp.Regexp
}{
	{"", regexp.MustCompile(`\b(?:T|N|TMap|t|say|invalid)\("([a-z_]+(?:\.[A-Za-z0-9_-]+)+)"`)},
	{"", regexp.MustCompile(`\b(?:Key|key):? *(?::?=|:)? *"([a-z_]+(?:\.[a-z0-9_]+)+)"`)},
	{"", regexp.MustCompile(`\b(?:Key|Problem)[A-Z][A-Za-z]* += "([a-z_]+(?:\.[a-z0-9_]+)+)"`)},
	{"import.", regexp.MustCompile(`\bfileError\([^,]+, "([a-z0-9_]+)"`)},
	{"import.", regexp.MustCompile(`\bIssue\{[^}]*Code: "([a-z0-9_]+)"`)},
	{"import.", regexp.MustCompile(`\.fault\("([a-z0-9_]+)"`)},
	{"import.", regexp.MustCompile(`\brefuse\([^,()]*, "([a-z0-9_]+)"`)},
	{"import.", regexp.MustCompile(`\.warn\([^,()]*, "([a-z0-9_]+)"`)},
	{"import.", regexp.MustCompile(`\bundecided, p\.candidates = "([a-z_]+)"`)},
}

func TestKeysThatTheHouseUsesStandInTheCatalogue(t *testing.T) {
	english := For(English)
	house := os.DirFS("..")
	found := 0
	err := fs.WalkDir(house, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (path == "i18n" || d.Name() == "testdata" || path == "archtest"):
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go"):
			return nil
		case !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ"):
			return nil
		}
		source, err := fs.ReadFile(house, path)
		if err != nil {
			return err
		}
		for _, use := range uses {
			for _, m := range use.form.FindAllStringSubmatch(string(source), -1) {
				found++
				if key := use.prefix + m[1]; !english.Has(key) {
					t.Errorf("%s uses %q, which en.json does not have", path, key)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 300 {
		t.Errorf("only %d uses of keys were found: the forms in this test no longer fit the code", found)
	}
}
