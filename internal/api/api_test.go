package api

import (
	"avow/internal/civic"
	"bytes"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/i18n"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestTheDescriptionIsTheGoldenOne(t *testing.T) {
	got := bare().Description()
	path := filepath.Join("testdata", "openapi.json")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the description of the API has changed: look at the difference and run go test ./internal/api -update")
	}
	if !strings.Contains(string(got), `"openapi": "3.1.0"`) {
		t.Error("the description is not OpenAPI 3.1.0")
	}
}

func TestARowWithoutAnOperationAndAnOperationWithoutARowPanic(t *testing.T) {
	all := routes
	defer func() { routes = all }()
	for i, r := range all {
		routes = append(append([]Route{}, all[:i]...), all[i+1:]...)
		if !panics(func() { bare() }) {
			t.Errorf("the API was built without the row %s %s", r.Method, r.Path)
		}
	}
	routes = append(append([]Route{}, all...), Route{Method: "GET", Path: "/api/v1/more", Operation: "more", Media: mediaJSON})
	if !panics(func() { bare() }) {
		t.Error("the API was built with a row that has no operation")
	}
}

func TestEveryRowSaysWhatItNeedsAndDoes(t *testing.T) {
	for _, r := range Routes() {
		if r.Permission == "" && (r.Method != "GET" || r.Effect != effectNone) {
			t.Errorf("%s %s changes something and asks for no permission", r.Method, r.Path)
		}
		if r.Method == "GET" && r.Effect != effectNone {
			t.Errorf("%s %s: a GET that changes something", r.Method, r.Path)
		}
		if r.Permission != "" && r.Permission != anAccount && !slices.Contains(civic.Permissions(), r.Permission) {
			t.Errorf("%s %s asks for %q, which is not in the matrix", r.Method, r.Path, r.Permission)
		}
		if len(r.Samples) == 0 || r.Summary == "" {
			t.Errorf("%s %s has no samples or no summary", r.Method, r.Path)
		}
	}
}

func bare() *API {
	return New(Options{Words: i18n.For(i18n.English), Log: slog.New(slog.DiscardHandler), Build: "test"})
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
