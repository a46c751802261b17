package web_test

import (
	"encoding/xml"
	"net/http"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/webtest"
)

// feedOf reads a feed and returns its titles and its alternate links, newest first.
func (h house) feedOf(t *testing.T, address string) (titles, pages []string) {
	t.Helper()
	rec := h.get(address)
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Content string `xml:"content"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(rec.Body.Bytes(), &f); err != nil || rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
		t.Fatalf("%s: %d %v", address, rec.Code, err)
	}
	if f.ID == "" || f.Title == "" || f.Updated == "" {
		t.Errorf("%s: %q %q %q", address, f.ID, f.Title, f.Updated)
	}
	for _, e := range f.Entries {
		if e.ID == "" || e.Content == "" {
			t.Errorf("%s: %+v", address, e)
		}
		titles, pages = append(titles, e.Title), append(pages, strings.TrimPrefix(e.Link.Href, "https://avow.example"))
	}
	return titles, pages
}

func TestTheFeedOfATagTellsItsChangesAndTheDecisionsOnIt(t *testing.T) {
	h := open(t, webtest.Demo(t))
	ctx := t.Context()
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err != nil {
		t.Fatal(err)
	}
	list, err := h.app.Commitments(ctx, app.CommitmentFilter{}, 3, "")
	if err != nil {
		t.Fatal(err)
	}
	decide := func(choices ...app.TagChoice) {
		t.Helper()
		if err := h.app.DecideTags(ctx, civic.Operator(), choices); err != nil {
			t.Fatal(err)
		}
	}
	one, two := list.Items[0].Ref, list.Items[1].Ref
	why := civic.Text{{Lang: "en", Text: "It is about roads."}}
	decide(app.TagChoice{Commitment: one, Tag: "E-government", Verdict: civic.TagAccepted}, app.TagChoice{Commitment: two, Tag: "Open Data", Verdict: civic.TagAccepted})
	if _, err := h.app.ApplyTags(ctx, civic.Operator(), set); err != nil {
		t.Fatal(err)
	}
	decide(app.TagChoice{Commitment: one, Tag: "Digital government", Verdict: civic.TagRemoved, Reason: why})
	decide(app.TagChoice{Commitment: one, Tag: "Digital government", Verdict: civic.TagDeferred}) // neither puts it on nor takes it off

	titles, pages := h.feedOf(t, "/en/tags/e-government/feed.atom")
	last := len(titles) - 1
	if last < 3 || !strings.Contains(titles[0], "Digital government") || !strings.HasPrefix(pages[0], "/en/commitments/") || pages[0] != pages[last] ||
		strings.HasPrefix(pages[1], "/en/commitments/") {
		t.Errorf("%q\n%q", titles, pages)
	}
	// A former name and an alias lead to the same feed, in each language.
	for _, name := range []string{"E-government", "digital-government", "administration%20numerique", "e-Government"} {
		if same, _ := h.feedOf(t, "/en/tags/"+name+"/feed.atom"); strings.Join(same, "\n") != strings.Join(titles, "\n") {
			t.Errorf("%s: %q", name, same)
		}
	}
	if fr, _ := h.feedOf(t, "/fr/tags/e-government/feed.atom"); len(fr) != len(titles) || !strings.Contains(strings.Join(fr, ""), "Administration numérique") {
		t.Errorf("in French: %q", fr)
	}
	if h.get("/en/tags/no-such-tag/feed.atom").Code != http.StatusNotFound {
		t.Error("a tag that is not there has a feed")
	}
	// A tag that nothing happened to has an empty feed and says so on its page.
	if none, _ := h.feedOf(t, "/en/tags/aid/feed.atom"); len(none) != 0 {
		t.Errorf("aid: %q", none)
	}
	h.read(t, "/en/tags/aid/history").Says("Nothing has happened here yet.")

	page := h.get("/en/tags/e-government").Body.String()
	for _, want := range []string{`rel="alternate" type="application/atom+xml"`, `href="https://avow.example/en/tags/e-government/feed.atom"`, `href="/en/tags/e-government/feed.atom"`,
		`href="/en/tags/e-government/history"`, `/en/follow?tag=e-government`} {
		if !strings.Contains(page, want) {
			t.Errorf("the tag's page lacks %s", want)
		}
	}
	h.read(t, "/en/tags/e-government/history").Says("Digital government")
	// The same state is not sent twice.
	rec := h.get("/en/tags/e-government/feed.atom")
	if again := h.get("/en/tags/e-government/feed.atom", "If-None-Match", rec.Header().Get("ETag")); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
}
