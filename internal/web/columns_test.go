package web_test

import (
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/htmlcheck"
	"avow/internal/webtest"
)

// every is the step through the commitments of the tables: one in this many is looked at.
const every = 23

func TestEachColumnOfTheSourceCanBeFoundOnThePage(t *testing.T) {
	a := webtest.App(t,
		webtest.Load{Format: "ogp", File: webtest.Shared(t, "ogp/commitments-2015.csv")},
		webtest.Load{Format: "ogp", File: webtest.Shared(t, "ogp/commitments-2017.csv")},
		webtest.Load{Format: "ogp", File: webtest.Shared(t, "ogp/commitments-2024.csv")},
	)
	h := open(t, a)
	rest := weight(h.get(h.known(t).Stylesheet, "Accept-Encoding", "gzip"))
	looked, heaviest, cursor := 0, 0, ""
	for i := 0; ; {
		list, err := a.Commitments(t.Context(), app.CommitmentFilter{}, app.MaxLimit, cursor)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range list.Items {
			if i++; i%every != 0 {
				continue
			}
			looked++
			rec := h.get("/en/commitments/" + it.Ref)
			page := htmlcheck.Read(t, rec.Body.Bytes())
			page.IsSound()
			known, err := a.Commitment(t.Context(), it.Ref)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range known.Sources {
				for _, c := range s.Columns {
					page.Says(c.Column)
					page.Says(shown(c.Value))
				}
			}
			if rec.Code != 200 || t.Failed() {
				t.Fatalf("at %s", it.Ref)
			}
			heaviest = max(heaviest, weight(h.get("/en/commitments/"+it.Ref, "Accept-Encoding", "gzip"))+rest)
		}
		if cursor = list.Next; cursor == "" {
			break
		}
	}
	if looked < 50 {
		t.Errorf("only %d commitments were looked at", looked)
	}
	if heaviest > budget {
		t.Errorf("the heaviest page costs %d bytes of %d", heaviest, budget)
	}
}

// shown is a value as the page shows it: a full text has line breaks where the source writes <br/>.
func shown(v string) string {
	if len(v) < 200 {
		return v
	}
	for _, br := range []string{"<br/>", "<br />", "<br>"} {
		v = strings.ReplaceAll(v, br, " ")
	}
	return v
}
