package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/htmlcheck"
	"avow/internal/i18n"
	"avow/internal/webtest"
)

// desk is the site as one person sees it who is signed in.
type desk struct {
	t   *testing.T
	app *app.App
	mux *http.ServeMux
}

// deskOf registers every row for somebody, past the sign-in.
func deskOf(t *testing.T, a *app.App, who civic.Caller) desk {
	t.Helper()
	words, err := i18n.Load(i18n.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Options{App: a, Words: words, BaseURL: "https://avow.example"})
	if err != nil {
		t.Fatal(err)
	}
	d := desk{t, a, http.NewServeMux()}
	for _, r := range routes {
		for _, l := range words.Languages() {
			if !strings.Contains(r.Path, "{lang}") {
				continue
			}
			pattern := strings.TrimSpace(r.Method + " " + strings.ReplaceAll(r.Path, "{lang}", l.Code))
			d.mux.HandleFunc(pattern, func(w http.ResponseWriter, req *http.Request) {
				c := &call{site: s, w: w, r: req, route: r, p: s.printer(req, l.Code), who: who}
				err := error(nil)
				if r.Permission != Everybody {
					err = c.allowed()
				}
				if err == nil {
					err = r.handle(s, c)
				}
				if err != nil {
					s.Fail(w, req, err)
				}
			})
		}
	}
	return d
}

func (d desk) send(method, address string, values url.Values) *httptest.ResponseRecorder {
	d.t.Helper()
	req := httptest.NewRequest(method, address, strings.NewReader(values.Encode()))
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	rec := httptest.NewRecorder()
	d.mux.ServeHTTP(rec, req)
	return rec
}

// page asks for a page and holds it to what every page must be.
func (d desk) page(address string) string {
	d.t.Helper()
	rec := d.send(http.MethodGet, address, nil)
	if rec.Code != http.StatusOK {
		d.t.Fatalf("%s answers %d: %.400s", address, rec.Code, rec.Body)
	}
	d.sound(address, rec)
	return rec.Body.String()
}

func (d desk) sound(address string, rec *httptest.ResponseRecorder) {
	d.t.Helper()
	page := htmlcheck.Read(d.t, rec.Body.Bytes())
	page.IsSound()
	if i := strings.Index(page.Text(), "⟦"); i >= 0 {
		d.t.Errorf("%s: a text is not translated: %.80s", address, page.Text()[i:])
	}
	if strings.Contains(rec.Body.String(), "<script>") || strings.Contains(rec.Body.String(), "<img src=x") {
		d.t.Errorf("%s: a payload is markup", address)
	}
}

// post sends a form and returns where it leads.
func (d desk) post(address string, pairs ...string) string {
	d.t.Helper()
	rec := d.send(http.MethodPost, address, form(pairs))
	if rec.Code != http.StatusSeeOther {
		d.t.Fatalf("%s answers %d: %s", address, rec.Code, faultsIn(rec.Body.String()))
	}
	return rec.Header().Get("Location")
}

// refused sends a form that comes back with a status and its texts.
func (d desk) refused(status int, address string, pairs ...string) string {
	d.t.Helper()
	rec := d.send(http.MethodPost, address, form(pairs))
	if rec.Code != status {
		d.t.Fatalf("%s answers %d, not %d: %.600s", address, rec.Code, status, rec.Body)
	}
	d.sound(address, rec)
	return rec.Body.String()
}

func form(pairs []string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values
}

var faultText = regexp.MustCompile(`(?s)<div class="errors".*?</div>`)

func faultsIn(page string) string { return faultText.FindString(page) }

// payload is what somebody types who wants to be more than a text.
const payload = `"><script>alert(1)</script><img src=x onerror=1>`

func pointOfContact(t *testing.T, a *app.App) (civic.Caller, app.MemberPage) {
	t.Helper()
	m, err := a.Member(t.Context(), "lithuania")
	if err != nil {
		t.Fatal(err)
	}
	return civic.Caller{Actor: civic.ActorOf("poc"), Account: "poc", Name: "Poc" + payload, Strong: true,
		Grants: []civic.Grant{{ID: "g", Account: "poc", Role: civic.PointOfContact, Scope: civic.Scope{Member: m.ID}},
			{ID: "h", Account: "poc", Role: civic.SupportUnit}}}, m
}

