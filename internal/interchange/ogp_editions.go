package interchange

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
)

// The published states of OGP's table of commitments, named by their year.
const (
	OGP2015 civic.Edition = "ogp-2015" // OGP Explorer, state of May 2015: two header lines, 95 columns
	OGP2017 civic.Edition = "ogp-2017" // OGP Explorer, 2017: two header lines, 108 columns, ten without a name
	OGP2024 civic.Edition = "ogp-2024" // the current schema: one header line, 171 columns, with OGP IDs
)

// Editions lists the three, oldest first.
func Editions() []civic.Edition { return []civic.Edition{OGP2015, OGP2017, OGP2024} }

// editionFiles describe the editions column by column: heading, the cell above it
// in the first header line, what the column is, and for ratings the IRM product
// (as the heading says), the variable and the scale.
//
//go:embed ogp_editions/*.tsv
var editionFiles embed.FS

type columnKind string

// What a column of an edition is. Columns of other kinds than these are kept as
// cells of the commitment's Source.
const (
	kindID        columnKind = "id"
	kindKey       columnKind = "key"
	kindMember    columnKind = "member"
	kindCode      columnKind = "code_of_member"
	kindRegion    columnKind = "region"
	kindRegime    columnKind = "regime"
	kindPlan      columnKind = "plan"
	kindPlanID    columnKind = "plan_id"
	kindPlanEnd   columnKind = "plan_end"
	kindLength    columnKind = "plan_length"
	kindNumber    columnKind = "number"
	kindSubmitted columnKind = "submitted"
	kindTheme     columnKind = "theme"
	kindTitle     columnKind = "title"
	kindShort     columnKind = "short"
	kindText      columnKind = "text"
	kindStart     columnKind = "start"
	kindEnd       columnKind = "end"
	kindLead      columnKind = "lead"
	kindSupport   columnKind = "support"
	kindContact   columnKind = "contact"
	kindTag       columnKind = "tag"
	kindLabel     columnKind = "label"
	kindCoded     columnKind = "code"
	kindFlag      columnKind = "flag"
	kindYear      columnKind = "year"
	kindUnit      columnKind = "unit"
	kindCluster   columnKind = "cluster"
	kindURL       columnKind = "url"
	kindCell      columnKind = "cell"
)

// column is a column of an edition.
type column struct {
	key      string // unique in the edition: what civic.Cell.Column holds
	heading  string // last header line
	above    string // first of two header lines
	kind     columnKind
	product  civic.Product
	variable string
	scale    string
}

// rated reports whether the column belongs to one edition's assessments or tags
// alone, so that no newer edition speaks of the same thing.
func (c column) rated() bool {
	switch c.kind {
	case kindTag, kindLabel, kindCoded, kindFlag, kindYear:
		return true
	}
	return false
}

type edition struct {
	name    civic.Edition
	lines   int // of the header
	columns []column
	places  map[string]int // key to column
}

var editions = sync.OnceValue(func() map[civic.Edition]*edition {
	all := map[civic.Edition]*edition{}
	for _, name := range Editions() {
		raw, err := editionFiles.ReadFile("ogp_editions/" + string(name) + ".tsv")
		if err != nil {
			panic(err) // part of the program
		}
		all[name] = newEdition(name, string(raw))
	}
	return all
})

func newEdition(name civic.Edition, description string) *edition {
	e := &edition{name: name, lines: 2, places: map[string]int{}}
	if name == OGP2024 {
		e.lines = 1
	}
	lines := strings.Split(strings.TrimSuffix(description, "\n"), "\n")
	headings := make([][]string, 2)
	for _, line := range lines[1:] {
		f := append(strings.Split(line, "\t"), make([]string, 6)...)
		e.columns = append(e.columns, column{heading: f[0], above: f[1], kind: columnKind(f[2]), product: civic.Product(f[3]), variable: f[4], scale: f[5]})
		headings[0], headings[1] = append(headings[0], f[1]), append(headings[1], f[0])
	}
	for i, key := range columnKeys(headings[1], headings[0]) {
		e.columns[i].key = key
		e.places[key] = i
	}
	return e
}

// columnKeys names each column of a header once: its heading; without one the
// cell above it unless that is a mere number; without both "Column 50"; the
// second of the same name is "Name (2)".
func columnKeys(headings, above []string) []string {
	keys := make([]string, len(headings))
	seen := map[string]int{}
	for i, heading := range headings {
		name := foldHeading(heading)
		if name == "" && i < len(above) && strings.Trim(above[i], "0123456789 ") != "" {
			name = foldHeading(above[i])
		}
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		folded := strings.ToLower(name)
		if seen[folded]++; seen[folded] > 1 {
			name = fmt.Sprintf("%s (%d)", name, seen[folded])
		}
		keys[i] = name
	}
	return keys
}

// foldHeading makes white space within a heading single blanks.
func foldHeading(s string) string { return strings.Join(strings.Fields(s), " ") }

