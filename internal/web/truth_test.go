package web_test

import (
	"strings"
	"testing"

	"avow/internal/htmlcheck"
	"avow/internal/webtest"
)

// tables is the site over real tables, which have what demonstration data does not.
func tables(t *testing.T, loads ...webtest.Load) house {
	t.Helper()
	for i := range loads {
		loads[i].File = webtest.Shared(t, loads[i].File)
	}
	return open(t, webtest.App(t, loads...))
}

func (h house) read(t *testing.T, path string) *htmlcheck.Page {
	t.Helper()
	rec := h.get(path)
	if rec.Code != 200 {
		t.Fatalf("%s answers %d", path, rec.Code)
	}
	page := htmlcheck.Read(t, rec.Body.Bytes())
	page.IsSound()
	return page
}

func TestWhatAGovernmentReportsInItsTrackerIsItsOwnVoice(t *testing.T) {
	h := tables(t, webtest.Load{Format: "us-nap", File: "us/nap5.json"})
	page := h.read(t, "/en/commitments/US0113")
	for _, words := range []string{"In Progress Milestones: 1 of 3", "Completed Milestones: 2 of 3", "Status In Progress"} {
		page.Says(words)
	}
	page.DoesNotSay("No report by the government on this commitment is known here.")
	page.DoesNotSay("Not reported")
	page.IsHeaded("The source gives no title")
	page.IsTitled("US0113 – Avow")
	page.Says("Period The sources give no dates.")
	h.read(t, "/en/commitments?q=US0113").Says("The source gives no title")
	page = h.read(t, "/en/")
	page.Says("No assessment known here 36 100%")
	page.LinksTo("/en/commitments?completion=none")
	h.read(t, "/en/commitments?completion=none").Says("36 commitments found")
}

func TestWordsOfRealTablesAreWords(t *testing.T) {
	h := tables(t, webtest.Load{Format: "ogp", File: "ogp/commitments-2017.csv"}, webtest.Load{Format: "ogp", File: "ogp/commitments-2024.csv"})
	page := h.read(t, "/en/commitments/FR0001")
	page.Says("Commitment 1.1 (the source writes 1.1000000000000001) in Action plan 1")
	page.Says("Did it open government: access to information Major Scale of 2017")
	page.Says("Current rule")
	page.DoesNotSay("Scale of current")
	h.read(t, "/ar/commitments/FR0001").Says("1.1")
	page = h.read(t, "/en/tags/e-government")
	page.Says("OGP table of July 2024 This edition has no tag of this name.")
	for _, path := range []string{"/en/commitments/RS0002", "/fr/commitments/RS0002"} {
		page = h.read(t, path)
		if page.Count("details") < 4 {
			t.Errorf("%s: older editions and additions are not folded", path)
		}
	}
	h.read(t, "/en/commitments/RS0002").Marks("span", "Anti-Corruption and Integrity")
	h.read(t, "/en/plans/armenia-4").DoesNotSay("Not assessed")
	page = h.read(t, "/en/")
	page.Says("Region not known")
}

