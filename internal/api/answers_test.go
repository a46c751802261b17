package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"

	"github.com/danielgtaylor/huma/v2"
)

func TestEverySampleIsAnsweredAsTheDescriptionSays(t *testing.T) {
	s := withFixture(t)
	for _, r := range Routes() {
		if r.Permission != "" {
			continue // who calls is asked first: the site's tests do it
		}
		for _, target := range append(slices.Clone(r.Samples), s.examples(r)...) {
			t.Run(target, func(t *testing.T) { s.checkSample(t, r, target) })
		}
	}
}

// examples makes a request from the examples of the description's parameters:
// one with all path parameters, and one more with each query parameter.
func (s site) examples(r Route) []string {
	path, out := r.Path, []string(nil)
	op := s.huma.OpenAPI().Paths[r.Path].Get
	for _, p := range op.Parameters {
		if p.In == "path" {
			if len(p.Schema.Examples) == 0 {
				return nil // the samples alone say which
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", p.Schema.Examples[0].(string))
		}
	}
	for _, p := range op.Parameters {
		if p.In == "query" && len(p.Schema.Examples) > 0 {
			value, _ := json.Marshal(p.Schema.Examples[0])
			out = append(out, path+"?"+p.Name+"="+url.QueryEscape(strings.Trim(string(value), `"`)))
		}
	}
	return append(out, path)
}

func (s site) checkSample(t *testing.T, r Route, target string) {
	ctx := context.Background()
	before, err := s.App.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	res, body := s.ask(t, "GET", target)
	if res.StatusCode != http.StatusOK || len(body) == 0 {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	media, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	if media != r.Media {
		t.Errorf("content type %q, the map says %q", media, r.Media)
	}
	if r.Media == mediaJSON {
		s.validate(t, r, "200", mediaJSON, body)
	} else if !strings.Contains(res.Header.Get("Content-Disposition"), "attachment") {
		t.Error("a file without a name")
	}
	tag := res.Header.Get("ETag")
	if tag == "" || res.Header.Get("Cache-Control") != "no-cache" || res.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers: %v", res.Header)
	}
	if res, body := s.ask(t, "GET", target, "If-None-Match", `"x", `+tag); res.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("with its ETag: %d, %d bytes", res.StatusCode, len(body))
	}
	if res, body := s.ask(t, "HEAD", target); res.StatusCode != http.StatusOK || len(body) != 0 || res.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes, %v", res.StatusCode, len(body), res.Header)
	}
	if after, err := s.App.Head(ctx); err != nil || after != before {
		t.Errorf("reading changed the record: %v", err)
	}
}

// validate holds an answer against the schema that the description gives.
func (s site) validate(t *testing.T, r Route, status, media string, body []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	api := s.huma.OpenAPI()
	schema := api.Paths[r.Path].Get.Responses[status].Content[media].Schema
	res := &huma.ValidateResult{}
	huma.Validate(api.Components.Schemas, schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, v, res)
	for _, err := range res.Errors {
		t.Errorf("against the description: %v", err)
	}
}

func TestEveryErrorIsAProblemThatNamesWhatIsWrong(t *testing.T) {
	s := withFixture(t)
	list := rowOf("list-commitments")
	for target, want := range map[string]struct {
		status   int
		location string
	}{
		"/api":                                     {404, ""},
		"/api/":                                    {404, ""},
		"/api/v2/commitments":                      {404, ""},
		"/api/v1/commitments/":                     {404, ""},
		"/api/v1/commitments/XX9999":               {404, ""},
		"/api/v1/commitments/%00":                  {404, ""},
		"/api/v1/commitments/" + long:              {400, "path.ref"},
		"/api/v1/members/nobody":                   {404, ""},
		"/api/v1/plans/nothing-1":                  {404, ""},
		"/api/v1/tags/nothing":                     {404, ""},
		"/api/v1/commitments?limit=0":              {400, "query.limit"},
		"/api/v1/commitments?limit=201":            {400, "query.limit"},
		"/api/v1/commitments?limit=many":           {400, "query.limit"},
		"/api/v1/commitments?limit=1&limit=2":      {400, "query.limit"},
		"/api/v1/commitments?year=soon":            {400, "query.year"},
		"/api/v1/commitments?year=1999":            {400, "query.year"},
		"/api/v1/commitments?region=atlantis":      {400, "query.region"},
		"/api/v1/commitments?cursor=x":             {400, "query.cursor"},
		"/api/v1/commitments?contry=LTU":           {400, "query.contry"},
		"/api/v1/commitments?q=%ff":                {400, "query.q"},
		"/api/v1/commitments?q=a%00b":              {400, "query.q"},
		"/api/v1/commitments?q=%zz":                {400, ""},
		"/api/v1/members?limit=3":                  {400, "query.limit"},
		"/api/v1/exports/commitments.csv?limit=3":  {400, "query.limit"},
		"/api/v1/exports/commitments.csv?year=1e9": {400, "query.year"},
		"/api/v1/exports/commitments.pdf":          {404, ""},
	} {
		res, body := s.ask(t, "GET", target)
		var p Problem
		if err := json.Unmarshal(body, &p); err != nil {
			t.Errorf("%s: %d %s", target, res.StatusCode, body)
			continue
		}
		s.validate(t, list, "400", "application/problem+json", body)
		at := ""
		if len(p.Errors) > 0 {
			at = p.Errors[0].Location
		}
		if res.StatusCode != want.status || p.Status != want.status || at != want.location ||
			res.Header.Get("Content-Type") != "application/problem+json" || res.Header.Get("ETag") != "" ||
			res.Header.Get("Access-Control-Allow-Origin") != "*" || p.Detail == "" || strings.Contains(p.Detail, "⟦") {
			t.Errorf("%s: %d %v %s", target, res.StatusCode, res.Header, body)
		}
	}
}