func TestAPlanIsRunThroughItsForms(t *testing.T) {
	a := webtest.Demo(t)
	who, m := pointOfContact(t, a)
	d := deskOf(t, a, who)
	for _, lang := range []string{"en", "ar"} {
		d.page("/" + lang + "/work/plans")
		d.page("/" + lang + "/work/members/lithuania/plans/new")
	}
	back := d.refused(422, "/en/work/members/lithuania/plans/new", "title.en", payload, "start", "2026-13-01", "languages", "en fr", "number", "")
	if !strings.Contains(back, "alert(1)") || !strings.Contains(back, "2026-13-01") {
		t.Error("what was typed is lost")
	}
	work := d.post("/en/work/members/lithuania/plans/new", "title.en", "Next plan "+payload, "title.fr", "Plan suivant", "start", "2026-01-01", "end", "2027-12-31", "languages", "en fr", "number", "77")
	work, _, _ = strings.Cut(work, "?")
	d.page(work)
	slug := "lithuania-77"
	desk := "/en/work/plans/" + slug
	d.page(desk + "/edit")
	d.page(desk + "/periods")
	d.page(desk + "/institutions")
	d.post(desk+"/institutions", "name", "Ministry of "+payload, "name.fr", "Ministère")
	d.refused(422, desk+"/periods", "count", "1", "period.0.key", payload, "period.0.start", payload, "period.0.end", "2026-06-30", "period.0.due", "2026-06-01")
	d.post(desk+"/periods", "count", "1", "period.0.key", "2026-1", "period.0.start", "2026-01-01", "period.0.end", "2026-06-30", "period.0.due", "2026-07-31")
	d.post(desk+"/edit", "title.en", "Next plan", "start", "2026-01-01", "end", "2027-12-31", "languages", "en fr")

	draft, _, _ := strings.Cut(d.post(desk+"/drafts"), "/title")
	bodies, err := a.Member(t.Context(), "lithuania")
	if err != nil {
		t.Fatal(err)
	}
	lead := ""
	for _, i := range bodies.Institutions {
		if strings.HasPrefix(i.Name.String(), "Ministry of \"") {
			lead = string(i.ID)
		}
	}
	d.refused(422, draft+"/title", "revision", "1", "title.en", "X", "start", "tomorrow")
	d.post(draft+"/title", "revision", "1", "title.en", "Open "+payload, "title.fr", "Ouvrir", "theme.en", payload, "number", "1", "start", "2026-02-01", "end", "2027-06-30")
	d.post(draft+"/people", "revision", "2", "lead", lead, "supporting", lead, "partners.civil_society", payload+"\nNGO")
	d.post(draft+"/problem", "revision", "3", "problem.en", payload, "causes.fr", payload, "past.en", "12 % "+payload)
	d.post(draft+"/promise", "revision", "4", "text.en", payload+" a portal with data", "solution.en", payload)
	d.post(draft+"/results", "revision", "5", "results.en", payload, "transparency.en", payload)
	d.post(draft+"/milestones/new", "revision", "6", "milestone.new.title.en", payload, "milestone.new.due", "2026-09-30", "milestone.new.lead", payload)
	d.post(draft+"/budget", "revision", "7", "budget.en", payload, "contact", payload, "goals", "16", "goals", "4", "url", payload)
	conflict := d.refused(409, draft+"/title", "revision", "1", "title.en", "Mine", "number", "1", "start", "2026-02-01", "end", "2027-06-30")
	if !strings.Contains(conflict, "Mine") || !strings.Contains(conflict, "Open &#34;") {
		t.Error("the page does not show both texts")
	}
	d.post(draft+"/resolve", "revision", "8", "next", "check", "choice.title.en", "mine", "mine.title.en", "Open the books", "rest.theme.fr", "Thème")
	for _, lang := range []string{"en", "fr", "es", "ar"} {
		at := strings.Replace(draft, "/en/", "/"+lang+"/", 1)
		for _, step := range draftSteps {
			d.page(at + "/" + step)
		}
		for _, rest := range []string{"/milestones/new", "/preview", "/published", "/amend"} {
			d.page(at + rest)
		}
		d.page("/" + lang + "/work/plans/" + slug)
		d.page("/" + lang + "/work/plans/" + slug + "/move?to=consultation")
	}
	check := d.page(draft + "/check")
	if !strings.Contains(check, "Open the books") || !strings.Contains(check, "Raised by these words") {
		t.Errorf("the last page lacks something")
	}
	d.refused(422, desk+"/publish")
	d.post(desk+"/move", "to", "consultation", "on", "2026-02-01", "by", "Forum")
	d.post(draft + "/publish")
	commitments, err := a.Plan(t.Context(), slug)
	if err != nil || len(commitments.Items) != 1 {
		t.Fatal(len(commitments.Items), err)
	}
	id := string(commitments.Items[0].Dossier.Commitment.ID)
	d.page("/en/commitments/" + id)
	d.page("/en/commitments/" + id + "/changes")
	d.page("/en/plans/" + slug)
	d.page("/en/plans/" + slug + "/changes")
	d.refused(422, desk+"/move", "to", "adopted", "on", "", "by", payload)
	d.post(desk+"/move", "to", "adopted", "on", "2026-02-10", "by", "Cabinet "+payload)
	d.post(desk+"/move", "to", "implementation", "on", "2026-02-11", "by", "Cabinet")
	d.page("/en/work/commitments/" + id + "/id")
	d.refused(422, "/en/work/commitments/"+id+"/id", "ogp_id", payload)

	change, _, _ := strings.Cut(d.post("/en/work/commitments/"+id+"/draft"), "/title")
	milestone := string(commitments.Items[0].Dossier.Commitment.Milestones[0].ID)
	d.page(change + "/milestones/" + milestone)
	d.post(change+"/milestones/"+milestone, "revision", "1", "milestone."+milestone+".title.en", "The register is open", "milestone."+milestone+".due", "2026-12-31")
	d.refused(422, change+"/amend", "on", "2027-01-01", "by", "", "reason", "")
	d.post(change+"/amend", "on", "2026-02-20", "by", "Committee "+payload, "reason", "The tender failed. "+payload, "reason.fr", "Échec")
	for _, lang := range []string{"en", "fr", "es", "ar"} {
		d.page("/" + lang + "/commitments/" + id)
		d.page("/" + lang + "/plans/" + slug + "/changes")
		d.page("/" + lang + "/work/plans/" + slug + "/bulk?q=books")
		d.page("/" + lang + "/work/plans/" + slug + "/bulk/preview?field=shift&value=30&chosen=" + id)
		d.page("/" + lang + "/work/plans/" + slug + "/bulk/preview?field=shift&value=x")
	}
	moved := d.page("/en/commitments/" + id + "/changes")
	for _, want := range []string{"92 days later", "The tender failed.", "Committee", "30 September 2026", "31 December 2026"} {
		if !strings.Contains(moved, want) {
			t.Errorf("what changed does not say %q", want)
		}
	}
	version := regexp.MustCompile(`name="pick" value="([^"]+)"`).FindStringSubmatch(d.page(desk + "/bulk/preview?field=shift&value=30&chosen=" + id))[1]
	d.refused(422, desk+"/bulk", "field", "shift", "value", "30", "pick", version)
	d.refused(409, desk+"/bulk", "field", "shift", "value", "30", "pick", id+" 1", "on", "2026-02-21", "by", "Committee", "reason", "Slow")
	d.post(desk+"/bulk", "field", "shift", "value", "30", "pick", version, "on", "2026-02-21", "by", "Committee", "reason", "Slow")
	if at := d.page(desk + "?done=bulk"); !strings.Contains(at, "The change is made.") {
		t.Error("nothing says that it is done")
	}
	_ = m
}

func TestADraftShowsToNobodyElse(t *testing.T) {
	a := webtest.Demo(t)
	who, m := pointOfContact(t, a)
	plan, err := a.OpenPlan(t.Context(), who, app.PlanInput{Member: m.ID, Number: "78", Start: "2026-01-01", End: "2027-12-31", Languages: []string{"en"}})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := a.NewDraft(t.Context(), who, plan)
	if err != nil {
		t.Fatal(err)
	}
	other := who
	other.Grants = []civic.Grant{{ID: "x", Account: "poc", Role: civic.PointOfContact, Scope: civic.Scope{Member: "elsewhere"}}}
	d := deskOf(t, a, other)
	for _, rest := range []string{"/title", "/check", "/preview", "/amend"} {
		if rec := d.send(http.MethodGet, "/en/work/drafts/"+draft.ID+rest, nil); rec.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", rest, rec.Code)
		}
	}
	for _, rest := range []string{"/title", "/publish", "/discard", "/milestones/new"} {
		if rec := d.send(http.MethodPost, "/en/work/drafts/"+draft.ID+rest, url.Values{"revision": {"1"}}); rec.Code != http.StatusNotFound {
			t.Errorf("%s answers %d", rest, rec.Code)
		}
	}
}
