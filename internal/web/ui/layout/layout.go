// Package layout is what every page has: head, way in, navigation, the other
// languages, foot.
//
// Accessibility: a link past the navigation comes first; landmarks are named;
// the current place is marked in the navigation; each language is written in
// its own language.
package layout

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"avow/internal/i18n"
	"avow/internal/web/ui/components/search"
)

// Page is what a page needs beyond its content. Title begins with what the page
// is about. Path is the address without the language, with its query.
type Page struct {
	P         *i18n.Printer
	Title     string
	About     string // what the page says, for lists of search engines; "" for what the site is about
	Path      string
	Section   string // the entry of the navigation that it belongs to
	Languages []i18n.Language
	Base      string // "https://avow.example.org", or "" when not known
	CSS, Icon string
	Search    bool   // with a search box in the head
	Hidden    bool   // not for search engines: errors, results of a search
	Entries   int64  // of the public record
	Newest    int64  // its time, microseconds
	Feed      Feed   // of what the page is about; zero for none
	Ways      []Link // ways to keep up with what the page is about
	History   string // address of its history, "" for none

	Work    bool   // for one signed-in person, or on the way there: forms, a second stylesheet
	WorkCSS string // its address
	WorkNav []Link // the places where this person works
	Script  string // address of a script of ours, "" for none: only passkeys need one
	Who     string // the name or address of who is signed in, "" for nobody
}

// Feed is an Atom feed that a page announces.
type Feed struct{ URL, Title string }

// Link is an entry of a navigation.
type Link struct {
	URL, Text string
	Current   bool
}

// T is the translated message.
func (p Page) T(key string, args ...any) string { return p.P.T(key, args...) }

// URL is the address of a path in the page's language.
func (p Page) URL(path string) string { return "/" + p.P.Code + path }

// Head is the title as the browser shows it: at most 70 characters, cut at a word.
func (p Page) Head() string {
	name := " – " + p.T("site.name")
	return Cut(p.Title, 70-utf8.RuneCountInString(name)) + name
}

// description is what search engines show below the title: at most 160 characters.
func (p Page) description() string {
	return Cut(cmp.Or(strings.Join(strings.Fields(p.About), " "), p.T("site.description")), 160)
}

// Cut shortens a text to a number of characters, at the end of a word where one is near.
func Cut(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	short := string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:.–-") + "…"
}

func (p Page) canonical() string {
	path, _, _ := strings.Cut(p.Path, "?")
	return p.Base + p.URL(path)
}

type entry struct{ id, path string }

var sections = []entry{{"members", "/members"}, {"commitments", "/commitments"}, {"tags", "/tags"}, {"data", "/data"}, {"record", "/record"}, {"about", "/about"}}

var footer = []entry{{"follow", "/follow"}, {"accessibility", "/accessibility"}, {"api", "/api"}}

func (p Page) box() search.Box {
	return search.Box{ID: "find", Action: p.URL("/commitments"), Label: p.T("search.label"), Button: p.T("search.button")}
}

func (p Page) record() string {
	if p.Entries == 0 {
		return p.T("footer.record.empty")
	}
	return p.P.N("footer.record", int(p.Entries), "date", p.P.Date(p.Newest))
}