func TestAProblemIsToldInTheLanguageThatIsAskedFor(t *testing.T) {
	s := withFixture(t)
	for wanted, want := range map[string]string{"": "en", "fr-CA, en;q=0.5": "fr", "ar": "ar", "xx": "en", "es": "es", ";;": "en"} {
		words := i18n.For(want)
		for _, target := range []string{"/api/v1/commitments/XX9999", "/api/v1/nothing"} {
			res, body := s.ask(t, "GET", target, "Accept-Language", wanted)
			var p Problem
			if err := json.Unmarshal(body, &p); err != nil {
				t.Fatal(err)
			}
			said := map[string]string{"commitment.not_found": words.T("commitment.not_found", "ref", "XX9999"), "api.not_found": words.T("api.not_found", "path", target)}[p.Code]
			if res.Header.Get("Content-Language") != want || res.Header.Get("Vary") != "Accept-Language" || p.Detail != said || said == "" {
				t.Errorf("%s of %s: %v %s", wanted, target, res.Header, body)
			}
		}
	}
}

var long = strings.Repeat("x", 300)

func TestOtherMethodsAreRefusedAndOptionsOpensReadingToEveryOrigin(t *testing.T) {
	s := withFixture(t)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "TRACE"} {
		if res, body := s.ask(t, method, "/api/v1/commitments"); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD, OPTIONS" || !json.Valid(body) {
			t.Errorf("%s: %d %v", method, res.StatusCode, res.Header)
		}
	}
	res, _ := s.ask(t, "OPTIONS", "/api/v1/commitments", "Origin", "https://elsewhere.example", "Access-Control-Request-Method", "GET")
	if res.StatusCode != http.StatusNoContent || res.Header.Get("Access-Control-Allow-Origin") != "*" || res.Header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("OPTIONS: %d %v", res.StatusCode, res.Header)
	}
}

func TestPagesHoldEveryCommitmentOnceAndTheTotalIsExact(t *testing.T) {
	s := withFixture(t)
	seen := map[string]int{}
	target := "/api/v1/commitments?limit=1"
	for range 10 {
		o := s.object(t, target)
		if o["total"] != 3.0 {
			t.Errorf("%s: total %v", target, o["total"])
		}
		for _, item := range o["items"].([]any) {
			seen[item.(map[string]any)["ogp_id"].(string)]++
		}
		next, more := o["next"].(string)
		if !more {
			break
		}
		res, _ := s.ask(t, "GET", target)
		link := res.Header.Get("Link")
		target = "/api/v1/commitments?limit=1&cursor=" + url.QueryEscape(next)
		if !strings.Contains(link, "cursor="+url.QueryEscape(next)) || !strings.HasSuffix(link, `>; rel="next"`) {
			t.Errorf("link %q", link)
		}
	}
	if len(seen) != 3 || seen["LT0031"] != 1 || seen["LT0030"] != 1 || seen["TN0001"] != 1 {
		t.Errorf("seen %v", seen)
	}
}

