package crashtest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"avow/internal/webtest"
)

// Where the ministry of finance of the demonstration reports: a period that is
// over, so that it can be reported on whatever day it is.
const (
	reporting = "/en/work/reports/esperia-1/2025-2/XEP0001/all/"
	published = "/api/v1/commitments/XEP0001/reports"
)

// memory is a text that is written again and again: the word that was
// acknowledged last, and the one that was tried last.
type memory struct {
	acknowledged, tried string
	count               int // of acknowledged words
}

func (m *memory) acknowledge() { m.acknowledged = m.tried; m.count++ }

// fits fails for texts that are not one word in both languages, or are a word
// from before the acknowledged one.
func (m *memory) fits(t *testing.T, what string, texts ...string) {
	t.Helper()
	if m.tried == "" {
		return // nothing was written yet
	}
	if len(slices.Compact(texts)) != 1 {
		t.Errorf("%s is half of one and half of another: %q", what, texts)
	} else if m.acknowledged != "" && texts[0] != m.acknowledged && texts[0] != m.tried {
		t.Errorf("%s says %q: %q was acknowledged and is lost", what, texts[0], m.acknowledged)
	}
	if texts[0] == m.tried {
		m.acknowledged = m.tried // seen: from now on it must stay
	}
}

// reporter writes reports of a ministry and a draft of its commitment.
type reporter struct {
	jar               map[string]string
	address           string // of the draft
	kept, sent, draft memory
	version, revision int // of report and draft, when nothing was written yet
}

var secret = regexp.MustCompile(`(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}`)

// reporter signs one in with a second factor and begins a draft.
func (s *served) reporter(t *testing.T) *reporter {
	t.Helper()
	r := &reporter{jar: s.signIn(t, "reporter-a@avow.example")}
	go303 := func(path, form string) said {
		t.Helper()
		res, err := s.ask(r.jar, http.MethodPost, path, form)
		if err != nil || res.code != http.StatusSeeOther {
			t.Fatalf("%s answers %d, %v", path, res.code, err)
		}
		return res
	}
	go303("/en/account/factor/begin", "")
	shown, err := s.ask(r.jar, http.MethodGet, "/en/account/factor", "")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(secret.FindString(shown.body), " ", ""), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	go303("/en/account/factor", "code="+code)
	at, _, _ := strings.Cut(go303("/en/work/commitments/XEP0001/draft", "").location, "?")
	r.address = at[:strings.LastIndex(at, "/")] + "/title"
	r.version, _ = r.newest(t, s)
	r.revision, _ = strconv.Atoi(r.fields(t, s, r.address)["revision"])
	if r.version == 0 || r.revision == 0 {
		t.Fatalf("no report or no draft to begin with: %d, %d", r.version, r.revision)
	}
	return r
}

// write does one round; false: the server is gone.
func (r *reporter) write(t *testing.T, s *served, word string) bool {
	t.Helper()
	for _, step := range []struct {
		m          *memory
		path, goOn string
		form       url.Values
	}{
		{&r.kept, reporting + "progress", "done=kept", url.Values{"status": {"substantial"}, "done.en": {word}, "done.fr": {word}}},
		{&r.sent, reporting + "check", "done=sent", url.Values{}},
		{&r.draft, r.address, "", url.Values{"title.en": {word}, "title.fr": {word}, "number": {"I"}}},
	} {
		if step.m == &r.draft {
			page, err := s.ask(r.jar, http.MethodGet, r.address, "")
			if err != nil {
				return false
			}
			step.form.Set("revision", values(t, page.body)["revision"])
		}
		step.m.tried = word
		res, err := s.ask(r.jar, http.MethodPost, step.path, step.form.Encode())
		if err != nil {
			return false
		}
		if res.code != http.StatusSeeOther || !strings.Contains(res.location, step.goOn) || strings.Contains(res.location, "/second-factor") {
			t.Fatalf("%s answers %d %s: %.3000s", step.path, res.code, res.location, res.body)
		}
		step.m.acknowledge()
	}
	return true
}

// holds compares what stands after a start with what was acknowledged.
func (r *reporter) holds(t *testing.T, s *served) {
	t.Helper()
	form := r.fields(t, s, reporting+"progress")
	r.kept.fits(t, "the report that is being written", form["done.en"], form["done.fr"])
	version, texts := r.newest(t, s)
	r.sent.fits(t, "the report", texts...)
	if version < r.version+r.sent.count {
		t.Errorf("%d reports were acknowledged, the newest version is %d and was %d", r.sent.count, version, r.version)
	}
	form = r.fields(t, s, r.address)
	r.draft.fits(t, "the draft", form["title.en"], form["title.fr"])
	if now, _ := strconv.Atoi(form["revision"]); now < r.revision+r.draft.count {
		t.Errorf("a draft was saved %d times, its revision is %d and was %d", r.draft.count, now, r.revision)
	}
}

// newest is the public report of the period: its version and its text in each language.
func (r *reporter) newest(t *testing.T, s *served) (version int, texts []string) {
	t.Helper()
	res, err := s.ask(map[string]string{}, http.MethodGet, published, "")
	var list struct {
		Items []struct {
			Period  string
			Version int
			Done    []struct{ Text string }
		}
	}
	if err == nil {
		err = json.Unmarshal([]byte(res.body), &list)
	}
	if err != nil {
		t.Fatalf("%s answers %d: %v", published, res.code, err)
	}
	for _, one := range list.Items {
		if one.Period == "2025-2" {
			for _, d := range one.Done {
				texts = append(texts, d.Text)
			}
			return one.Version, texts
		}
	}
	t.Fatalf("no report on 2025-2: %.2000s", res.body)
	return 0, nil
}

// fields are what the forms of a page hold.
func (r *reporter) fields(t *testing.T, s *served, path string) map[string]string {
	t.Helper()
	res, err := s.ask(r.jar, http.MethodGet, path, "")
	if err != nil || res.code != http.StatusOK {
		t.Fatalf("%s answers %d %s, %v", path, res.code, res.location, err)
	}
	return values(t, res.body)
}

func values(t *testing.T, page string) map[string]string {
	t.Helper()
	forms, err := webtest.Forms(page)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, f := range forms {
		for _, in := range f.Inputs {
			if f.Main && in.Sent {
				out[in.Name] = in.Value
			}
		}
	}
	return out
}