func TestLongListsComeInPages(t *testing.T) {
	h := tables(t, webtest.Load{Format: "ogp", File: "ogp/commitments-2017.csv"})
	seen := map[string]bool{}
	for path, n := "/en/plans", 0; path != ""; n++ {
		page, next := h.read(t, path), ""
		if nodes := page.Count(); nodes > 900 || n > 20 {
			t.Fatalf("page %d of the plans has %d elements", n, nodes)
		}
		for _, link := range page.Links() {
			switch {
			case strings.HasPrefix(link, "/en/plans/"):
				if seen[link] {
					t.Errorf("%s stands on two pages", link)
				}
				seen[link] = true
			case strings.HasPrefix(link, "/en/plans?after="):
				next = link
			}
		}
		if n > 0 {
			page.LinksTo("/en/plans")
		}
		path = next
	}
	plans, err := h.app.Plans(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(seen) != len(plans) || len(plans) <= 50 {
		t.Errorf("the pages list %d of %d plans", len(seen), len(plans))
	}
	if rec := h.get("/en/plans?after=nothing"); rec.Code != 400 {
		t.Errorf("an unknown mark answers %d", rec.Code)
	}
	h.read(t, "/en/members/chile").DoesNotSay("leads 0")
}

func TestDemonstrationDataClaimsNothingThatIsNotKnown(t *testing.T) {
	h := open(t, webtest.Demo(t))
	page := h.read(t, "/en/commitments/LT0031")
	page.DoesNotSay("Never assessed")
	page.DoesNotSay("Column Content")
	page = h.read(t, "/en/commitments/NL0049")
	page.Says("OGP’s page of the commitment, state 2 (no date known)")
	page.Says("Scale of OGP’s website")
	page.DoesNotSay("ogp-site-")
	page.DoesNotSay("What older editions of the sources say") // nothing says which state is the newest
	for _, path := range []string{"/en/plans", "/en/members", "/fr/plans"} {
		page = h.read(t, path)
		page.DoesNotSay("action plan ?")
		page.DoesNotSay("Action plan ?")
	}
	h.read(t, "/en/members").Marks("span", "Not known")
	h.read(t, "/en/commitments").Says("Completion:")
	h.read(t, "/en/commitments").Says("Commitments found, newest submission first")
}

func TestWhatNobodyHereHasIsSaid(t *testing.T) {
	h := open(t, webtest.Demo(t))
	h.read(t, "/en/commitments?tag=nope").Says("Nothing here has the value “nope” (Tag).")
	h.read(t, "/en/commitments?member=nope").Says("Nothing here has the value “nope” (Member).")
	h.read(t, "/fr/commitments?lang=xx").Says("Rien ici ne porte la valeur")
	page := h.read(t, "/en/commitments?q=zzzzz&member=lithuania")
	page.DoesNotSay("Nothing here has the value")
	h.read(t, "/en/commitments?q=%00").DoesNotSay("Remove filter")
	h.read(t, "/fr/commitments").Marks("option", "Lituanie (2)")
	for path, want := range map[string]int{
		"/en/members?region=nope":                                400,
		"/en/commitments?q=" + strings.Repeat("a", 201):          400,
		"/en/commitments?region=" + strings.Repeat("a", 7000):    400,
		"/en/commitments?q=" + strings.Repeat("a", 10_000):       414,
		"/en/" + strings.Repeat("nothing", 1000):                 404,
		"/en/commitments/" + strings.Repeat("%D8%A7", 1000):      404,
		"/en/commitments?q=" + strings.Repeat("%F0%9F%92%A9", 9): 200,
	} {
		rec := h.get(path)
		if rec.Code != want || rec.Body.Len() > 30_000 {
			t.Errorf("%.60s answers %d with %d bytes, not %d", path, rec.Code, rec.Body.Len(), want)
		}
		htmlcheck.Read(t, rec.Body.Bytes()).IsSound()
	}
}

func TestTheSignedStateStandsOnThePageOfTheRecord(t *testing.T) {
	h := open(t, webtest.Demo(t))
	page := h.read(t, "/en/record")
	page.Says("There is no signed state yet.")
	page.LinksTo("/api/v1/record")
	h.site.Checkpoint = func() (string, string) { return "avow/x\n5\nroot=\n\n— avow/x sig=\n", "avow/x+00+key" }
	first := h.get("/en/record")
	htmlcheck.Read(t, first.Body.Bytes()).Says("avow/x 5 root= — avow/x sig=")
	h.site.Checkpoint = func() (string, string) { return "avow/x\n6\nroot=\n\n— avow/x sig=\n", "avow/x+00+key" }
	if rec := h.get("/en/record", "If-None-Match", first.Header().Get("ETag")); rec.Code != 200 {
		t.Errorf("a newer signed state is not sent: %d", rec.Code)
	}
}

func TestEachPageSaysWhatItIsAboutToSearchEngines(t *testing.T) {
	h := open(t, webtest.Demo(t))
	seen := map[string]string{}
	for _, path := range []string{"/en/", "/en/members", "/en/members/lithuania", "/en/plans", "/en/commitments/LT0031", "/en/tags", "/en/data", "/en/record"} {
		about := h.read(t, path).Describes()
		if n := len([]rune(about)); n < 20 || n > 160 || seen[about] != "" {
			t.Errorf("%s: %q (as %s)", path, about, seen[about])
		}
		seen[about] = path
	}
}
