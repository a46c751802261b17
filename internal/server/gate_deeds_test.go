package server

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// fillings are what goes into empty fields, by the name before the first dot.
var fillings = map[string]string{
	"title": "A title", "text": "A text that says something.", "name": "A name", "reason": "A reason.", "by": "The cabinet",
	"on": "2026-08-10", "start": "2026-09-01", "end": "2026-09-30", "claim": "It is not so.", "answer": "It is so.", "why": "Both counts are right.",
	"response": "We will do it.", "saw": "There is a board at the door.", "place": "library", "consent": "yes", "topic": "A topic", "how": "It was solved.",
	"laws": "One act\nAnother act", "resolved": "2026-08-01", "dated": "2026-06-01", "government": "2", "civil": "2", "mail": "somebody.new@avow.example",
	"done": "Something was done.", "definition": "What belongs to it.", "memo": "Something was noticed.", "challenges": "Something stands in the way.", "next": "Something comes.", "number": "77", "languages": "en",
	"ogp_id": "XEP0099", "maintainer": "Somebody", "url": "",
}

// forms are what actions of the site need beside what their forms hold and
// fillings fills; an action that needs nothing more stands not here.
var forms = map[string]deed{
	"end-session":        {page: "/{lang}/account"},
	"make-key":           {page: "/{lang}/account", with: map[string]string{"key-name": "A list"}},
	"revoke-key":         {page: "/{lang}/account"},
	"seen-once":          {with: map[string]string{}},
	"name-account":       {with: map[string]string{"name": "Somebody"}},
	"close-account-send": {with: map[string]string{"sure": "yes"}, verbs: []string{"end_grant"}, lacks: "the only administrator stays"},
	"begin-factor":       {with: map[string]string{}},
	"remove-factor":      {page: "/{lang}/account"},
	"pass-factor":        {with: map[string]string{}, lacks: "it was given already, to sign the cast in"},
	"confirm-factor":     {with: map[string]string{}, lacks: "it was confirmed already, to sign the cast in"},
	"begin-new-passkey":  {with: map[string]string{}},
	"add-passkey":        {with: map[string]string{}, lacks: "needs an authenticator"},
	"remove-passkey":     {with: map[string]string{}, none: "needs an authenticator"},
	"block-account":      {with: map[string]string{"account": "{someone}"}},
	"unblock-account":    {with: map[string]string{"account": "{someone}"}},
	"reset-account":      {with: map[string]string{"account": "{someone}"}},
	"make-webhook":       {lacks: "needs a public address to send to"},
	"test-webhook":       {with: map[string]string{}, none: "needs a webhook"},
	"end-webhook":        {with: map[string]string{}, none: "needs a webhook"},
	"give-role-send":     {page: "/{lang}/work/people/give?member={home}", with: map[string]string{"role": "facilitator", "institution": ""}},

	"plan-periods-send": {lacks: "periods that stand there already"},
	"draft-new":         {page: "/{lang}/work/plans/{plan}"},
	"draft-of":          {with: map[string]string{}, lacks: "an imported plan is not run here"},
	"drafts-publish":    {page: "/{lang}/work/plans/{plan}", before: consult, lacks: "drafts of an adopted plan are amendments"},
	"bulk-apply": {page: "/{lang}/work/plans/{plan}/bulk/preview?chosen={promise}&field=shift&value=30", with: map[string]string{"reason": "A reason.", "reason.fr": "Une raison."},
		lacks: "needs an adopted commitment"},
	"draft-milestone-remove": {page: "/{lang}/work/drafts/{draft}/milestones/{milestone}"},
	"draft-discard":          {page: "/{lang}/work/drafts/{draft}/title"},
	"draft-publish":          {page: "/{lang}/work/drafts/{draft}/title", before: consult, lacks: "drafts of an adopted plan are amendments"},
	"draft-published-send":   {page: "/{lang}/work/drafts/{draft}/title", none: "a commitment that was never published"},
	"assign-id-send":         {lacks: "the ID that it has already"},
	"draft-resolve":          {page: "/{lang}/work/drafts/{draft}/title"},
	"draft-amend-send":       {lacks: "what is not adopted is published, not amended"},
	"keep-report": {with: map[string]string{}, lacks: "an imported plan is not run here", verbs: []string{"correct_report"}, before: func(t *testing.T, g gate, p player, s *spot) {
		at := strings.TrimSuffix(s.address, "check")
		g.by(p, "POST", at+"progress", url.Values{"status": {"completed"}, "done.en": {"Done by " + p.name}, "done.fr": {"Fait par " + p.name}})
		g.by(p, "POST", at+"evidence", url.Values{"evidence.0.url": {"https://avow.example/paper"}})
	}},
	"workbook-upload": {fresh: true, with: map[string]string{"file": "/en/work/plans/{plan}/periods/{period}/workbook.csv"}, swap: changed, none: "a plan without commitments has nothing to report",
		after: func(t *testing.T, g gate, p player, s spot, res *http.Response) {
			at := res.Header.Get("Location")
			f, found := g.formFor(t, p, at, strings.Split(at, "?")[0])
			if res := g.by(p, "POST", strings.Split(at, "?")[0], sentAsItIs(f)); !found || res.StatusCode != http.StatusSeeOther || saysNo(res) {
				t.Errorf("%s uploads to %s and takes it: %d: %s", p.name, s.address, res.StatusCode, faults(body(t, res)))
			}
		}},

	"answer-dispute-send": {lacks: "a dispute that is settled"},
	"settle-dispute-send": {lacks: "a dispute that is settled"},
	"show-again":          {page: "/{lang}/work/moderation/{voice}", before: hide},
	"withdraw": {page: "/{lang}/work/reports/{report}/testify", before: func(t *testing.T, g gate, p player, s *spot) {
		g.json(p, "POST", s.fill(p, "/api/v1/reports/{report}/testimonies"), `{"happened":true}`)
	}},
	"new-tension-send":    {},
	"tension-send":        {with: map[string]string{"topic.en": "Another topic"}},
	"tool-send":           {with: map[string]string{"name": "Another tool"}},
	"keep-forum":          {with: map[string]string{"government": "9"}},
	"change-meeting":      {with: map[string]string{"civil": "9"}},
	"change-step":         {with: map[string]string{"title.en": "Another step"}},
	"add-document":        {with: map[string]string{"file": "A paper that says something.\n"}},
	"change-document":     {with: map[string]string{"title.en": "Another paper", "url": "", "meeting": "", "plan": "", "file": "A paper that says something else.\n"}},
	"answer-contribution": {with: map[string]string{"response.en": "Another answer.", "response.fr": "Une autre réponse."}, verbs: []string{"correct_answer"}},
	"withdraw-meeting":    {page: "/{lang}/work/meetings/{meeting}"},
	"withdraw-step":       {page: "/{lang}/work/steps/{step}"},
	"withdraw-document":   {page: "/{lang}/work/documents/{document}"},

	"new-study-send":   {with: map[string]string{"filter.region": "europe"}},
	"suggest-groups":   {page: "/{lang}/work/studies/{study}", lacks: "a study that is being coded, or was"},
	"study-group-send": {lacks: "a study that is being coded, or was"},
	"study-move":       {with: map[string]string{"to": ""}, lacks: "a study that is being coded, or was"},
	"study-memo-send":  {lacks: "a study that is being coded"},
	"open-coding-send": {lacks: "a study that is being coded, or was"},
	"join-coding":      {with: map[string]string{}, lacks: "who codes already"},
	"code-item-send":   {with: map[string]string{"codes": "g1"}, before: joined},
	"hand-in-coding-send": {with: map[string]string{"gaps": "yes"}, before: func(t *testing.T, g gate, p player, s *spot) {
		joined(t, g, p, s)
		g.by(p, "POST", strings.TrimSuffix(s.address, "hand-in")+"code/1", url.Values{"codes": {"g1"}})
	}},
	"study-tags-send": {lacks: "a study that is not coded"},
	"publish-study":   {with: map[string]string{}, lacks: "a study that is not coded, or was published"},

	"taxonomy-read":      {page: "/{lang}/work/taxonomy", with: map[string]string{"shipped": "social-media", "text": ""}},
	"taxonomy-apply":     {page: "/{lang}/work/taxonomy", with: map[string]string{"shipped": "open-digital"}, lacks: "a set that is in force"},
	"taxonomy-undo-send": {with: map[string]string{"set": "open-digital"}, before: applied},
	"taxonomy-redo-send": {with: map[string]string{"set": "open-digital"}, before: undone},
	"tags-preview":       {page: "/{lang}/work/tags", with: proposed},
	"work-tags-send":     {with: proposed},
	"decide-tags-send":   {with: map[string]string{"other": "gender", "verdict": "accepted"}},
	"scope-send":         {with: map[string]string{"roles": "user", "facets": "open_data"}},
}

