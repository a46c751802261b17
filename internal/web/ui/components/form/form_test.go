package form

import (
	"bytes"
	"testing"

	"github.com/a-h/templ"

	"avow/internal/htmlcheck"
)

func render(t *testing.T, parts ...templ.Component) *htmlcheck.Page {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`<!doctype html><html lang="en" dir="ltr"><head><title>x</title></head><body><main><h1>x</h1>`)
	for _, c := range parts {
		if err := c.Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
	}
	b.WriteString(`</main></body></html>`)
	return htmlcheck.Read(t, b.Bytes())
}

func TestASummaryOfErrorsLeadsToEachField(t *testing.T) {
	page := render(t, Errors("There is a problem", []Fault{{Field: "name", Text: "Enter a name"}, {Field: "kind", Text: "Choose a kind"}}),
		Text(Field{Name: "name", Label: "Name", Hint: "In full", Fault: "Enter a name"}),
		Pick(Choices{Name: "kind", Legend: "Kind", Fault: "Choose a kind", Items: []Choice{{Value: "a", Label: "A"}, {Value: "b", Label: "B"}}}))
	page.IsSound()
	page.Says("There is a problem")
}

func TestWhatWasTypedStandsInItsFieldUnchanged(t *testing.T) {
	for _, typed := range []string{"one\ntwo\n", "\nbegins with a line end", `</textarea><script>x</script> "quoted" & <b>`, "  spaces  "} {
		var b bytes.Buffer
		if err := Text(Field{Name: "t", Label: "T", Area: true, Value: typed}).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		if got := htmlcheck.Read(t, b.Bytes()).Field("t"); got != typed {
			t.Errorf("typed %q, shown %q", typed, got)
		}
	}
}
