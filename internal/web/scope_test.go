package web_test

import (
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/webtest"
)

func TestEveryFacetStandsOnThePageAlsoAnEmptyOne(t *testing.T) {
	h := open(t, webtest.Demo(t))
	for _, l := range h.words.Languages() {
		page := h.read(t, "/"+l.Code+"/facets")
		page.IsIn(l.Code, l.Dir)
		p := h.words.For(l.Code)
		for _, f := range taxonomy.Facets {
			page.Says(p.T(f.Key()) + " " + p.T(f.Key()+".help"))
		}
		for _, s := range taxonomy.Strands {
			page.Says(p.T(s.Key()) + " " + p.T(s.Key()+".help"))
		}
		page.Says(p.T(taxonomy.FacetThings.Key()+".help") + " " + p.T("facets.none"))
		page.Says(p.T(taxonomy.ScopeOut.Key()))
		if n := strings.Count(h.get("/"+l.Code+"/facets").Body.String(), `<th scope="row">`); n != 12+4+2+4 {
			t.Errorf("%s has %d rows", l.Code, n)
		}
	}
	body := h.get("/en/facets?member=netherlands").Body.String()
	if !strings.Contains(body, `href="/en/commitments?facet=data_science_ai&amp;member=netherlands"`) || !strings.Contains(body, `<option value="netherlands" selected>`) {
		t.Error("the member that was chosen is not in the links")
	}
	h.read(t, "/en/facets?member=atlantis").Says("0 commitments, 0 members")
	for path, code := range map[string]int{"/en/commitments?facet=cheese": 400, "/en/commitments?scope=perhaps": 400, "/en/commitments?facet=open_data&scope=in": 200} {
		if rec := h.get(path); rec.Code != code {
			t.Errorf("%s answers %d, not %d", path, rec.Code, code)
		}
	}
}

func TestACommitmentSaysWhereItStandsAndWhoSaysSo(t *testing.T) {
	h := open(t, webtest.Demo(t))
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.app.ApplyTags(t.Context(), civic.Operator(), set); err != nil {
		t.Fatal(err)
	}
	page := h.read(t, "/en/commitments/NL0049")
	page.Says("This is what its tags propose. No person has answered yet.")
	page.DoesNotSay("Does not count under open digital")
	err = h.app.AnswerScope(t.Context(), civic.Operator(), "NL0049", app.ScopeChoice{Roles: []string{"regulator"}, Strands: []string{"democratization_of_digital"}, Facets: []string{"open_source"},
		Reason: civic.Text{{Lang: "en", Text: "It sets rules for others."}}})
	if err != nil {
		t.Fatal(err)
	}
	page = h.read(t, "/en/commitments/NL0049")
	page.Says("Free and open source software")
	page.Says("Democratization of digital Technology advances open government reforms.")
	page.Says("Not open digital: the government only regulates what others run. That is digital governance.")
	page.Says("by: the local operator. It sets rules for others.")
	page.Says("Does not count under open digital: a person said that the government only regulates here.")
	page.Says("A person said where it stands in digital government.")
	if body := h.get("/en/commitments?tag=open-digital").Body.String(); strings.Contains(body, "NL0049") {
		t.Error("it still counts under open digital")
	}
	if body := h.get("/en/commitments?tag=digital-governance&scope=out").Body.String(); !strings.Contains(body, "NL0049") {
		t.Error("it does not count under digital governance")
	}
	for _, lang := range []string{"fr", "es", "ar"} {
		h.read(t, "/"+lang+"/commitments/NL0049").Says(h.words.For(lang).T("scope.tag.out"))
	}
}
