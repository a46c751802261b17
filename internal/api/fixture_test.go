package api

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/study"
)

// The fixture holds what the samples of the API map ask for, a text from right
// to left, a missing rating, and a contact that must never come out.
const fixture = `ID,Country,Code,Region,Plan,Submitted,No,Title,Text,Language,Lead,Start,End,Public Participation,Completion,Mail,Step,Due
LT0031,Lithuania,LTU,europe,5,2018,2,Open contracts,Publish every public contract as open data.,en,Public Procurement Office,2018-09,2020-08-31,1,not_started,secret.person@example.org,First data set,2019-06
LT0030,Lithuania,LTU,europe,5,2018,1,Open the budget,Publish the budget as open data.,en,Ministry of Finance,2018-09,sometime in 2020,0,NR,secret.person@example.org,,
TN0001,Tunisia,TUN,africa-middle-east,1,2014,1,البيانات المفتوحة,نشر البيانات العمومية في شكل مفتوح.,ar,رئاسة الحكومة,2014,2016,1,complete,secret.person@example.org,,
`

const fixtureMap = `{"format": "avow-map", "version": 1, "name": "fixture",
 "columns": {"ogp_id": "ID", "member": "Country", "member_code": "Code", "region": "Region", "plan": "Plan", "submitted": "Submitted", "number": "No",
  "title": "Title", "text": "Text", "language": "Language", "lead": "Lead", "start": "Start", "end": "End"},
 "missing": {"NR": "not_reported"},
 "tags": [{"column": "Public Participation", "tag": "Public Participation"}],
 "ratings": [{"column": "Completion", "variable": "completion", "scale": "completion/2017", "product": "end_of_term_report", "year": 2020}],
 "milestones": [{"code": "1", "title": "Step", "due": "Due"}],
 "contacts": ["Mail"]}`

// site is the API over a database of its own with the fixture in it.
type site struct {
	*API
	store *store.Store
}

func withFixture(t testing.TB) site {
	t.Helper()
	ctx := context.Background()
	st, err := store.Open(ctx, store.Options{Path: filepath.Join(t.TempDir(), "avow.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	at := time.Date(2026, 1, 31, 12, 0, 0, 123456000, time.UTC)
	a := app.New(st, app.Options{Now: func() time.Time { return at }})
	report, err := a.Import(ctx, civic.LocalOperator, app.ImportRequest{
		Format: "table", Inputs: []interchange.Input{interchange.BytesInput("fixture.csv", []byte(fixture))}, Map: []byte(fixtureMap),
	})
	if err != nil || report.Created != 3 {
		t.Fatalf("import of the fixture: %+v: %v", report, err)
	}
	reported(t, st, a)
	set, err := i18n.Load(i18n.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return site{New(Options{App: a, Words: i18n.For(i18n.English), Set: set, Log: slog.New(slog.DiscardHandler), Build: "test",
		Checkpoint: func() (string, string) { return "checkpoint", "key" }}), st}
}

// ask makes one request; headers are pairs of a name and a value.
func (s site) ask(t *testing.T, method, target string, headers ...string) (*http.Response, []byte) {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(body), "secret.person") {
		t.Errorf("%s %s tells a contact", method, target)
	}
	return w.Result(), body
}

// object asks for a JSON object.
func (s site) object(t *testing.T, target string) map[string]any {
	t.Helper()
	res, body := s.ask(t, "GET", target)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("%s: %d %s", target, res.StatusCode, body)
	}
	var o map[string]any
	if err := json.Unmarshal(body, &o); err != nil {
		t.Fatalf("%s: %v", target, err)
	}
	return o
}

// reported writes the report and the document that the samples ask for.
func reported(t testing.TB, st *store.Store, a *app.App) {
	t.Helper()
	ctx := context.Background()
	page, err := a.Commitment(ctx, "LT0031")
	if err != nil {
		t.Fatal(err)
	}
	cm := page.Dossier.Commitment
	prepared, err := store.Prepare(civic.Report{ID: exampleReport, Member: cm.Member, Plan: cm.Plans[0].Plan, Commitment: cm.ID, Status: civic.SelfSubstantial,
		Done: civic.Text{{Lang: "en", Text: "Half of the contracts are published."}}, Edition: "table-fixture", Dated: civic.When{Date: "2019-12-31"}})
	if err != nil {
		t.Fatal(err)
	}
	document, err := store.Prepare(civic.Document{ID: exampleDocument, Member: cm.Member, Kind: "report", Dated: "2019-12-31", URL: "https://lithuania.example/report",
		Title: civic.Text{{Lang: "en", Text: "What was done in 2019"}}})
	if err != nil {
		t.Fatal(err)
	}
	published, err := store.Prepare(study.Study{ID: "01jpublished00000000000000a", Title: civic.Text{{Lang: "en", Text: "What is promised"}}, Query: study.Query{Q: "open"}, Size: 3,
		On: "2026-01-31", Published: "2026-01-31", Stage: study.StageGrouped, Items: []study.Item{{Commitment: cm.ID, Version: 1, Group: "g1", Place: &study.Point{X: 500, Y: 500}}},
		Groups: []study.Group{{Key: "g1", Name: civic.Text{{Lang: "en", Text: "Contracts"}}, Words: []string{"contract"}}},
		Memos:  []study.Memo{{ID: "m", About: study.OnStudy, Text: civic.Text{{Lang: "en", Text: "There is one."}}, By: civic.LocalOperator, On: "2026-01-31"}}})
	if err != nil {
		t.Fatal(err)
	}
	err = st.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Put(published, store.Entry{At: time.Date(2026, 1, 31, 12, 0, 1, 0, time.UTC).UnixMicro(), Actor: civic.LocalOperator, Verb: "freeze_study"}); err != nil {
			return err
		}
		if _, err := tx.Put(document, store.Entry{At: time.Date(2026, 1, 31, 12, 0, 1, 0, time.UTC).UnixMicro(), Actor: civic.LocalOperator, Verb: "publish_document"}); err != nil {
			return err
		}
		_, err := tx.Put(prepared, store.Entry{At: time.Date(2026, 1, 31, 12, 0, 1, 0, time.UTC).UnixMicro(), Actor: civic.LocalOperator, Verb: "report", Edition: "table-fixture"})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
