package api

import (
	"context"
	"net/http"
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
