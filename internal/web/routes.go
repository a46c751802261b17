package web

import (
	"slices"
	"strings"

	"avow/internal/civic"
)

// Everybody is the permission of what anyone may read.
const Everybody civic.Permission = ""

// AnAccount is the permission of what everybody with an account may do.
const AnAccount civic.Permission = "account"

// NoEntry is the ledger effect of reading: none.
const NoEntry = "none"

// Kinds of answer that a row gives; the generated checks depend on it.
const (
	KindPage     = "page"     // HTML in the site's layout
	KindRedirect = "redirect" // sends on to a page
	KindAsset    = "asset"    // a file of ours
	KindError    = "error"    // an error page
	KindWork     = "work"     // HTML for one signed-in person: never kept by a cache
	KindAction   = "action"   // takes a form; a success sends on to a page (303)
	KindFile     = "file"     // a file for the reader: a document, a workbook, a feed, a calendar
)

// Route is a row of the site map. From it the address is registered and its
// checks are generated; there is no other way to register one.
type Route struct {
	Name       string           `json:"name"`
	Method     string           `json:"method"`
	Path       string           `json:"path"` // {lang} stands for each language
	Kind       string           `json:"kind"`
	Permission civic.Permission `json:"permission"`
	Ledger     string           `json:"ledger"`  // verb of the entry that it writes, or "none"
	Journey    string           `json:"journey"` // reading journey that passes it: J1, J2, J12
	Title      string           `json:"title"`   // message key of its title; "" when the title is data
	Samples    []string         `json:"samples"` // addresses to check, with {lang} and the names of Known

	handle func(*Site, *call) error
}

// page is a row of a page for everybody, the usual case.
func page(name, path, journey, title string, handle func(*Site, *call) error, samples ...string) Route {
	return Route{Name: name, Method: "GET", Path: path, Kind: KindPage, Permission: Everybody, Ledger: NoEntry,
		Journey: journey, Title: title, Samples: append([]string{strings.TrimSuffix(path, "{$}")}, samples...), handle: handle}
}

// sole is a row that is no page. Its samples stand in the row.
func sole(name, path, kind string, handle func(*Site, *call) error, samples ...string) Route {
	return Route{Name: name, Method: "GET", Path: path, Kind: kind, Permission: Everybody, Ledger: NoEntry, Samples: samples, handle: handle}
}

// work is a row of a page that asks for a permission. Samples are for somebody who has it.
func work(name, path string, may civic.Permission, journey, title string, handle func(*Site, *call) error, samples ...string) Route {
	return Route{Name: name, Method: "GET", Path: path, Kind: KindWork, Permission: may, Ledger: NoEntry,
		Journey: journey, Title: title, Samples: append([]string{path}, samples...), handle: handle}
}

// action is a row that takes a form. ledger is the verb of the entry that a success
// writes, or NoEntry; its sample is the address alone: what to send stands in the request scripts.
func action(name, path string, may civic.Permission, ledger, journey string, handle func(*Site, *call) error) Route {
	return Route{Name: name, Method: "POST", Path: path, Kind: KindAction, Permission: may, Ledger: ledger, Journey: journey,
		Samples: []string{path}, handle: handle}
}

// file is a row of a file for everybody.
func file(name, path string, handle func(*Site, *call) error, samples ...string) Route {
	if len(samples) == 0 {
		samples = []string{path}
	}
	return sole(name, path, KindFile, handle, samples...)
}

// routes is the site map: what everybody reads, then the rooms of those who work here.
var routes = slices.Concat(publicRoutes, accountRoutes, peopleRoutes, planRoutes, reportRoutes, sheetRoutes, voiceRoutes,
	historyRoutes, responsibilityRoutes, repositoryRoutes, followRoutes, studyRoutes, tagRoutes, scopeRoutes)

var publicRoutes = []Route{
	sole("root", "/{$}", KindRedirect, (*Site).root, "/"),
	sole("language", "/{lang}", KindRedirect, (*Site).language, "/{lang}"),
	page("home", "/{lang}/{$}", "J1", "home.title", (*Site).home),
	page("members", "/{lang}/members", "J1", "members.title", (*Site).members, "/{lang}/members?region=europe&sort=commitments"),
	page("member", "/{lang}/members/{member}", "J1", "", (*Site).member),
	page("plans", "/{lang}/plans", "J1", "plans.title", (*Site).plans),
	page("plan", "/{lang}/plans/{plan}", "J1", "", (*Site).plan),
	page("commitments", "/{lang}/commitments", "J2", "commitments.title", (*Site).commitments,
		"/{lang}/commitments?q=open+data", "/{lang}/commitments?region=europe&completion=complete", "/{lang}/commitments?q=zzzzqqq"),
	page("commitment", "/{lang}/commitments/{commitment}", "J2", "", (*Site).commitment),
	page("tags", "/{lang}/tags", "J1", "tags.title", (*Site).tags, "/{lang}/tags?sort=commitments", "/{lang}/tags?q=anti-corruption", "/{lang}/tags?q=zzzzqqq"),
	page("tag", "/{lang}/tags/{tag}", "J1", "", (*Site).tag),
	page("data", "/{lang}/data", "J2", "data.title", (*Site).data),
	page("record", "/{lang}/record", "J12", "record.title", (*Site).record),
	page("about", "/{lang}/about", "J1", "about.title", (*Site).about),
	page("accessibility", "/{lang}/accessibility", "J1", "accessibility.title", (*Site).accessibility),
	page("api", "/{lang}/api", "J2", "apidocs.title", (*Site).apiDocs),
	sole("asset", "/assets/{file}", KindAsset, (*Site).asset, "{stylesheet}", "{icon}"),
	sole("favicon", "/favicon.ico", KindAsset, (*Site).favicon, "/favicon.ico"),
	sole("robots", "/robots.txt", KindAsset, (*Site).robots, "/robots.txt"),
	{Name: "elsewhere", Path: "/", Kind: KindError, Permission: Everybody, Ledger: NoEntry, Title: "error.not_found.title",
		Samples: []string{"/{lang}/nothing-here", "/{lang}/commitments/XX9999"}, handle: (*Site).elsewhere},
}

// Routes returns the site map.
func Routes() []Route { return append([]Route(nil), routes...) }