// proposed accepts a tag for a commitment of the living plan.
var proposed = map[string]string{"q": "XEP0001", "from": "person", "proposed": "gender", "pick": "XEP0001 gender", "verdict": "accepted"}

// joined makes somebody a coder of the study of an address.
func joined(_ *testing.T, g gate, p player, s *spot) {
	g.by(p, "POST", "/en/work/studies/"+s.names["blind"]+"/join", url.Values{})
}

// changed are texts of the demonstration that an upload has otherwise.
var changed = []string{"Three quarters are published", "Four quarters are published", "Twenty-two hospitals", "Twenty-three hospitals"}

// consult opens the consultation of the plan of an address that is being drafted.
func consult(t *testing.T, g gate, p player, s *spot) {
	t.Helper()
	for _, plan := range s.on.Plans { // that it is open already, or over, is seen by what comes
		_ = g.app.MovePlan(t.Context(), g.caller(t, p), plan, app.PlanMove{To: civic.Consultation, On: "2026-08-10", By: "Cabinet"})
	}
}

// hide has what somebody said hidden.
func hide(_ *testing.T, g gate, p player, s *spot) {
	g.by(p, "POST", strings.TrimSuffix(s.address, "/show"), url.Values{"rule": {"personal_data"}, "reason": {"It names a number."}})
}

