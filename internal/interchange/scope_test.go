package interchange

import (
	"reflect"
	"testing"

	"avow/internal/civic"
)

func TestAnAnswerOfScopeIsReadAsItWasWritten(t *testing.T) {
	read := func(a *civic.ScopeAnswer) (Parsed, civic.Commitment) {
		subjects := smallRecord()
		c := subjects[3].(civic.Commitment)
		c.Scoped = a
		subjects[3] = c
		p, err := ParseJSONL(BytesInput("record.jsonl", rewrite(t, subjects)))
		if err != nil {
			t.Fatal(err)
		}
		return p, c
	}
	for _, a := range []*civic.ScopeAnswer{nil, {On: "2026-01-02"},
		{Roles: []string{"regulator"}, Strands: []string{"democratization_of_digital"}, Facets: []string{"legal_innovation"}, Reason: civic.Text{{Lang: "en", Text: "Rules."}}, By: civic.Reviewer, On: "2026-01-02"}} {
		if p, c := read(a); len(p.Refused) > 0 || len(p.Subjects) != 4 || !reflect.DeepEqual(p.Subjects[3], civic.Subject(c)) {
			t.Errorf("%+v: %v", a, p.Refused)
		}
	}
	for field, a := range map[string]civic.ScopeAnswer{
		"scoped.roles":   {Roles: []string{"judge"}, On: "2026-01-02"},
		"scoped.strands": {Strands: []string{"x\ny"}, On: "2026-01-02"},
		"scoped.facets":  {Facets: []string{"open_data", "open_data"}, On: "2026-01-02"},
		"scoped.by":      {By: "king", On: "2026-01-02"},
		"scoped.reason":  {Reason: civic.Text{{Lang: "!", Text: "x"}}, On: "2026-01-02"},
		"scoped.on":      {On: "yesterday"},
	} {
		if p, _ := read(&a); len(p.Refused) != 1 || p.Refused[0].Column != field {
			t.Errorf("%s: %+v", field, p.Refused)
		}
	}
}
