package archtest

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the table of design: which room may import which. A room that is
// not listed here may not exist. "inside" stands for every room of the inside.
var allowed = map[string]string{
	"civic":  "",
	"ledger": "", "text": "", "i18n": "", "config": "",
	"review":           "civic text",
	"privacy":          "",
	"taxonomy":         "civic",
	"tagging":          "civic taxonomy text",
	"study":            "civic text",
	"interchange":      "inside",
	"store":            "inside ledger",
	"store/schema":     "",
	"store/recordfile": "civic ledger",
	"app":              "inside ledger store interchange",
	"mail":             "civic i18n",
	"fetch":            "civic",
	"tell":             "app civic i18n",
	"jobs":             "app civic fetch mail i18n tell",
	"httpx":            "civic i18n",
	"web/ui":           "civic i18n web/ui",
	"web":              "app inside httpx i18n tell web/ui",
	"api":              "app inside httpx i18n tell web/ui",
	"cli":              "app config ledger interchange civic taxonomy tagging i18n",
	"demo":             "",
	"server":           "any",
	"archtest":         "", "htmlcheck": "", "crashtest": "", "webtest": "any", "store/storetest": "any", "bench": "any", "quality": "any",
}

var inside = []string{"civic", "privacy", "review", "study", "tagging", "taxonomy", "text"}

// owners says which room alone may import a technology.
var owners = map[string][]string{
	"database/sql":                    {"store"},
	"modernc.org/sqlite":              {"store"},
	"github.com/jackc/pgx/v5":         {"store"},
	"github.com/a-h/templ":            {"web/ui"},
	"github.com/spf13/cobra":          {"cli"},
	"github.com/danielgtaylor/huma":   {"api"},
	"github.com/wneessen/go-mail":     {"mail"},
	"github.com/go-webauthn/webauthn": {"app"},
	"github.com/coreos/go-oidc":       {"server"},
	"golang.org/x/oauth2":             {"server"},
	"github.com/arran4/golang-ical":   {"interchange"},
	"net/smtp":                        {},
}

type pkg struct {
	ImportPath string
	Imports    []string
}

// room returns the room of one of our packages and whether it is ours.
func room(path string) (string, bool) { return strings.CutPrefix(path, "avow/internal/") }

// within reports whether room is name or lies below it.
func within(room, name string) bool { return room == name || strings.HasPrefix(room, name+"/") }

// rule finds the row of allowed that is nearest to the room.
func rule(room string) (string, bool) {
	for at := room; at != ""; {
		if r, ok := allowed[at]; ok {
			return r, true
		}
		i := strings.LastIndex(at, "/")
		if i < 0 {
			break
		}
		at = at[:i]
	}
	return "", false
}

func TestARoomImportsOnlyWhatTheDesignAllows(t *testing.T) {
	for _, p := range list(t) {
		self, ours := room(p.ImportPath)
		if !ours {
			continue
		}
		r, known := rule(self)
		if !known {
			t.Errorf("%s: this room is not in the table of archtest", self)
			continue
		}
		may := strings.Fields(r)
		if slices.Contains(may, "any") {
			continue
		}
		if slices.Contains(may, "inside") {
			may = append(may, inside...)
		}
		for _, imported := range p.Imports {
			other, ours := room(imported)
			if !ours || within(other, self) || within(self, other) && slices.Contains(may, self) {
				continue
			}
			if !slices.ContainsFunc(may, func(m string) bool { return within(other, m) }) {
				t.Errorf("%s imports %s, which the design does not allow (%s)", self, other, r)
			}
		}
	}
}

func TestATechnologyStaysInItsRoom(t *testing.T) {
	for _, p := range list(t) {
		self, ours := room(p.ImportPath)
		if !ours {
			continue
		}
		for tech, rooms := range owners {
			for _, imported := range p.Imports {
				if !within(imported, tech) {
					continue
				}
				if !slices.ContainsFunc(rooms, func(r string) bool { return within(self, r) }) {
					t.Errorf("%s imports %s, which belongs to %v", self, imported, rooms)
				}
			}
		}
	}
}

func TestTheCommandIsOnlyCLIAndServer(t *testing.T) {
	for _, p := range list(t) {
		if p.ImportPath != "avow/cmd/avow" {
			continue
		}
		for _, imported := range p.Imports {
			if other, ours := room(imported); ours && other != "cli" && other != "server" {
				t.Errorf("cmd/avow imports %s", other)
			}
		}
	}
}

func list(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "avow/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}
