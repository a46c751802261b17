package api

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"avow/internal/civic"
)

// run is a plan that is run through the API alone. It holds every operation that
// it asks for against its row: the verb in the record, and what a repeated request gets.
type run struct {
	site
	t    *testing.T
	done map[string]bool // operations that succeeded
	keys int
}

// do makes a request of an operation; pairs fill the names in its path and the query.
func (r *run) do(token, operation string, body any, pairs ...string) map[string]any {
	r.t.Helper()
	row := rowOf(operation)
	target := row.Path
	var headers []string
	for i := 0; i+1 < len(pairs); i += 2 {
		switch name := pairs[i]; {
		case name == "If-Match":
			headers = append(headers, name, `"`+pairs[i+1]+`"`)
		case strings.HasPrefix(name, "?"):
			target += name + "=" + pairs[i+1]
		default:
			target = strings.ReplaceAll(target, "{"+name+"}", pairs[i+1])
		}
	}
	content, media := r.encode(body)
	headers = append(headers, "Content-Type", media)
	if row.Method == http.MethodPost {
		r.keys++
		headers = append(headers, "Idempotency-Key", "key-"+strconv.Itoa(r.keys))
	}
	before := r.size(r.t)
	w := r.send(r.t, token, row.Method, target, content, headers...)
	if w.Code != http.StatusOK {
		r.t.Fatalf("%s: %s %s: %d %s", operation, row.Method, target, w.Code, w.Body)
	}
	r.done[operation] = true
	r.logged(row, before, target)
	if row.Method == http.MethodPost {
		r.again(w, row, token, target, content, headers)
	}
	var out map[string]any
	if row.Media == mediaJSON {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			r.t.Fatalf("%s: %v", operation, err)
		}
	}
	return out
}

// besides are verbs that an operation has for one of its cases.
var besides = map[string]string{"move-plan": "adopt"}

// logged holds the record against the row's effect.
func (r *run) logged(row Route, before int64, target string) {
	r.t.Helper()
	got := r.verbs(r.t, before)
	if row.Effect == effectNone || strings.Contains(target, "dry_run=true") {
		if len(got) > 0 {
			r.t.Errorf("%s wrote %v", row.Operation, got)
		}
		return
	}
	for _, v := range got {
		if _, verb, _ := strings.Cut(v, " "); verb != row.Effect && verb != besides[row.Operation] {
			r.t.Errorf("%s wrote %q, its row says %q", row.Operation, v, row.Effect)
		}
	}
	if len(got) == 0 {
		r.t.Errorf("%s wrote nothing", row.Operation)
	}
}

// again repeats a request with its key: the same answer, and no entry more. With
// the key of another request it is refused.
func (r *run) again(first *httptest.ResponseRecorder, row Route, token, target, content string, headers []string) {
	r.t.Helper()
	before := r.size(r.t)
	w := r.send(r.t, token, row.Method, target, content, headers...)
	if w.Code != first.Code || !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) || w.Header().Get("Idempotency-Replayed") != "true" {
		r.t.Errorf("%s again: %d %s, the first time %d %s", row.Operation, w.Code, w.Body, first.Code, first.Body)
	}
	if w := r.send(r.t, token, row.Method, target, content+" ", headers...); w.Code != http.StatusBadRequest {
		r.t.Errorf("%s with a key that was used: %d %s", row.Operation, w.Code, w.Body)
	}
	if after := r.size(r.t); after != before {
		r.t.Errorf("%s again wrote %v", row.Operation, r.verbs(r.t, before))
	}
}

// sentFile is a body with one file in it.
type sentFile struct{ name, content string }

