package web_test

import (
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/webtest"
)

// changed is the site with the appendix of the paper in force.
func changed(t *testing.T) house {
	t.Helper()
	h := open(t, webtest.App(t))
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.site.App.ApplyTags(t.Context(), civic.Operator(), set); err != nil {
		t.Fatal(err)
	}
	return h
}

func TestATagStandsUnderEachOfItsParents(t *testing.T) {
	h := changed(t)
	page := h.read(t, "/en/tags")
	page.Says("118 tags")
	body := h.get("/en/tags").Body.String()
	if n := strings.Count(body, `href="/en/tags/automated-decision-making"`); n != 2 {
		t.Errorf("a tag with two parents stands at %d places", n)
	}
	page.Says("Automated Decision-making 0 commitments under 2 tags")
	if body := h.get("/ar/tags").Body.String(); !strings.Contains(body, "الحكومة الرقمية") {
		t.Error("the names are not in the reader's language")
	}
}

func TestAnyNameFindsATagAndTheListSaysWhich(t *testing.T) {
	h := changed(t)
	for q, why := range map[string]string{
		"e-Government":              "“E-government” was its name until 1 March 2026.",
		"E GOVERNMENT":              "“E-government” was its name until 1 March 2026.",
		"administration+numerique":  "Its name in French is “Administration numérique”.",
		"administration+électroniq": "“Administration électronique” was its name until 1 March 2026.",
		"digital+government":        "1 tag found Digital government",
	} {
		page := h.read(t, "/en/tags?q="+strings.ReplaceAll(q, " ", "+"))
		page.Says("Digital government")
		page.Says(why)
	}
	h.read(t, "/fr/tags?q=e-government").Says("Administration numérique")
	h.read(t, "/en/tags?q=zzzz").Says("No tag has such a name.")
	h.read(t, "/en/tags?q=%21%21").Says("No tag has such a name.")
}

func TestASearchForTheNameOfATagLeadsToIt(t *testing.T) {
	h := changed(t)
	h.read(t, "/en/commitments?q=e-Government").Says("These words are a name of the tag Digital government")
	h.read(t, "/ar/commitments?q=%D8%A7%D9%84%D8%AD%D9%83%D9%88%D9%85%D8%A9+%D8%A7%D9%84%D8%A5%D9%84%D9%83%D8%AA%D8%B1%D9%88%D9%86%D9%8A%D8%A9").Says("هذه الكلمات اسم للوسم")
	if body := h.get("/en/commitments?q=budget+of+the+ministry").Body.String(); strings.Contains(body, "a name of the tag") {
		t.Error("a tag is named that nobody asked for")
	}
}

func TestATagTellsBothDefinitionsByDate(t *testing.T) {
	h := changed(t)
	page := h.read(t, "/en/tags/e-government")
	page.IsHeaded("Digital government")
	page.Says("from 1 March 2026 Digital government Different from before: names, definition")
	page.Says("1 January 2014 to 1 January 2017 E-government")
	page.Says("mobile applications, Internet of Things")
	page.Says("national ID cards). They do not always adopt open data principles and practices.")
	for _, name := range []string{"Digital%20government", "E-Government", "Gobierno%20electrónico"} {
		rec := h.get("/en/tags/" + name)
		if to := rec.Header().Get("Location"); rec.Code != 308 || to != "/en/tags/e-government" {
			t.Errorf("%s answers %d and leads to %q", name, rec.Code, to)
		}
	}
}

func TestVersionsAreComparedAndFoundByDay(t *testing.T) {
	h := changed(t)
	h.read(t, "/en/taxonomy").Says("4 versions, the newest first")
	h.read(t, "/en/taxonomy/4").Says("Rename Digital government")
	page := h.read(t, "/en/taxonomy/4?from=3")
	page.Says("Open digital New: the other version does not have it.")
	page.Says("Open Data parents None Open digital")
	h.read(t, "/en/taxonomy/3").DoesNotSay("Data strategy")
	for day, want := range map[string]string{"2016-12-31": "/en/taxonomy/1", "2017-01-01": "/en/taxonomy/2", "2022-05-01": "/en/taxonomy/2", "2026-02-28": "/en/taxonomy/3", "2026-03-01": "/en/taxonomy/4"} {
		if to := h.get("/en/taxonomy?on=" + day).Header().Get("Location"); to != want {
			t.Errorf("%s leads to %q, not %s", day, to, want)
		}
	}
	for path, code := range map[string]int{"/en/taxonomy?on=yesterday": 400, "/en/taxonomy?on=1999-01-01": 404, "/en/taxonomy/9": 404, "/en/taxonomy/x": 404, "/en/taxonomy/01": 404, "/en/taxonomy/3?from=0": 404} {
		if rec := h.get(path); rec.Code != code {
			t.Errorf("%s answers %d, not %d", path, rec.Code, code)
		}
	}
}
