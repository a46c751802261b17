package i18n

import (
	"go/scanner"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// families are the beginnings of keys that are put together when a page is made
// ("missing." + kind). The rest of such a key must stand in the code as words.
var families = strings.Fields(`scale variable product edition region regime status verb actor missing not_found query import locale filter format
	kind nav unit error data.column history.field cli.count cli.stage commitment.review.unit commitment.review.scale_version label
	report.rule report.fault sheet.column sheet.fate report.status report.state report.stands report.field work.step work.hint story follow mail.remind gap maintainer responsibility access channel rule outcome moderation
	repository.kind repository.fault meeting.kind step.kind decision rules requirement contrary
	taxonomy.facet taxonomy.role taxonomy.strand taxonomy.op taxonomy.step taxonomy.scope taxonomy.match taxonomy.basis taxonomy.field tag.by tagwork.field tagwork.from tagwork.done tagwork.verdict tagging.unsure tagging.basis
	tagreport.lost tagreport.misfiled tagreport.far tagreport.against tagreport.decided tagreport.drift tagreport.moved tagreport.models
	study.stage study.done study.why study.fault study.verdict facets scopework scope.fault story.scoped
	planwork.stage planwork.move planwork.done draft.field draft.hint draft.step draft.goal drafting bulk.field`)

// parts are keys of pages that are made of headed texts and lists of points.
var parts = []*regexp.Regexp{
	regexp.MustCompile(`^(?:about|accessibility|apidocs|record|data)\.([a-z_]+)\.(?:title|text)$`),
	regexp.MustCompile(`^accessibility\.(?:tested|untested|problems)\.([a-z_]+)$`),
}

// endings belong to a key of their own: its heading, its help, what to do next.
var endings = regexp.MustCompile(`\.(title|text|next|help|hint)$`)

// written are the string literals of the house, and their words.
func written(t *testing.T) (whole, words map[string]bool) {
	t.Helper()
	quoted := regexp.MustCompile(`"([^"\\\n]*)"`)
	whole, words = map[string]bool{}, map[string]bool{}
	house := os.DirFS("..")
	err := fs.WalkDir(house, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path == "i18n/catalogues":
			return fs.SkipDir
		case d.IsDir() || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(path, "_templ.go"):
			return nil
		case !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") && !strings.HasPrefix(path, "demo/"):
			return nil
		}
		source, err := fs.ReadFile(house, path)
		if err != nil {
			return err
		}
		var found []string
		if strings.HasSuffix(path, ".go") {
			found = literals(source)
		} else {
			for _, m := range quoted.FindAllStringSubmatch(string(source), -1) {
				found = append(found, m[1])
			}
		}
		for _, s := range found {
			whole[s] = true
			for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \n\t/.", r) }) {
				words[w] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return whole, words
}

// literals are the strings of a Go file.
func literals(source []byte) []string {
	var out []string
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile("", files.Base(), len(source)), source, nil, 0)
	for {
		switch _, tok, text := s.Scan(); tok {
		case token.EOF:
			return out
		case token.STRING:
			if word, err := strconv.Unquote(text); err == nil {
				out = append(out, word)
			}
		}
	}
}

func TestNoKeyIsLeftThatNothingUses(t *testing.T) {
	whole, words := written(t)
	standing := func(rest string) bool {
		return !slices.ContainsFunc(strings.Split(rest, "."), func(w string) bool { return !words[w] })
	}
	used := func(key string) bool {
		base := endings.ReplaceAllString(key, "")
		if whole[key] || whole[base] && strings.Contains(base, ".") {
			return true
		}
		for _, f := range families {
			if rest, ok := strings.CutPrefix(key, f+"."); ok && (standing(rest) || standing(endings.ReplaceAllString(rest, ""))) {
				return true
			}
		}
		return slices.ContainsFunc(parts, func(form *regexp.Regexp) bool {
			m := form.FindStringSubmatch(key)
			return m != nil && words[m[1]]
		})
	}
	for key := range For(English).own {
		if !used(key) {
			t.Errorf("nothing uses the key %q: use it or take it out of every catalogue", key)
		}
	}
	if used("home.nothing") || used("label.nothing_at_all") || used("about.nothing_at_all.title") {
		t.Error("a key that nothing uses counts as used")
	}
}
