package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSuggestionsToARegulatorLeaveOutOpenDigitalAndSayWhy(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text.txt")
	if err := os.WriteFile(text, []byte("Rules for social media platforms\nThe ministry drafts a law on automated decisions by private platforms."), 0o600); err != nil {
		t.Fatal(err)
	}
	none := filepath.Join(dir, "nothing")
	if r := run(t, none, "tags", "suggest", "--text", text, "--role", "regulator", "--json"); r.code != 0 || !strings.Contains(r.stdout, `"reason": "taxonomy.scope.out"`) && !strings.Contains(r.stdout, `"reason":"taxonomy.scope.out"`) ||
		!strings.Contains(r.stdout, "open-digital") || !strings.Contains(r.stdout, "only regulates") {
		t.Errorf("%+v", r)
	}
	if r := run(t, none, "tags", "suggest", "--text", text, "--role", "regulator"); r.code != 0 || !strings.Contains(r.stdout, "open-digital  Not open digital") {
		t.Errorf("%+v", r)
	}
	if r := run(t, none, "tags", "suggest", "--text", text, "--role", "regulator,developer"); r.code != 0 || strings.Contains(r.stdout, "Not open digital") {
		t.Errorf("%+v", r)
	}
	if r := run(t, none, "tags", "suggest", "--text", text, "--role", "judge"); r.code == 0 || !strings.Contains(r.stderr, "“judge”") {
		t.Errorf("%+v", r)
	}
}
