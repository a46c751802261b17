package server

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avow/internal/config"
	"avow/internal/store/storetest"
)

// privateBudget is what a page for one person, its stylesheets and its icon may
// weigh, compressed, with headers (bytes).
const privateBudget = 40_000

var stylesheets = regexp.MustCompile(`<link rel="(?:stylesheet|icon)" href="([^"]+)"`)

// TestPagesForOnePersonAreKeptByNobodyAndLight asks for every page for one person
// as somebody who may see it: no copy of it is kept, and it is light.
func TestPagesForOnePersonAreKeptByNobodyAndLight(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	w := listen(t, g)
	var all []int
	for _, s := range g.workSamples(t) {
		if s.row.Room != "site" || s.lang != "en" && s.lang != "ar" {
			continue
		}
		for _, p := range []player{g.fit(t, cast, s), nobody} {
			res := g.by(p, http.MethodGet, s.address, nil)
			text := body(t, res)
			if got := res.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") || res.Header.Get("ETag") != "" {
				t.Errorf("%s of %s (%d) may be kept: %q, ETag %q", s.address, p.name, res.StatusCode, got, res.Header.Get("ETag"))
			}
			if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
				continue
			}
			n := w.weigh(t, s.address, "Cookie: __Host-avow="+p.session)
			for _, m := range stylesheets.FindAllStringSubmatch(text, -1) {
				n += w.weigh(t, m[1])
			}
			if all = append(all, n); n > privateBudget {
				t.Errorf("%s weighs %d bytes of %d", s.address, n, privateBudget)
			}
		}
	}
	if len(all) < 60 {
		t.Fatalf("only %d pages were weighed", len(all))
	}
	slices.Sort(all)
	t.Logf("B5 %d pages for one person, p50 %d, p95 %d, max %d bytes", len(all), part(all, 50), part(all, 95), all[len(all)-1])
}
