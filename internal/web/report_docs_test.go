package web_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/i18n"
)

var update = flag.Bool("update", false, "write the golden parts of documents anew")

func TestTheReportingDocumentHasTheRulesAsTheyAre(t *testing.T) {
	const file, begin, end = "../../docs/reporting.md", "-update -->\n", "<!-- end of rules -->"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatal("the document has lost the place of the rules")
	}
	var rules strings.Builder
	rules.WriteString("\n| rule | what it asks |\n|---|---|\n")
	words := i18n.For(i18n.English)
	for _, r := range civic.ReportRules() {
		rules.WriteString("| `" + r.ID + "` | " + words.T(r.Key) + " |\n")
	}
	want := before + begin + rules.String() + "\n" + end + after
	if *update {
		err = os.WriteFile(file, []byte(want), 0o644)
	} else if string(text) != want {
		t.Error("docs/reporting.md does not have the rules of civic.ReportRules: write them anew with -update")
	}
	if err != nil {
		t.Fatal(err)
	}
}
