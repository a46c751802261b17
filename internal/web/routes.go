package web

import (
	"strings"

	"avow/internal/civic"
)

// Everybody is the permission of what anyone may read.
const Everybody civic.Permission = ""

// NoEntry is the ledger effect of reading: none.
const NoEntry = "none"

// Kinds of answer that a row gives; the generated checks depend on it.
const (
	KindPage     = "page"     // HTML in the site's layout
	KindRedirect = "redirect" // sends on to a page
	KindAsset    = "asset"    // a file of ours
	KindError    = "error"    // an error page
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

// routes is the site map.
var routes = []Route{
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
	page("tags", "/{lang}/tags", "J1", "tags.title", (*Site).tags),
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

// Known is what a running site has, to fill the names in the samples.
type Known struct {
	Members, Plans, Commitments, Tags []string
	Stylesheet, Icon                  string
}

// Addresses gives the row's samples for one language with every name filled.
// Samples whose names nothing is known for are left out.
func (r Route) Addresses(lang string, k Known) []string {
	out := append([]string(nil), r.Samples...)
	fill := func(name string, values []string) {
		var filled []string
		for _, s := range out {
			if !strings.Contains(s, name) {
				filled = append(filled, s)
				continue
			}
			for _, v := range values {
				filled = append(filled, strings.ReplaceAll(s, name, v))
			}
		}
		out = filled
	}
	fill("{lang}", []string{lang})
	fill("{member}", k.Members)
	fill("{plan}", k.Plans)
	fill("{commitment}", k.Commitments)
	fill("{tag}", k.Tags)
	fill("{stylesheet}", []string{k.Stylesheet})
	fill("{icon}", []string{k.Icon})
	return out
}
