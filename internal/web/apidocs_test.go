package web

import "testing"

func TestTheDescriptionOfTheAPIIsReadInTheOrderOfItsAddresses(t *testing.T) {
	ops, err := readOperations([]byte(`{"paths": {"/b/{id}": {"get": {"operationId": "getB", "x-samples": ["/b/{id}"]}},
		"/a": {"get": {"operationId": "listA", "summary": "All", "x-samples": ["/a?q=x"], "parameters": [
			{"name": "q", "in": "query", "description": "Words", "schema": {"type": ["string", "null"]}}, {"name": "If-None-Match", "in": "header"}]}}}}`))
	if err != nil || len(ops) != 2 {
		t.Fatalf("%v %v", ops, err)
	}
	a, b := ops[0], ops[1]
	if a.Summary != "All" || a.Method != "GET" || a.Example != "/a?q=x" || len(a.Params) != 1 || a.Params[0].Kind != "string" || a.ID == b.ID {
		t.Errorf("have %+v", a)
	}
	if b.Summary != "/b/{id}" || b.Example != "" {
		t.Errorf("have %+v", b)
	}
	if _, err := readOperations([]byte(`{`)); err == nil {
		t.Error("half a description is taken")
	}
	if ops, err := readOperations(nil); ops != nil || err != nil {
		t.Errorf("no description: %v %v", ops, err)
	}
}
