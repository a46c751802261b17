package server

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
)

// reporting is where the ministry of finance reports on its commitment, in the
// demonstration's period that is open.
const reporting = "/en/work/reports/esperia-1/2026-2/XEP0001/all/"

func wholeOf(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// atReports is the site with its demonstration, in the period that is open.
func atReports(t *testing.T, db storetest.Database) (gate, []player) {
	t.Helper()
	g := openGate(t, db, config.Config{BaseURL: public})
	for g.clock.Now().Format("2006-01-02") < "2026-08-15" {
		if err := g.clock.Set(g.clock.Now().AddDate(0, 1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	return g, g.cast(t)
}

func TestAReportIsWrittenInStepsAndNothingIsLost(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g, cast := atReports(t, db)
		ana, poc := named(t, cast, "reporter-a"), named(t, cast, "poc")
		post := func(p player, step string, want int, pairs ...string) string {
			t.Helper()
			form := url.Values{}
			for i := 0; i+1 < len(pairs); i += 2 {
				form.Set(pairs[i], pairs[i+1])
			}
			r := g.by(p, "POST", reporting+step, form)
			text := wholeOf(t, r)
			if r.StatusCode != want {
				t.Fatalf("%s: %d, want %d: %.2000s", step, r.StatusCode, want, text)
			}
			return text
		}
		says := func(text string, words ...string) {
			t.Helper()
			for _, w := range words {
				if !strings.Contains(text, w) {
					t.Errorf("%q is not said in %.3000s", w, text)
				}
			}
		}
		says(wholeOf(t, g.by(ana, "GET", "/en/work/reports", nil)), "An open budget that people can read", reporting+"progress")
		payload := `<script>alert("1")</script>`
		says(post(ana, "progress", 422, "status", "limited", "done.en", payload), "Write this text in this language too", `href="#done.fr"`, "&lt;script&gt;", "checked")
		says(wholeOf(t, g.by(ana, "GET", reporting+"progress", nil)), "&lt;script&gt;")
		post(ana, "progress", 303, "status", "limited", "done.en", payload, "done.fr", payload)
		says(post(ana, "obstacles", 422), "Say what stands in the way", `href="#challenges.en"`)
		post(ana, "obstacles", 303, "challenges.en", "Late law"+payload, "challenges.fr", "Loi tardive"+payload, "next.en", payload, "next.fr", payload)
		says(post(ana, "evidence", 422, "evidence.0.url", "javascript:alert(1)"), "http:// or https://", `value="javascript:alert(1)"`)
		post(ana, "evidence", 303, "evidence.0.url", "https://example.org/draft", "evidence.0.title.en", payload, "evidence.0.title.fr", payload)
		says(wholeOf(t, g.by(ana, "GET", reporting+"check", nil)), "Check your answers", "https://example.org/draft", "&lt;script&gt;")
		if r := g.by(nobody, "GET", "/en/commitments/XEP0001/reports", nil); strings.Contains(wholeOf(t, r), "Late law") {
			t.Fatal("a draft is public")
		}
		post(ana, "check", 303)
		public := wholeOf(t, g.by(nobody, "GET", "/en/commitments/XEP0001/reports", nil))
		says(public, "Late law", "&lt;script&gt;", "Reported in time", `href="https://example.org/draft"`)
		if strings.Contains(public, "<script") {
			t.Error("what was typed became a script")
		}

		// Two people correct the same report: the second sees both texts and chooses.
		post(poc, "obstacles", 303, "challenges.en", "The contact's words", "challenges.fr", "Les mots du contact")
		post(ana, "obstacles", 303, "challenges.en", "The ministry's words", "challenges.fr", "Les mots du ministère")
		post(ana, "check", 303)
		both := post(poc, "check", 409)
		says(both, "The contact&#39;s words", "The ministry&#39;s words", `name="over"`)
		i := strings.Index(both, `name="over" value="`) + len(`name="over" value="`)
		post(poc, "check", 303, "over", both[i:i+strings.IndexByte(both[i:], '"')])
		says(wholeOf(t, g.by(nobody, "GET", "/en/commitments/XEP0001/reports", nil)), "The contact&#39;s words", "Corrected 2 times")
	})
}

func TestAReporterOfAnotherInstitutionWritesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g, cast := atReports(t, db)
		for _, name := range []string{"reporter-b", "citizen", "forum", "foreign-reporter", "foreign-point_of_contact"} {
			p := named(t, cast, name)
			if r := g.by(p, "POST", reporting+"progress", url.Values{"status": {"completed"}}); r.StatusCode != 403 {
				t.Errorf("%s gets %d", name, r.StatusCode)
			}
			if r := g.by(p, "GET", reporting+"check", nil); r.StatusCode != 403 {
				t.Errorf("%s sees %d", name, r.StatusCode)
			}
		}
	})
}

func TestProgramsReportByTheSameRules(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g, cast := atReports(t, db)
		ana := named(t, cast, "reporter-a")
		const at = "/api/v1/commitments/XEP0001/reports"
		body := func(status, challenges string) string {
			return fmt.Sprintf(`{"plan":"esperia-1","period":"2026-2","status":%q,"done":[{"language":"en","text":"Done"},{"language":"fr","text":"Fait"}]%s}`, status, challenges)
		}
		bad := g.json(ana, "POST", at, body("limited", ""))
		if text := wholeOf(t, bad); bad.StatusCode != 400 || !strings.Contains(text, `"location":"body.challenges"`) {
			t.Fatalf("%d %s", bad.StatusCode, text)
		}
		good := g.json(ana, "POST", at, body("substantial", ""))
		var report struct {
			ID      string
			Version int
			State   string
		}
		text := wholeOf(t, good)
		if err := json.Unmarshal([]byte(text), &report); err != nil || good.StatusCode != 200 || report.Version != 1 || report.State != "reported_in_time" {
			t.Fatalf("%d %s %v", good.StatusCode, text, err)
		}
		if again := g.json(ana, "POST", at, body("substantial", "")); again.StatusCode != 409 || !strings.Contains(wholeOf(t, again), report.ID) {
			t.Errorf("a second report for the period: %d", again.StatusCode)
		}
		correct := func(version string, want int) {
			t.Helper()
			r := g.jsonWith(ana, "PUT", "/api/v1/reports/"+report.ID, strings.Replace(body("completed", ""), `"plan":"esperia-1","period":"2026-2",`, "", 1), "If-Match", version)
			if text := wholeOf(t, r); r.StatusCode != want {
				t.Errorf("If-Match %s: %d %s", version, r.StatusCode, text)
			}
		}
		correct(`"7"`, 409)
		correct(`"1"`, 200)
		correct(`"1"`, 409)
		for address, words := range map[string]string{
			at: `"changed":["status"]`, "/api/v1/reports/" + report.ID: `"status":"completed"`,
			"/api/v1/plans/esperia-1/progress": `"state":"reported_in_time"`, "/api/v1/exports/reports.csv?plan=esperia-1": report.ID,
			"/api/v1/exports/reports.jsonl?commitment=XEP0001": report.ID,
		} {
			if r := g.by(nobody, "GET", address, nil); !strings.Contains(wholeOf(t, r), words) {
				t.Errorf("%s does not hold %s", address, words)
			}
		}
	})
}

// jsonWith is json with one header more.
func (g gate) jsonWith(p player, method, address, body, name, value string) *http.Response {
	req := httptest.NewRequest(method, address, strings.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(name, value)
	return g.send(p, req)
}
