package server

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"avow/internal/i18n"
	"avow/internal/store/storetest"
)

// TestEveryWordOnTheDeskIsTranslatedOrData reads the pages of those who work here
// in the long pseudo-language, as each of the cast sees them: what
// TestEveryWordIsTranslatedOrData does with the pages for everybody.
func TestEveryWordOnTheDeskIsTranslatedOrData(t *testing.T) {
	g, cast := atReports(t, storetest.SQLite(t))
	g.widen(t, cast)
	var err error
	if g.known, err = known(t.Context(), g.config); err != nil { // with the drafts that are there now
		t.Fatal(err)
	}
	corpus := g.corpus(t)
	corpus.texts = append(corpus.texts, g.drafted(t)...)
	for _, p := range demoPeople {
		corpus.texts = append(corpus.texts, p.name, p.mail)
	}
	for _, p := range cast {
		corpus.texts = append(corpus.texts, p.name, p.mail, string(p.account), p.token)
	}
	pages, seen, said := 0, map[string]bool{}, map[string]bool{}
	for _, s := range g.workSamples(t) {
		if s.lang != i18n.PseudoLong {
			continue
		}
		for _, p := range cast {
			if !g.expects(t, p, s) {
				continue
			}
			res := g.by(p, "GET", s.address, nil)
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				continue
			}
			page := body(t, res)
			if seen[s.address+page] {
				continue // as somebody else saw it
			}
			seen[s.address+page] = true
			pages++
			root, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			loose(root, func(element, text string) {
				if !said[s.row.Name+text] && !corpus.holds(text) {
					said[s.row.Name+text] = true
					t.Errorf("%s of %s: %q in %s is neither from a catalogue nor data", s.address, p.name, text, element)
				}
			})
		}
	}
	t.Logf("%d pages were read", pages)
	if pages < 100 {
		t.Errorf("only %d pages were read", pages)
	}
}

// drafted are the texts of all drafts: what the record does not hold yet.
func (g gate) drafted(t *testing.T) (out []string) {
	t.Helper()
	ctx := context.Background()
	for _, slug := range append([]string{elsewherePlan}, g.known.Living.Plans...) {
		id, err := g.keeper.store.FindPlan(ctx, slug)
		if err != nil {
			t.Fatal(err)
		}
		drafts, err := g.keeper.store.DraftsOfPlan(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range drafts {
			var content any
			if err := json.Unmarshal(d.Body, &content); err != nil {
				t.Fatal(err)
			}
			out = append(out, d.LocalID)
			leaves(content, func(text string) { out = append(out, strings.Join(strings.Fields(text), " ")) })
		}
	}
	return out
}