func (r *run) encode(body any) (content, media string) {
	r.t.Helper()
	f, ok := body.(sentFile)
	if !ok {
		text, err := json.Marshal(body)
		if err != nil {
			r.t.Fatal(err)
		}
		return string(text), "application/json"
	}
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreateFormFile("file", f.name)
	if err == nil {
		_, err = part.Write([]byte(f.content))
	}
	if err == nil {
		err = m.Close()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return b.String(), m.FormDataContentType()
}

type fields = map[string]any

// tags changes the taxonomy, takes it back and forth, and decides on a tag.
func (r *run) tags(su, commitment string) {
	r.t.Helper()
	tried := r.do(su, "apply-tags", fields{"shipped": "open-digital", "settings": fields{"parent": "open-digital"}})
	if tried["version"] == 0 {
		r.t.Errorf("applied without a version: %v", tried)
	}
	r.do(su, "undo-tags", fields{"why": say("Too early.")}, "set", "open-digital")
	r.do(su, "redo-tags", fields{"why": say("Now.")}, "set", "open-digital")
	r.do(su, "decide-tags", fields{"choices": []fields{{"commitment": commitment, "tag": "Open source", "verdict": "accepted"}}})
	r.do(su, "answer-scope", fields{"roles": []string{"user"}, "strands": []string{}, "facets": []string{"open_source"}}, "ref", commitment)
}

func say(text string) []fields { return []fields{{"language": "en", "text": text}} }

func id(answer map[string]any) string { s, _ := answer["id"].(string); return s }

func TestAPlanIsRunThroughTheAPIAlone(t *testing.T) {
	r := &run{site: withFixture(t), t: t, done: map[string]bool{}}
	here := r.lithuania(t)
	poc := r.token(t, "poc@example.org", civic.PointOfContact, here)
	su := r.token(t, "su@example.org", civic.SupportUnit, civic.Scope{})
	forum := r.token(t, "forum@example.org", civic.ForumMember, here)
	citizen := r.token(t, "ana@example.org", civic.Citizen, civic.Scope{})

	r.do(poc, "get-account", nil)
	plan := id(r.do(poc, "open-plan", fields{"member": "LTU", "number": "6", "start": "2025-01-01", "end": "2026-12-31", "languages": []string{"en"}}))
	r.do(poc, "set-periods", fields{"periods": []fields{{"key": "2025", "start": "2025-01-01", "end": "2025-12-31", "due": "2026-02-28"}}}, "ref", plan)
	ministry := id(r.do(poc, "define-institution", fields{"name": say("Ministry of Health")}, "ref", "LTU"))
	commitment := r.drafted(poc, plan, ministry)
	r.process(poc, citizen, plan)
	r.move(poc, plan, "adopted")
	r.move(poc, plan, "implementation")
	r.repository(poc)
	r.amended(poc, plan, commitment)
	r.do(su, "assign-id", fields{"ogp_id": "LT0099"}, "ref", commitment)
	report := r.reported(poc, plan)
	r.voices(report, poc, forum, su, citizen)
	r.tags(su, commitment)
	r.do(poc, "keep-tension", fields{"topic": say("Privacy and openness"), "laws": []string{"Law on data", "Law on access"}, "owner": ministry}, "ref", "LTU")
	r.do(poc, "keep-tool", fields{"name": "Register", "owner": ministry}, "ref", "LTU")
	given := id(r.do(poc, "grant", fields{"mail": "new@example.org", "role": "reporter", "plan": plan, "institution": ministry}))
	r.do(poc, "end-grant", nil, "id", given, "?reason", "Left")
	r.move(poc, plan, "ended")

	for _, row := range Routes() {
		if row.Permission != "" && !r.done[row.Operation] {
			t.Errorf("no success of %s", row.Operation)
		}
	}
}

func (r *run) move(token, plan, to string) {
	r.t.Helper()
	r.do(token, "move-plan", fields{"to": to, "on": "2026-01-30", "by": "Cabinet"}, "ref", plan)
}

// drafted writes a draft, refuses an old version of it, and publishes it.
func (r *run) drafted(poc, plan, lead string) (commitment string) {
	r.t.Helper()
	d := r.do(poc, "new-draft", nil, "ref", plan)
	revision := func() string { return strconv.Itoa(int(d["revision"].(float64))) }
	first := revision()
	d = r.do(poc, "save-draft", fields{"answers": []fields{
		{"name": "title.en", "value": "Waiting times"}, {"name": "text.en", "value": "We publish how long people wait."}, {"name": "problem.en", "value": "Nobody knows."},
		{"name": "start", "value": "2025-02-01"}, {"name": "end", "value": "2026-06-30"}, {"name": "number", "value": "1"}, {"name": "lead", "value": lead},
		{"name": "milestones", "value": "new"}, {"name": "milestone.new.title.en", "value": "The register is open"}, {"name": "milestone.new.due", "value": "2026-03-31"},
	}}, "id", id(d), "If-Match", first)
	text, _ := r.encode(fields{"answers": []fields{{"name": "title.en", "value": "Another title"}}})
	if w := r.send(r.t, poc, "PUT", "/api/v1/drafts/"+id(d), text, "If-Match", `"`+first+`"`); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "title.en") {
		r.t.Errorf("a draft saved from an old revision: %d %s", w.Code, w.Body)
	}
	for _, wrong := range []string{"", "x", `"0"`, `"-1"`, "*"} {
		if w := r.send(r.t, poc, "PUT", "/api/v1/drafts/"+id(d), text, "If-Match", wrong); w.Code != http.StatusBadRequest {
			r.t.Errorf("If-Match %q: %d %s", wrong, w.Code, w.Body)
		}
	}
	r.do(poc, "get-draft", nil, "id", id(d))
	r.do(poc, "list-drafts", nil, "ref", plan)
	r.move(poc, plan, "consultation")
	r.do(poc, "publish-drafts", fields{}, "ref", plan)
	return d["commitment"].(string)
}

