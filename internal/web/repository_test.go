package web

import (
	"bytes"
	"encoding/csv"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/webtest"
)

// upload sends a form with a file.
func (d desk) upload(address, name, content string, pairs ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(pairs); i += 2 {
		if err := w.WriteField(pairs[i], pairs[i+1]); err != nil {
			d.t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := io.WriteString(part, content); err != nil {
		d.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		d.t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, address, &b)
	req.Header.Set("Content-Type", w.FormDataContentType())
	rec := httptest.NewRecorder()
	d.mux.ServeHTTP(rec, req)
	return rec
}

// between gives what stands between two marks of a page.
func between(t *testing.T, page, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, from)
	out, _, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("the page has nothing between %s and %s", from, to)
	}
	return out
}

func TestTheProcessOfAMemberIsKeptThroughItsForms(t *testing.T) {
	a := webtest.Demo(t)
	who, m := pointOfContact(t, a)
	account, err := a.OpenAccount(t.Context(), "poc@example.org", "Poc", "en")
	if err != nil {
		t.Fatal(err)
	}
	who.Account, who.Actor = account, civic.ActorOf(account)
	d := deskOf(t, a, who)
	today := a.Today()
	plan, err := a.OpenPlan(t.Context(), who, app.PlanInput{Member: m.ID, Number: "79", Start: civic.AddMonths(today, 3), End: civic.AddMonths(today, 27), Languages: []string{"en", "fr"}})
	if err != nil {
		t.Fatal(err)
	}
	opened, err := a.Plan(t.Context(), string(plan))
	if err != nil {
		t.Fatal(err)
	}
	at, slug := "/en/work/members/lithuania", opened.Slug

	for _, lang := range []string{"en", "ar"} {
		for _, form := range []string{"/repository", "/forum", "/meetings/new", "/steps/new", "/documents/new"} {
			d.page("/" + lang + "/work/members/lithuania" + form)
		}
	}
	back := d.refused(422, at+"/forum", "name.en", payload, "government", "many", "website", "javascript:alert(1)")
	if !strings.Contains(back, "javascript:alert(1)") || !strings.Contains(back, "many") || strings.Contains(back, `href="javascript:`) {
		t.Error("what was typed into the forum is lost, or is a link")
	}
	d.post(at+"/forum", "name.en", "Forum "+payload, "government", "4", "civil", "4", "website", "https://ogp.example")

	d.refused(422, at+"/meetings/new", "title.en", payload, "on", "2026-02-30", "kind", "party")
	d.post(at+"/meetings/new", "kind", "forum", "on", today, "title.en", "First "+payload, "where", payload, "government", "3", "civil", "5", "decided.en", payload, "channel", "in_person")
	back = d.refused(422, at+"/steps/new", "plan", string(plan), "kind", "outreach", "title.en", payload, "start", today, "end", civic.AddMonths(today, -1), "groups", payload+"\nsecond group")
	if !strings.Contains(back, "second group") {
		t.Error("what was typed into the step is lost")
	}
	d.post(at+"/steps/new", "plan", string(plan), "kind", "outreach", "title.en", "Tour "+payload, "start", today, "groups", payload, "channel", "in_person")

	list, err := a.Meetings(t.Context(), "lithuania")
	if err != nil || len(list.Meetings) != 1 {
		t.Fatal(list.Meetings, err)
	}
	meeting := string(list.Meetings[0].ID)
	d.page("/en/work/meetings/" + meeting)

	// The date is wrong: the file stays, and is not asked for again.
	rec := d.upload(at+"/documents/new", "évil\u202e \"q\".PDF", "%PDF-1.7 minutes", "kind", "minutes", "title.en", "Minutes "+payload, "dated", "tomorrow", "meeting", meeting)
	if rec.Code != 422 {
		t.Fatalf("%d %.300s", rec.Code, rec.Body)
	}
	d.sound(at, rec)
	hash, name := between(t, rec.Body.String(), `name="kept" value="`, `"`), between(t, rec.Body.String(), `name="kept-name" value="`, `"`)
	d.post(at+"/documents/new", "kind", "minutes", "title.en", "Minutes "+payload, "dated", today, "meeting", meeting, "kept", hash, "kept-name", name)
	for name, content := range map[string]string{"x.svg": "<svg/>", "x.docm": "PK\x03\x04", "x.pdf": "<html>", "x.html": "<p>"} {
		rec := d.upload(at+"/documents/new", name, content, "kind", "letter", "title.en", "Letter", "dated", today)
		if rec.Code != 422 || !strings.Contains(rec.Body.String(), `id="file-error"`) {
			t.Errorf("%s: %d", name, rec.Code)
		}
		d.sound(at, rec)
	}
	documents, err := a.Documents(t.Context(), "lithuania", app.DocumentFilter{})
	if err != nil || len(documents.Documents) != 1 {
		t.Fatal(documents.Documents, err)
	}
	document := documents.Documents[0]

	file := "/en" + filePath(*document.File)
	rec = d.send(http.MethodGet, file, nil)
	h := rec.Header()
	for header, want := range map[string]string{
		"Content-Type": "application/pdf", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": httpx.FilePolicy, "ETag": `"` + hash + `"`,
		"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-cache", "Content-Length": "16",
		"Content-Disposition": `attachment; filename="_vil _q_.pdf"; filename*=UTF-8''%C3%A9vil%20_q_.pdf`,
	} {
		if h.Get(header) != want {
			t.Errorf("%s is %q, want %q", header, h.Get(header), want)
		}
	}
	if rec.Code != 200 || rec.Body.String() != "%PDF-1.7 minutes" {
		t.Errorf("%d %q", rec.Code, rec.Body)
	}
	if rec := d.send(http.MethodGet, "/en/files/"+hash+"/invoice.exe", nil); rec.Code != http.StatusFound || rec.Header().Get("Location") != file {
		t.Errorf("a name of somebody's own: %d %s", rec.Code, rec.Header().Get("Location"))
	}
	for _, none := range []string{strings.Repeat("0", 64), "x", "..%2f..%2fetc"} {
		if rec := d.send(http.MethodGet, "/en/files/"+none+"/a.pdf", nil); rec.Code != 404 {
			t.Errorf("%s: %d", none, rec.Code)
		}
	}

	d.post("/en/work/plans/"+slug+"/contribute", "text.en", "=HYPERLINK(1) "+payload)
	d.refused(422, "/en/work/plans/"+slug+"/contribute", "text.en", " ")
	closed := "/en/work/plans/lithuania-5/contribute"
	if page := d.refused(422, closed, "text.en", "Too late"); !strings.Contains(page, "Too late") {
		t.Error("what was typed is lost")
	}
	process, err := a.Process(t.Context(), slug)
	if err != nil || len(process.Contributions) != 1 {
		t.Fatal(process.Contributions, err)
	}
	answer := "/en/work/contributions/" + string(process.Contributions[0].ID)
	d.page("/en/work/plans/" + slug + "/contributions")
	d.page("/ar/work/plans/" + slug + "/contributions?channel=web&open=yes")
	d.page(answer)
	d.refused(422, answer, "decision", "partly", "response.en", payload)
	d.post(answer, "decision", "partly", "response.en", "Because "+payload, "response.fr", "Parce que")

	for _, lang := range []string{"en", "fr", "es", "ar"} {
		for _, path := range []string{"/members/lithuania/requirements", "/members/lithuania/requirements?on=2019-05-05", "/members/lithuania/documents", "/members/lithuania/meetings",
			"/plans/" + slug + "/process", "/documents/" + string(document.ID), "/members/lithuania", "/plans/" + slug} {
			d.page("/" + lang + path)
		}
	}
	rows, err := csv.NewReader(d.send(http.MethodGet, "/en/plans/"+slug+"/contributions.csv", nil).Body).ReadAll()
	if err != nil || len(rows) != 2 || !strings.HasPrefix(rows[1][3], "'=HYPERLINK") || !strings.HasPrefix(rows[1][7], "Because") {
		t.Errorf("the table is %v, %v", rows, err)
	}

	undo := "/en/work/documents/" + string(document.ID) + "/withdraw"
	d.refused(422, undo, "reason", " ")
	d.post(undo, "reason", "By mistake "+payload)
	if page := d.page("/en/documents/" + string(document.ID)); strings.Contains(page, "/files/") {
		t.Error("a withdrawn document still offers its file")
	}
	if rec := d.send(http.MethodGet, file, nil); rec.Code != 404 {
		t.Errorf("the file of a withdrawn document answers %d", rec.Code)
	}
}

