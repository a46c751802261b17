package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"avow/internal/app"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

func TestOneExportTooManyIsToldToComeBackAndNothingElseWaits(t *testing.T) {
	s := withFixture(t)
	for range maxExports {
		s.exports <- struct{}{}
	}
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		res, body := s.ask(t, "GET", "/api/v1/exports/commitments."+format)
		var p Problem
		if err := json.Unmarshal(body, &p); err != nil {
			t.Fatalf("%s: %s: %v", format, body, err)
		}
		h := res.Header
		if res.StatusCode != http.StatusServiceUnavailable || p.Code != "error.busy" || strings.Contains(p.Detail, "⟦") || h.Get("Retry-After") == "" ||
			h.Get("Content-Disposition") != "" || h.Get("ETag") != "" || h.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v %s", format, res.StatusCode, h, body)
		}
	}
	if res, _ := s.ask(t, "GET", "/api/v1/commitments"); res.StatusCode != http.StatusOK {
		t.Errorf("a list: %d", res.StatusCode)
	}
	<-s.exports
	for range 3 {
		if res, _ := s.ask(t, "GET", "/api/v1/exports/commitments.csv"); res.StatusCode != http.StatusOK {
			t.Errorf("with a place free: %d", res.StatusCode)
		}
	}
	if len(s.exports) != maxExports-1 {
		t.Errorf("%d places taken, want %d", len(s.exports), maxExports-1)
	}
}

func TestAnExportEndsWhenItsClientIsGone(t *testing.T) {
	s := withFixture(t)
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		ctx, leave := context.WithCancel(t.Context())
		out, err := s.export(format)(ctx, &exportIn{})
		if err != nil {
			t.Fatal(err)
		}
		leave()
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(ctx, "GET", "/api/v1/exports/commitments."+format, nil)
		out.Body(humago.NewContext(&huma.Operation{}, r, w))
		if w.Code == http.StatusOK || len(s.exports) != 0 {
			t.Errorf("%s: %d with %d bytes for nobody, %d places taken", format, w.Code, w.Body.Len(), len(s.exports))
		}
	}
}

func TestTheBoundsOfTheDescriptionAreThoseOfTheUseCases(t *testing.T) {
	for _, p := range bare().huma.OpenAPI().Paths["/api/v1/commitments"].Get.Parameters {
		switch p.Name {
		case "year":
			if *p.Schema.Minimum != app.FirstYear || *p.Schema.Maximum != app.LastYear {
				t.Errorf("years from %v to %v, want %d to %d", *p.Schema.Minimum, *p.Schema.Maximum, app.FirstYear, app.LastYear)
			}
		case "limit":
			if *p.Schema.Maximum != app.MaxLimit {
				t.Errorf("a limit of %v, want %d", *p.Schema.Maximum, app.MaxLimit)
			}
		case "cursor":
			if *p.Schema.MaxLength != app.MaxCursor {
				t.Errorf("cursors of %d bytes, want %d", *p.Schema.MaxLength, app.MaxCursor)
			}
		}
	}
}