// HeaderRows returns the header lines of an edition, or nil when it is not one of OGP's.
func HeaderRows(ed civic.Edition) [][]string {
	e := editions()[ed]
	if e == nil {
		return nil
	}
	rows := make([][]string, e.lines)
	for _, c := range e.columns {
		rows[e.lines-1] = append(rows[e.lines-1], c.heading)
		if e.lines == 2 {
			rows[0] = append(rows[0], c.above)
		}
	}
	return rows
}

// ColumnKeys returns the name of each column of an edition as civic.Cell.Column
// has it, in the order of FullRow; nil when it is not one of OGP's.
func ColumnKeys(ed civic.Edition) []string {
	e := editions()[ed]
	if e == nil {
		return nil
	}
	keys := make([]string, len(e.columns))
	for i, c := range e.columns {
		keys[i] = c.key
	}
	return keys
}

// TitleColumn returns the heading under which a source gives a commitment's
// title, so that an issue about the commitment can point at a cell.
func TitleColumn(ed civic.Edition) string {
	e := editions()[ed]
	if e == nil {
		return "title"
	}
	i := slices.IndexFunc(e.columns, func(c column) bool { return c.kind == kindTitle })
	return e.columns[i].key
}

// TagNames returns the tags that an edition asks about each commitment, as it
// spells them and in its column order; nil when it is not one of OGP's.
func TagNames(ed civic.Edition) []string {
	e := editions()[ed]
	if e == nil {
		return nil
	}
	var names []string
	for _, c := range e.columns {
		if c.kind == kindTag {
			names = append(names, c.key)
		}
	}
	return names
}

// IsContactColumn reports whether a column of an edition holds names, mail or
// telephone of officials, which never leave the importer.
func IsContactColumn(ed civic.Edition, key string) bool {
	e := editions()[ed]
	if e == nil {
		return false
	}
	i, ok := e.places[key]
	return ok && e.columns[i].kind == kindContact
}

// marks are headings that tell an edition: two of them must be there. Of several
// editions it is the one with the most headings, so one that lacks a mark is told.
var marks = map[civic.Edition][]string{
	OGP2015: {"000 case no.", "newvpre-exist", "actual completion", "full text", "_actual completion"},
	OGP2017: {"comm no", "comm dummy", "_completionendterm", "action plan number", "checksum", "completion (progress report)"},
	OGP2024: {"commitment unique identifier", "country/locality", "commitment dummy", "action plan id", "national or local"},
}

// editionOf tells the edition by its headings and says how many lines the header
// has; nil when the headings are no edition's.
func editionOf(first [][]string) (*edition, int) {
	for i, row := range first {
		have := make([]string, len(row))
		for k, cell := range row {
			have[k] = strings.ToLower(foldHeading(cell))
		}
		best, most := civic.Edition(""), 0
		for _, name := range Editions() {
			if among(have, marks[name]) < 2 {
				continue
			}
			var names []string
			for _, c := range editions()[name].columns {
				if c.heading != "" {
					names = append(names, strings.ToLower(foldHeading(c.heading)))
				}
			}
			if n := among(have, names); n > most {
				best, most = name, n
			}
		}
		if best != "" {
			return editions()[best], i + 1
		}
	}
	return nil, 0
}

// among counts how many of the names are there.
func among(have, names []string) int {
	n := 0
	for _, name := range names {
		if slices.Contains(have, name) {
			n++
		}
	}
	return n
}

// place finds the edition's columns in a file's header. Named columns may stand in
// any order; doubled and unnamed ones are taken in turn. A named column that is
// missing or too many is an error; contact and unnamed columns may be missing.
// at[i] is where column i stands in the file, -1 for not at all; extra are the
// places of the columns that the edition does not have.
func (e *edition) place(file string, header [][]string) (at []int, extra []int, err error) {
	last := header[len(header)-1]
	var above []string
	if len(header) > 1 {
		above = header[len(header)-2]
	}
	found := map[string][]int{}
	for i, key := range columnKeys(last, above) {
		name := foldHeading(last[i])
		if name == "" {
			name = key
			if strings.HasPrefix(key, "Column ") {
				name = ""
			}
		}
		found[strings.ToLower(name)] = append(found[strings.ToLower(name)], i)
	}
	at = make([]int, len(e.columns))
	for i, c := range e.columns {
		name := c.heading
		if name == "" && !strings.HasPrefix(c.key, "Column ") {
			name = c.key
		}
		folded := strings.ToLower(foldHeading(name))
		places := found[folded]
		if len(places) == 0 {
			if name != "" && c.kind != kindContact {
				return nil, nil, fileError(civic.Invalid, "column_missing", file, map[string]any{"column": c.key, "row": len(header), "edition": string(e.name)})
			}
			at[i] = -1
			continue
		}
		at[i], found[folded] = places[0], places[1:]
	}
	for _, c := range e.columns {
		if rest := found[strings.ToLower(foldHeading(c.heading))]; c.heading != "" && len(rest) > 0 {
			return nil, nil, fileError(civic.Invalid, "column_twice", file, map[string]any{"column": foldHeading(c.heading), "row": len(header), "edition": string(e.name)})
		}
	}
	for _, places := range found {
		extra = append(extra, places...)
	}
	slices.Sort(extra)
	return at, extra, nil
}