// process records a step and takes a contribution, with its response.
func (r *run) process(poc, citizen, plan string) {
	r.t.Helper()
	step := fields{"kind": "input", "title": say("Send your ideas"), "start": "2026-01-05", "end": "2026-01-30"}
	one := id(r.do(poc, "record-step", step, "ref", plan))
	step["end"] = "2026-01-31"
	r.do(poc, "correct-step", step, "id", one)
	idea := id(r.do(citizen, "contribute", fields{"text": say("Publish them each week.")}, "ref", plan))
	r.do(poc, "answer-contribution", fields{"decision": "partly", "response": say("Each month.")}, "id", idea)
	r.do(poc, "withdraw-step", fields{"reason": "Written down twice"}, "id", one)
}

// repository keeps files, documents, a forum and meetings.
func (r *run) repository(poc string) {
	r.t.Helper()
	file := r.do(poc, "keep-file", sentFile{"rules.txt", "Everybody has a voice.\n"})
	rules := fields{"kind": "forum_rules", "title": say("Rules"), "dated": "2026-01-02", "file": fields{"sha256": file["sha256"], "name": "rules.txt"}}
	d := r.do(poc, "publish-document", rules, "ref", "LTU")
	rules["dated"] = "2026-01-03"
	d = r.do(poc, "correct-document", rules, "id", id(d), "If-Match", strconv.Itoa(int(d["version"].(float64))))
	r.do(poc, "describe-forum", fields{"name": say("Forum"), "government": 5, "civil_society": 5, "rules": id(d)}, "ref", "LTU")
	meeting := fields{"kind": "forum", "on": "2026-01-10", "title": say("First meeting"), "government": 3, "civil_society": 4}
	one := id(r.do(poc, "record-meeting", meeting, "ref", "LTU"))
	meeting["others"] = 1
	r.do(poc, "correct-meeting", meeting, "id", one)
	r.do(poc, "withdraw-meeting", fields{"reason": "Written down twice"}, "id", one)
	r.do(poc, "withdraw-document", fields{"reason": "Replaced"}, "id", id(d))
}

