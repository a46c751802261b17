package server

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"

	"github.com/xuri/excelize/v2"
)

// sending is a file sent in the field "file" of a form.
func sending(t *testing.T, address, name string, content []byte) *http.Request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, address, &b)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}

func bodyOf(t *testing.T, res *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAReporterDownloadsTheWorkbookFillsItAndConfirmsWhatItChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db storetest.Database) {
		g := openGate(t, db, config.Config{BaseURL: public})
		cast := g.cast(t)
		ana, foreign := named(t, cast, "reporter-a"), named(t, cast, "foreign-reporter")
		const at = public + "/en/work/plans/esperia-1/periods/2026-1/workbook"
		page := g.by(ana, "GET", at, nil)
		if text := bodyOf(t, page); page.StatusCode != http.StatusOK || !strings.Contains(text, at[len(public):]+".xlsx") || !strings.Contains(text, `type="file"`) {
			t.Fatalf("%d %s", page.StatusCode, text)
		}
		if res := g.by(foreign, "GET", at, nil); res.StatusCode != http.StatusForbidden {
			t.Errorf("a reporter of another member: %d", res.StatusCode)
		}
		if res := g.by(nobody, "GET", at+".xlsx", nil); res.StatusCode != http.StatusSeeOther {
			t.Errorf("nobody: %d", res.StatusCode)
		}
		res := g.by(ana, "GET", at+".xlsx", nil)
		book := bodyOf(t, res)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Content-Disposition"), "reports-esperia-1-2026-1.xlsx") || res.Header.Get("Cache-Control") != "no-store" {
			t.Fatalf("%d %v", res.StatusCode, res.Header)
		}
		fill := func(change func(set func(cell string, value any))) []byte {
			f, err := excelize.OpenReader(strings.NewReader(book))
			if err != nil {
				t.Fatal(err)
			}
			sheet := f.GetSheetName(0)
			change(func(cell string, value any) {
				if err := f.SetCellValue(sheet, cell, value); err != nil {
					t.Fatal(err)
				}
			})
			var out bytes.Buffer
			if err := f.Write(&out); err != nil {
				t.Fatal(err)
			}
			return out.Bytes()
		}
		// What is no workbook is refused on the page itself.
		for name, content := range map[string][]byte{"x.xlsx": []byte("no"), "empty.csv": {}, "own.csv": []byte("a,b\r\n1,2\r\n")} {
			res := g.send(ana, sending(t, at, name, content))
			if text := bodyOf(t, res); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(text, `href="#file"`) || strings.Contains(text, "⟦") {
				t.Errorf("%s: %d %s", name, res.StatusCode, text)
			}
		}
		entries := func() int64 {
			head, err := g.app.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return head.Size
		}
		// One row is good and one is not.
		size := entries()
		mixed := fill(func(set func(string, any)) {
			set("J2", "Substantial")
			set("K2", "=The <script>portal</script> opened.")
			set("L2", "Le portail a ouvert.")
			set("J3", "In progress")
		})
		res = g.send(ana, sending(t, at, "mine.xlsx", mixed))
		check := res.Header.Get("Location")
		if res.StatusCode != http.StatusSeeOther || !strings.HasPrefix(check, at[len(public):]+"/") {
			t.Fatalf("%d %s: %s", res.StatusCode, check, bodyOf(t, res))
		}
		text := bodyOf(t, g.by(ana, "GET", public+check, nil))
		for _, want := range []string{"Sheet Reports, cell J3", "is not a status", "Not taken", `method="post"`} {
			if !strings.Contains(text, want) {
				t.Errorf("the check does not say %q: %s", want, text)
			}
		}
		if entries() != size {
			t.Error("checking wrote something")
		}
		// Fixed, it is saved when it is confirmed.
		good := fill(func(set func(string, any)) {
			set("J2", "Substantial")
			set("K2", "=The <script>portal</script> opened.")
			set("L2", "Le portail a ouvert.")
		})
		res = g.send(ana, sending(t, at, "mine.xlsx", good))
		check = res.Header.Get("Location")
		res = g.by(ana, "POST", public+check, url.Values{})
		if res.StatusCode != http.StatusSeeOther || !strings.Contains(res.Header.Get("Location"), "done=saved&new=1") || entries() != size+1 {
			t.Fatalf("%d %s, %d entries: %s", res.StatusCode, res.Header.Get("Location"), entries()-size, bodyOf(t, res))
		}
		if text := bodyOf(t, g.by(ana, "GET", public+res.Header.Get("Location"), nil)); !strings.Contains(text, "Saved. New reports: 1") {
			t.Error(text)
		}
		// A program does the same, and is told the same.
		var told struct {
			Taken, DryRun  bool
			Unchanged, New int
			Refused        int
			Faults         []struct{ Cell, Code, Detail string }
		}
		const api = "/api/v1/plans/esperia-1/periods/2026-1/workbook"
		if res := g.send(ana, httptest.NewRequest("GET", api+".xlsx?lang=fr", nil)); res.StatusCode != http.StatusOK || !strings.HasPrefix(bodyOf(t, res), "PK") {
			t.Errorf("the workbook for programs: %d", res.StatusCode)
		}
		res = g.send(ana, sending(t, api+"?dry_run=true&lang=fr", "mine.xlsx", mixed))
		answer := bodyOf(t, res)
		if err := json.Unmarshal([]byte(answer), &told); err != nil || res.StatusCode != http.StatusOK || told.Taken || told.Refused == 0 || !strings.Contains(answer, "n’est pas un état") {
			t.Errorf("%d %s %v", res.StatusCode, answer, err)
		}
		if res := g.send(foreign, sending(t, api, "mine.xlsx", mixed)); res.StatusCode != http.StatusForbidden {
			t.Errorf("a program of another member: %d", res.StatusCode)
		}
		if entries() != size+1 {
			t.Error("a dry run of a program wrote something")
		}
	})
}
