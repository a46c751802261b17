package web_test

import (
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store/storetest"
)

func TestTheUnitedStatesReportsSayWhenTheySpeakInWhoseWordsAndWhatChangedBetweenThem(t *testing.T) {
	data, err := os.ReadFile("../../../shared/data/us/nap5.json")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	a := app.New(storetest.SQLite(t).Open(t), app.Options{Now: time.Now})
	if _, err := a.Import(t.Context(), civic.LocalOperator, app.ImportRequest{Format: "us-nap", Inputs: []interchange.Input{interchange.BytesInput("nap5.json", data)}}); err != nil {
		t.Fatal(err)
	}
	h := open(t, a)
	views, err := a.Reports(t.Context(), "US0113")
	if err != nil {
		t.Fatal(err)
	}
	var dated, undated app.ReportView
	for _, v := range views {
		if m := v.Words; m == "In Progress" {
			undated = v
		}
	}
	for _, v := range views {
		if v.Milestone == undated.Milestone && v.ID != undated.ID {
			dated = v
		}
	}
	page := func(path string) string {
		res := h.get(path)
		if res.Code != http.StatusOK {
			t.Fatalf("%s: %d", path, res.Code)
		}
		return res.Body.String()
	}
	for path, wants := range map[string][]string{
		"/en/commitments/US0113/reports":    {"August 2023", "In Progress"},
		"/en/reports/" + string(dated.ID):   {"August 2023", "preparing to make them publicly available"},
		"/en/reports/" + string(undated.ID): {"In Progress", "<ins>", "<del>", "https://www.federalregister.gov/d/2024-05882", "https:https://www.performance.gov/participation", "August 2023"},
		"/ar/reports/" + string(undated.ID): {"In Progress"},
	} {
		text := page(path)
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
		if strings.Contains(text, `href="https:https:`) || strings.Contains(text, "⟦") {
			t.Errorf("%s: a link that cannot be opened, or words that are missing", path)
		}
	}
}
