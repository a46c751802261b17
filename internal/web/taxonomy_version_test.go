package web_test

import (
	"net/http"
	"strings"
	"testing"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/webtest"
)

func TestHowASettingWasDecidedStandsThereInTheWordsOfTheSet(t *testing.T) {
	h := changed(t)
	for lang, want := range map[string]string{
		"en": "The last sentence of the definition of Digital government: Stays as it was",
		"ar": "موضع الوسمين الجديدين (لا توضّح الدراسة أي وسم تقصد): تحت الحكومة الرقمية",
	} {
		page := h.read(t, "/"+lang+"/taxonomy/4")
		page.Says(want)
		if body := h.get("/" + lang + "/taxonomy/4").Body.String(); strings.Contains(body, "fifth-child") {
			t.Errorf("%s: the names of the settings are shown", lang)
		}
	}
}

func TestAVersionIsNotComparedWithItself(t *testing.T) {
	h := changed(t)
	if w := h.get("/en/taxonomy/4?from=4"); w.Code != http.StatusSeeOther || !strings.HasSuffix(w.Header().Get("Location"), "/en/taxonomy/4") {
		t.Errorf("%d, to %q", w.Code, w.Header().Get("Location"))
	}
	if err := h.site.App.UndoTags(t.Context(), civic.Operator(), taxonomy.OpenDigital, civic.Text{{Lang: "en", Text: "No."}}); err != nil {
		t.Fatal(err)
	}
	h.read(t, "/en/taxonomy/5?from=3").Says("The two versions are the same.")
}

func TestWhatDiffersStandsFirstAmongTheFigures(t *testing.T) {
	h := open(t, webtest.Demo(t))
	list, err := h.site.App.Commitments(t.Context(), app.CommitmentFilter{}, 1, "")
	if err == nil {
		err = h.site.App.DecideTags(t.Context(), civic.Operator(), []app.TagChoice{{Commitment: list.Items[0].Ref, Tag: "Labor", Verdict: civic.TagAccepted}})
	}
	if err != nil {
		t.Fatal(err)
	}
	because := civic.Text{{Lang: "en", Text: "So"}}
	_, err = h.site.App.ApplyTags(t.Context(), civic.Operator(), taxonomy.Set{Name: "merged", About: taxonomy.About{Title: because},
		Changes: []taxonomy.Change{{Op: taxonomy.Merge, Tag: "labor", Into: []taxonomy.ID{"aid"}, Reason: because}}})
	if err != nil {
		t.Fatal(err)
	}
	body := h.get("/en/taxonomy/4?from=3").Body.String()
	_, table, _ := strings.Cut(body, "Commitments by tag, version 3 and version 4")
	table, _, _ = strings.Cut(table, "</table>")
	same := false
	rows := strings.Split(table, "<tr")[2:]
	for _, row := range rows {
		differs := strings.Contains(row[:strings.Index(row, ">")], "sum")
		if differs && same {
			t.Errorf("a row that differs stands behind one that does not:\n%s", row)
		}
		same = same || !differs
	}
	if len(rows) < 3 || !same || !strings.Contains(rows[0], "sum") {
		t.Errorf("of %d rows, the first is %s", len(rows), rows[0])
	}
}
