package interchange

import (
	"maps"
	"slices"
	"strings"

	"avow/internal/civic"
)

// ParseMapped reads any CSV or XLSX with a mapping file that says what its
// columns mean. Every column, mapped or not, is also kept as it stands in the
// draft's Source, except those of contacts. Columns are named as in the header, or
// by their letter in a spreadsheet with a "#" before it ("#C").
func ParseMapped(in Input, mapping []byte) (Parsed, error) {
	m, err := readMap(mapping)
	if err != nil {
		return Parsed{}, err
	}
	table, err := ReadTable(in, TableOptions{Sheet: m.Sheet, HeaderLines: func(first [][]string) int {
		if len(first) < m.HeaderLine {
			return 0
		}
		return m.HeaderLine
	}})
	if err != nil {
		return Parsed{}, err
	}
	defer table.Close()
	p := mappedParser{file: in.Name, m: m, header: table.Header[len(table.Header)-1], at: map[string]int{}, keys: map[string]int{}, ids: map[string]int{},
		out: Parsed{Format: "table", Edition: civic.Edition("table-" + m.Name)}}
	if err := p.place(mapping); err != nil {
		return Parsed{}, err
	}
	count := tally{file: in.Name}
	for row, err := range table.Rows() {
		if err != nil {
			return Parsed{}, err
		}
		p.out.Records++
		if row.Problem != nil {
			p.out.Refused = append(p.out.Refused, *row.Problem)
		} else {
			p.take(row)
		}
		if err := count.full(p.out.Refused); err != nil {
			return Parsed{}, err
		}
		p.out.Warnings = count.trim(p.out.Warnings)
	}
	if p.out.Records == 0 {
		return Parsed{}, fileError(civic.Invalid, "no_records", in.Name, nil)
	}
	p.out.Warnings = append(count.end(p.out.Warnings), table.Warnings...)
	return p.out, nil
}

type mappedParser struct {
	file     string
	m        tableMap
	header   []string
	at       map[string]int // column as the mapping names it: its place
	contacts []int
	keys     map[string]int // source's own key: its row
	ids      map[string]int // OGP ID: its row
	out      Parsed
}

// place finds every column that the mapping names. A column of contacts can be
// nothing else.
func (p *mappedParser) place(mapping []byte) error {
	var names []string
	for _, key := range mapFields {
		names = append(names, p.m.Columns[key])
	}
	for key, column := range p.m.Columns {
		if strings.Contains(key, ".") {
			names = append(names, column)
		}
	}
	for _, t := range p.m.Tags {
		names = append(names, t.Column)
	}
	for _, r := range p.m.Ratings {
		names = append(names, r.Column, r.YearColumn)
	}
	for _, s := range p.m.Milestones {
		names = append(names, s.Title, s.Text, s.Start, s.Due, s.Lead, s.URL)
	}
	public := map[string]bool{} // a contact's cell must not get into a subject by another name of its column
	for _, name := range names {
		public[name] = true
	}
	names = append(names, p.m.Contacts...)
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name == "" {
			continue
		}
		at, err := p.find(name)
		if err != nil {
			return err
		}
		p.at[name] = at
	}
	for _, name := range p.m.Contacts {
		if name != "" {
			p.contacts = append(p.contacts, p.at[name])
		}
	}
	for _, name := range slices.Sorted(maps.Keys(public)) {
		if at, found := p.at[name]; found && slices.Contains(p.contacts, at) {
			return fileError(civic.Invalid, "map_contact_public", p.file, map[string]any{"column": name})
		}
	}
	return nil
}

// find returns the place of a column; it must be there exactly once.
func (p *mappedParser) find(name string) (int, error) {
	if letter, ok := strings.CutPrefix(name, "#"); ok {
		if i := columnIndex(letter); i >= 0 && i < len(p.header) {
			return i, nil
		}
	}
	found := -1
	for i, h := range p.header {
		if strings.TrimSpace(h) != strings.TrimSpace(name) {
			continue
		}
		if found >= 0 {
			return 0, fileError(civic.Invalid, "map_column_twice", p.file, map[string]any{"column": name, "first": "#" + columnName(found), "second": "#" + columnName(i)})
		}
		found = i
	}
	if found < 0 {
		return 0, fileError(civic.Invalid, "map_column_missing", p.file, map[string]any{"column": name, "found": strings.Join(p.header, ", ")})
	}
	return found, nil
}

// label returns a column's name for cells and messages: its header, or its letter
// when it has none or shares it.
func (p *mappedParser) label(i int) string {
	name := strings.TrimSpace(p.header[i])
	if name == "" || slices.ContainsFunc(p.header[:i], func(h string) bool { return strings.TrimSpace(h) == name }) {
		return "#" + columnName(i)
	}
	return name
}

func (r *mappedRow) address(column, value string) string {
	if value == "" || r.missing(value) != nil {
		return ""
	}
	if !isWebAddress(value) {
		r.warn(column, "url_form", value, "")
		return ""
	}
	return value
}