// amended changes what was adopted.
func (r *run) amended(poc, plan, commitment string) {
	r.t.Helper()
	d := r.do(poc, "draft-of", nil, "ref", commitment)
	d = r.do(poc, "save-draft", fields{"answers": []fields{{"name": "end", "value": "2026-09-30"}}}, "id", id(d), "If-Match", strconv.Itoa(int(d["revision"].(float64))))
	r.do(poc, "amend", fields{"on": "2026-01-31", "by": "Cabinet", "reason": say("The tender failed.")}, "id", id(d))
}

// reported reports, corrects the report, and sends the same by a workbook.
func (r *run) reported(poc, plan string) string {
	r.t.Helper()
	text := fields{"plan": plan, "period": "2025", "status": "substantial", "done": say("Half of the hospitals publish."), "next": say("The others follow."),
		"evidence": []fields{{"url": "https://health.example/times"}}}
	one := r.do(poc, "report", text, "ref", "LT0099")
	delete(text, "plan")
	delete(text, "period")
	text["done"] = say("Half of the hospitals publish, and one clinic.")
	version := strconv.Itoa(int(one["version"].(float64)))
	r.do(poc, "correct-report", text, "id", id(one), "If-Match", version)
	content, _ := r.encode(text)
	if w := r.send(r.t, poc, "PUT", "/api/v1/reports/"+id(one), content, "If-Match", `"`+version+`"`); w.Code != http.StatusConflict {
		r.t.Errorf("a report corrected from an old version: %d %s", w.Code, w.Body)
	}
	r.do(poc, "get-workbook", nil, "ref", plan, "period", "2025")
	row := rowOf("get-workbook-csv")
	w := r.send(r.t, poc, row.Method, strings.NewReplacer("{ref}", plan, "{period}", "2025").Replace(row.Path), "")
	if w.Code != http.StatusOK {
		r.t.Fatalf("workbook: %d %s", w.Code, w.Body)
	}
	r.done["get-workbook-csv"] = true
	changed := strings.ReplaceAll(w.Body.String(), "and one clinic", "and two clinics")
	dry := r.do(poc, "take-workbook", sentFile{"reports.csv", changed}, "ref", plan, "period", "2025", "?dry_run", "true")
	if dry["taken"] != false || dry["changed"] != float64(1) || len(dry["faults"].([]any)) > 0 {
		r.t.Errorf("dry run: %v", dry)
	}
	broken := strings.ReplaceAll(w.Body.String(), "Substantial", "nearly there")
	if dry := r.do(poc, "take-workbook", sentFile{"reports.csv", broken}, "ref", plan, "period", "2025", "?dry_run", "true"); broken == w.Body.String() || len(dry["faults"].([]any)) == 0 {
		r.t.Errorf("dry run of a mistake: %v", dry)
	}
	return id(one)
}

// voices testify on a report and contest it.
func (r *run) voices(report, poc, forum, su, citizen string) {
	r.t.Helper()
	one := id(r.do(citizen, "testify", fields{"happened": true, "saw": say("There is a board at the door.")}, "id", report))
	r.do(citizen, "withdraw-testimony", nil, "id", one)
	dispute := id(r.do(forum, "dispute", fields{"claim": say("Only a third publishes.")}, "id", report))
	r.do(poc, "answer-dispute", fields{"answer": say("We count the clinics.")}, "id", dispute)
	r.do(su, "settle-dispute", fields{"outcome": "report_stands", "why": say("The list is complete.")}, "id", dispute)
	var grants struct{ Items []fields }
	w := r.send(r.t, "", "GET", "/api/v1/grants", "")
	if err := json.Unmarshal(w.Body.Bytes(), &grants); err != nil || slices.ContainsFunc(grants.Items, func(g fields) bool { return strings.Contains(g["by"].(string), "@") }) {
		r.t.Errorf("%v %s", err, w.Body)
	}
}