func TestFiltersSelect(t *testing.T) {
	s := withFixture(t)
	for query, want := range map[string]float64{
		"": 3, "q=contracts": 1, "q=open+data": 2, "q=" + url.QueryEscape("المفتوحة"): 1, "q=nothingatall": 0, "member=LTU": 2, "member=tunisia": 1,
		"region=europe": 2, "year=2014": 1, "completion=not_started": 1, "completion=not_reported": 1, "lang=ar": 1, "tag=public-participation": 2,
		"plan=lithuania-5": 2, "region=europe&q=contracts&year=2018": 1, "q=&member=&region=": 3,
	} {
		if got := s.object(t, "/api/v1/commitments?"+query)["total"]; got != want {
			t.Errorf("%s: total %v, want %v", query, got, want)
		}
		if got := s.object(t, "/api/v1/facets?"+query)["total"]; got != want {
			t.Errorf("%s: total of the facets %v, want %v", query, got, want)
		}
	}
}

func TestAPlanNamesItsMemberInFullInEveryAnswer(t *testing.T) {
	s := withFixture(t)
	plans := s.object(t, "/api/v1/plans")["items"].([]any)
	plans = append(plans, s.object(t, "/api/v1/plans/lithuania-5"))
	plans = append(plans, s.object(t, "/api/v1/members/lithuania")["plans"].([]any)...)
	for _, p := range plans {
		member := p.(map[string]any)["member"].(map[string]any)
		for _, key := range strings.Fields("id code slug name region url") {
			if member[key] == "" {
				t.Errorf("%v has no %s of its member: %v", p.(map[string]any)["slug"], key, member)
			}
		}
	}
}

func TestACommitmentHasEverythingOfTheContract(t *testing.T) {
	s := withFixture(t)
	c := s.object(t, "/api/v1/commitments/lt0031")
	for _, key := range strings.Fields("id ogp_id title text language member plans tags institutions start end url ratings history sources milestones notes translations placeholder demo") {
		if _, ok := c[key]; !ok {
			t.Errorf("no %s", key)
		}
	}
	if c["start"] != "2018-09" || c["end"] != "2020-08-31" || c["language"] != "en" || c["url"] != "/en/commitments/LT0031" {
		t.Errorf("start %v, end %v, language %v, url %v", c["start"], c["end"], c["language"], c["url"])
	}
	member := c["member"].(map[string]any)
	if member["code"] != "LTU" || member["name"] != "Lithuania" || member["region"] != string(civic.Europe) {
		t.Errorf("member %v", member)
	}
	rating := c["ratings"].([]any)[0].(map[string]any)
	if rating["variable"] != "completion" || rating["value"] != "not_started" || rating["missing"] != nil || rating["year"] != 2020.0 || rating["product"] != "end_of_term_report" {
		t.Errorf("rating %v", rating)
	}
	if got := s.object(t, "/api/v1/commitments/"+c["id"].(string)); got["ogp_id"] != "LT0031" {
		t.Errorf("by our ID: %v", got["ogp_id"])
	}
	other := s.object(t, "/api/v1/commitments/LT0030")
	rating = other["ratings"].([]any)[0].(map[string]any)
	missing := rating["missing"].(map[string]any)
	if rating["value"] != nil || missing["kind"] != "not_reported" || missing["code"] != "NR" {
		t.Errorf("a missing rating: %v", rating)
	}
	if detail := other["end_detail"].(map[string]any); other["end"] != nil || detail["words"] != "sometime in 2020" {
		t.Errorf("an undecided date: %v %v", other["end"], detail)
	}
	if arabic := s.object(t, "/api/v1/commitments/TN0001"); arabic["direction"] != "rtl" || arabic["language"] != "ar" {
		t.Errorf("arabic: %v %v", arabic["direction"], arabic["language"])
	}
}

var changed = app.RatingChange{Edition: "table-fixture", Product: "end_of_term_report", Variable: "completion", Value: "limited"}

func TestACorrectionShowsInTheHistoryAndChangesTheETag(t *testing.T) {
	s := withFixture(t)
	target := "/api/v1/commitments/LT0030"
	res, _ := s.ask(t, "GET", target)
	if err := s.App.CorrectRating(context.Background(), civic.LocalOperator, "LT0030", changed); err != nil {
		t.Fatal(err)
	}
	if again, _ := s.ask(t, "GET", target, "If-None-Match", res.Header.Get("ETag")); again.StatusCode != http.StatusOK {
		t.Errorf("after a change: %d", again.StatusCode)
	}
	history := s.object(t, target)["history"].([]any)
	newest := history[0].(map[string]any)
	for _, key := range strings.Fields("at by source field before after ledger") {
		if _, ok := newest[key]; !ok {
			t.Errorf("no %s in %v", key, newest)
		}
	}
	if newest["at"] != "2026-01-31T12:00:00.123456Z" || newest["by"] != string(civic.LocalOperator) || !strings.Contains(newest["field"].(string), "completion") || newest["after"] != "limited" {
		t.Errorf("newest change: %v", newest)
	}
}
