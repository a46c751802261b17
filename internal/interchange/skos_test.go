package interchange

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

func TestAMergedTagIsNoConceptAndLeadsToTheOneThatHasItsNames(t *testing.T) {
	line, err := taxonomy.NewTimeline(nil)
	if err != nil {
		t.Fatal(err)
	}
	graph, err := taxonomy.Apply(line.Newest(), []taxonomy.Change{{Op: taxonomy.Merge, Tag: "Aid", Into: []taxonomy.ID{"Labor"},
		Reason: civic.Text{{Lang: "en", Text: "So"}}}})
	if err != nil {
		t.Fatal(err)
	}
	skos := SKOS{Base: "https://x.example", Title: civic.Text{{Lang: "en", Text: "Tags"}}, Version: 4, Date: "2026-01-31", Graph: graph}
	var turtle, linked bytes.Buffer
	if err := skos.WriteTurtle(&turtle); err != nil {
		t.Fatal(err)
	}
	if err := skos.WriteJSONLD(&linked); err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(turtle.String(), "\n\n") {
		if strings.HasPrefix(block, "<https://x.example/api/v1/tags/aid>") && (strings.Contains(block, "skos:") || strings.Contains(block, "\n    a ") ||
			!strings.Contains(block, `dcterms:title "Aid"@en`) || !strings.Contains(block, "owl:deprecated \"true\"") || !strings.Contains(block, "dcterms:isReplacedBy <https://x.example/api/v1/tags/labor>")) {
			t.Errorf("the merged tag is\n%s", block)
		}
		if strings.HasPrefix(block, "<https://x.example/api/v1/tags/labor>") && !strings.Contains(block, `"Aid"@en`) {
			t.Errorf("the tag that took its names is\n%s", block)
		}
	}
	if n := strings.Count(turtle.String(), `"Aid"@en`); n != 2 {
		t.Errorf("the name stands there %d times", n)
	}
	var read struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.Unmarshal(linked.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	for _, n := range read.Graph {
		if _, concept := n["@type"]; strings.HasSuffix(n["@id"].(string), "/aid") == concept {
			t.Errorf("%v has the type %v", n["@id"], n["@type"])
		}
	}
}