// filed keeps a file and calls it {sha}.
func filed(t *testing.T, g gate, p player, s *spot) {
	t.Helper()
	res := g.send(p, parts(t, "/api/v1/files", nil, "A paper of "+p.name+".\n"))
	var f struct{ SHA256 string }
	if err := json.Unmarshal([]byte(body(t, res)), &f); err != nil {
		t.Errorf("%s keeps a file: %d: %v", p.name, res.StatusCode, err)
	}
	s.names = maps.Clone(s.names)
	s.names["sha"] = f.SHA256
}

// programs are what the operations of the API need.
var programs = map[string]deed{
	"keep-file":           {body: "file A paper.\n"},
	"open-plan":           {body: `{"member":"{home}","number":"78","title":[{"language":"en","text":"A plan"}],"start":"2029-01-01","end":"2030-12-31","languages":["en"]}`},
	"move-plan":           {body: `{"to":"consultation","on":"2026-08-10","by":"Cabinet"}`},
	"set-periods":         {body: `{"periods":[{"key":"2027","start":"2027-01-01","end":"2027-12-31","due":"2028-02-28"}]}`},
	"define-institution":  {body: `{"name":[{"language":"en","text":"Ministry of Something"}]}`},
	"new-draft":           {body: `{}`},
	"draft-of":            {body: `{}`, lacks: "an imported plan is not run here"},
	"save-draft":          {body: `{"answers":[{"name":"number","value":"7"}]}`, read: "/api/v1/drafts/{draft}"},
	"publish-drafts":      {body: `{}`, before: consult, lacks: "drafts of an adopted plan are amendments"},
	"amend":               {body: `{"on":"2026-08-10","by":"Cabinet","reason":[{"language":"en","text":"It failed."},{"language":"fr","text":"Échec."}]}`, lacks: "what is not adopted is published, not amended"},
	"assign-id":           {body: `{"ogp_id":"XEP0099"}`, lacks: "a commitment that has an ID, or is of another member"},
	"report":              {body: `{"plan":"esperia-1","period":"2026-2","status":"completed","done":[{"language":"en","text":"Done."},{"language":"fr","text":"Fait."}],"evidence":[{"url":"https://avow.example/paper"}]}`, lacks: "an imported plan is not run here"},
	"correct-report":      {body: `{"status":"completed","done":[{"language":"en","text":"All done."},{"language":"fr","text":"Tout fait."}],"evidence":[{"url":"https://avow.example/paper"}]}`, read: "/api/v1/reports/{report}"},
	"describe-forum":      {body: `{"name":[{"language":"en","text":"Forum"}],"government":5,"civil_society":5}`},
	"publish-document":    {body: `{"kind":"other","title":[{"language":"en","text":"A paper"}],"dated":"2026-06-01","file":{"sha256":"{sha}","name":"paper.txt"}}`, before: filed},
	"correct-document":    {body: `{"kind":"other","title":[{"language":"en","text":"The paper"}],"dated":"2026-06-02","file":{"sha256":"{sha}","name":"paper.txt"}}`, before: filed, read: "/api/v1/documents/{document}"},
	"withdraw-document":   {body: `{"reason":"Twice"}`},
	"record-meeting":      {body: `{"kind":"forum","on":"2026-06-10","title":[{"language":"en","text":"A meeting"}],"government":3,"civil_society":4}`},
	"correct-meeting":     {body: `{"kind":"forum","on":"2026-06-11","title":[{"language":"en","text":"The meeting"}],"government":3,"civil_society":4}`},
	"withdraw-meeting":    {body: `{"reason":"Twice"}`},
	"record-step":         {body: `{"kind":"input","title":[{"language":"en","text":"Send ideas"}],"start":"2026-09-05","end":"2026-09-30"}`},
	"correct-step":        {body: `{"kind":"input","title":[{"language":"en","text":"Send more ideas"}],"start":"2026-09-05","end":"2026-09-30"}`},
	"withdraw-step":       {body: `{"reason":"Twice"}`},
	"answer-contribution": {body: `{"decision":"partly","response":[{"language":"en","text":"Each month."},{"language":"fr","text":"Chaque mois."}]}`, verbs: []string{"correct_answer"}},
	"contribute":          {body: `{"text":[{"language":"en","text":"Publish them each week."}]}`},
	"testify":             {body: `{"happened":true,"saw":[{"language":"en","text":"There is a board."}]}`},
	"dispute":             {body: `{"claim":[{"language":"en","text":"A third alone."}]}`},
	"answer-dispute":      {body: `{"answer":[{"language":"en","text":"We count all."}]}`, lacks: "a dispute that is settled"},
	"settle-dispute":      {body: `{"outcome":"report_stands","why":[{"language":"en","text":"The list is complete."}]}`, lacks: "a dispute that is settled"},
	"keep-tension":        {body: `{"topic":[{"language":"en","text":"Privacy"}],"laws":["One act","Another act"]}`},
	"keep-tool":           {body: `{"name":"Register"}`},
	"apply-tags":          {body: `{"shipped":"open-digital"}`},
	"undo-tags":           {body: `{"why":[{"language":"en","text":"Too early."}]}`, before: applied},
	"redo-tags":           {body: `{"why":[{"language":"en","text":"Now."}]}`, before: undone},
	"answer-scope":        {body: `{"roles":["user"],"strands":[],"facets":["open_data"]}`},
	"decide-tags":         {body: `{"choices":[{"commitment":"XEP0001","tag":"gender","verdict":"accepted"}]}`},
	"grant":               {body: `{"mail":"new@avow.example","role":"reporter","member":"{home}"}`},
	"end-grant":           {query: "?reason=Left"},
	"withdraw-testimony": {before: func(t *testing.T, g gate, p player, s *spot) {
		var said struct{ ID string }
		res := g.json(p, "POST", "/api/v1/reports/"+g.known.IDs["report"][0]+"/testimonies", `{"happened":true}`)
		if err := json.Unmarshal([]byte(body(t, res)), &said); err == nil && said.ID != "" { // or it stands there since the demonstration
			s.address = "/api/v1/testimonies/" + said.ID
		}
	}},
	"take-workbook": {fresh: true, body: "file /en/work/plans/{plan}/periods/{period}/workbook.csv", swap: changed, none: "a plan without commitments has nothing to report", verbs: []string{"correct_report"}},
}

// applied puts the appendix of the paper in force; undone takes it back.
func applied(t *testing.T, g gate, _ player, _ *spot) {
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.keeper.app().ApplyTags(t.Context(), civic.Operator(), set); err != nil && civic.KindOf(err) != civic.Conflict {
		t.Fatal(err)
	}
}

func undone(t *testing.T, g gate, p player, s *spot) {
	applied(t, g, p, s)
	why := civic.Text{{Lang: "en", Text: "To be made again."}}
	if err := g.keeper.app().UndoTags(t.Context(), civic.Operator(), taxonomy.OpenDigital, why); err != nil {
		t.Fatal(err)
	}
}
