package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func TestTheAnswerForAVersionOfTheTaxonomyStaysTheSameAfterAnUndo(t *testing.T) {
	s := withFixture(t)
	ctx := context.Background()
	set, err := taxonomy.ShippedSet(taxonomy.OpenDigital)
	if err == nil {
		_, err = s.App.ApplyTags(ctx, civic.Operator(), set)
	}
	if err != nil {
		t.Fatal(err)
	}
	first, before := s.ask(t, "GET", "/api/v1/taxonomy?version=4")
	today := s.object(t, "/api/v1/taxonomy")
	if err := s.App.UndoTags(ctx, civic.Operator(), taxonomy.OpenDigital, civic.Text{{Lang: "en", Text: "No."}}); err != nil {
		t.Fatal(err)
	}
	second, after := s.ask(t, "GET", "/api/v1/taxonomy?version=4")
	if first.StatusCode != http.StatusOK || second.StatusCode != http.StatusOK || string(before) != string(after) {
		t.Errorf("version 4 answers %d, then %d; its %d bytes are %d", first.StatusCode, second.StatusCode, len(before), len(after))
	}
	if today["version"] != 4.0 || today["in_force"] != true {
		t.Errorf("today is version %v, in force: %v", today["version"], today["in_force"])
	}
	if now := s.object(t, "/api/v1/taxonomy?on=2026-01-31"); now["version"] != 3.0 || now["in_force"] != true {
		t.Errorf("after the undo it is version %v, in force: %v", now["version"], now["in_force"])
	}
}

func TestADayAndAVersionTogetherAndADayBeforeTheFirstEditionAreRefused(t *testing.T) {
	s := withFixture(t)
	for target, want := range map[string]struct {
		status int
		at     string
	}{
		"/api/v1/taxonomy?on=2024-12-01&version=2": {400, "query.version"},
		"/api/v1/taxonomy?version=0":               {400, "query.version"},
		"/api/v1/taxonomy?version=-1":              {400, "query.version"},
		"/api/v1/taxonomy?version=99":              {404, ""},
		"/api/v1/taxonomy?on=2010-01-01":           {404, ""},
		"/api/v1/taxonomy?on=2013-12-31":           {404, ""},
		"/api/v1/taxonomy?on=2024-02-30":           {400, "query.on"},
	} {
		res, body := s.ask(t, "GET", target)
		var p Problem
		if err := json.Unmarshal(body, &p); err != nil {
			t.Fatalf("%s: %s", target, body)
		}
		at := ""
		if len(p.Errors) > 0 {
			at = p.Errors[0].Location
		}
		if res.StatusCode != want.status || at != want.at || p.Detail == "" || strings.Contains(p.Detail, "⟦") {
			t.Errorf("%s: %s", target, body)
		}
	}
	if first := s.object(t, "/api/v1/taxonomy?on=2014-01-01"); first["version"] != 1.0 {
		t.Errorf("on the first day it is version %v", first["version"])
	}
}
