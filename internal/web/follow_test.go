package web_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"avow/internal/webtest"
)

// send posts a form.
func (h house) send(path string, values url.Values) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	return rec
}

func TestAFeedIsAtomWithLastingNames(t *testing.T) {
	h := open(t, webtest.Demo(t))
	seen := map[string]string{}
	for address := "/en/record/feed.atom"; address != ""; {
		rec := h.get(address)
		var f struct {
			XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
			ID      string   `xml:"id"`
			Title   string   `xml:"title"`
			Updated string   `xml:"updated"`
			Links   []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Content string `xml:"content"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(rec.Body.Bytes(), &f); err != nil || rec.Header().Get("Content-Type") != "application/atom+xml; charset=utf-8" {
			t.Fatalf("%s: %v %s", address, err, rec.Header().Get("Content-Type"))
		}
		if !strings.HasPrefix(f.ID, "tag:avow,2026:") || f.Title == "" || len(f.Entries) == 0 {
			t.Errorf("%s: %q %q, %d entries", address, f.ID, f.Title, len(f.Entries))
		}
		for _, e := range f.Entries {
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Title == "" || e.Content == "" || seen[e.ID] != "" {
				t.Errorf("%s: %+v (%s)", address, e, seen[e.ID])
			}
			seen[e.ID] = address
		}
		if again := h.get(address, "If-None-Match", rec.Header().Get("ETag")); again.Code != http.StatusNotModified {
			t.Errorf("%s: asked again, the answer is %d", address, again.Code)
		}
		address = ""
		for _, l := range f.Links {
			if !strings.HasPrefix(l.Href, "https://avow.example/") {
				t.Errorf("a link to %q", l.Href)
			}
			if l.Rel == "next" {
				address = strings.TrimPrefix(l.Href, "https://avow.example")
			}
		}
	}
	head, err := h.app.Head(t.Context())
	if err != nil || int64(len(seen)) != head.Size {
		t.Errorf("the parts of the feed hold %d of %d entries, %v", len(seen), head.Size, err)
	}
}

func TestAskingForLettersSaysTheSameToEverybody(t *testing.T) {
	h := open(t, webtest.Demo(t))
	member := h.known(t).Members[0]
	ask := url.Values{"mail": {"ana@example.org"}, "cadence": {"daily"}, "member": {member}}
	for range 2 {
		if rec := h.send("/en/follow", ask); rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != "/en/follow?done=asked" {
			t.Errorf("%d %s", rec.Code, rec.Header().Get("Location"))
		}
	}
	for _, bad := range []url.Values{
		{"mail": {"<b>x</b>"}, "cadence": {"daily"}, "member": {member}}, {"mail": {"ana@example.org"}, "cadence": {"hourly"}, "member": {member}},
		{"mail": {"ana@example.org"}, "cadence": {"daily"}}, {"mail": {"ana@example.org"}, "cadence": {"daily"}, "q": {"see https://evil.example"}},
	} {
		rec := h.send("/en/follow", bad)
		if rec.Code != http.StatusUnprocessableEntity || !strings.Contains(rec.Body.String(), "errors-title") || strings.Contains(rec.Body.String(), "<b>x") {
			t.Errorf("%v: %d", bad, rec.Code)
		}
	}
}

func TestALinkOfALetterDoesNothingBeforeItsButton(t *testing.T) {
	h := open(t, webtest.Demo(t))
	for _, page := range []string{"confirm", "stop"} {
		rec := h.get("/en/follow/" + page + "?t=00000000000000000000000001.abc")
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), `value="00000000000000000000000001.abc"`) {
			t.Errorf("%s: %d", page, rec.Code)
		}
	}
	if rec := h.send("/en/follow/confirm", url.Values{"t": {"00000000000000000000000001.abc"}}); rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong token: %d", rec.Code)
	}
	one := h.send("/en/follow/stop?t=00000000000000000000000001.abc", url.Values{"List-Unsubscribe": {"One-Click"}})
	if one.Code != http.StatusOK || one.Header().Get("Location") != "" {
		t.Errorf("one click of a mail program: %d %s", one.Code, one.Header().Get("Location"))
	}
}