func TestSomebodyElseKeepsNothing(t *testing.T) {
	a := webtest.Demo(t)
	who, _ := pointOfContact(t, a)
	who.Grants = []civic.Grant{{ID: "g", Role: civic.PointOfContact, Scope: civic.Scope{Member: "elsewhere"}}}
	d := deskOf(t, a, who)
	for _, path := range []string{"/repository", "/forum", "/meetings/new", "/steps/new", "/documents/new"} {
		if rec := d.send(http.MethodGet, "/en/work/members/lithuania"+path, nil); rec.Code != 403 {
			t.Errorf("%s answers %d", path, rec.Code)
		}
		if path == "/repository" {
			continue
		}
		if rec := d.send(http.MethodPost, "/en/work/members/lithuania"+path, url.Values{"title.en": {"x"}}); rec.Code != 403 {
			t.Errorf("a form to %s answers %d", path, rec.Code)
		}
	}
}

// flood is a body of 2 GB that counts what is read of it.
type flood struct{ head, read int64 }

func (f *flood) Read(p []byte) (int, error) {
	if f.read >= 2<<30 {
		return 0, io.EOF
	}
	f.read += int64(len(p))
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

func TestAnUploadOfTwoGigabytesIsRefusedEarly(t *testing.T) {
	a := webtest.Demo(t)
	who, _ := pointOfContact(t, a)
	d := deskOf(t, a, who)
	site := &Site{}
	framed := httpx.Frame{Fail: func(w http.ResponseWriter, r *http.Request, err error) { site.Fail(w, r, err) }}.Wrap(d.mux)
	head := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"large.txt\"\r\nContent-Type: text/plain\r\n\r\n"
	for _, length := range []int64{2 << 30, -1} {
		body := &flood{}
		req := httptest.NewRequest(http.MethodPost, "/en/work/members/lithuania/documents/new", io.MultiReader(strings.NewReader(head), body))
		req.ContentLength = length
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		rec := httptest.NewRecorder()
		framed.ServeHTTP(rec, req)
		if rec.Code != http.StatusRequestEntityTooLarge || body.read > 16<<20 {
			t.Errorf("length %d: %d after %d bytes", length, rec.Code, body.read)
		}
		d.sound("2 GB", rec)
	}
}
