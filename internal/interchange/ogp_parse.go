package interchange

import (
	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/text"
)

// OGPFormat is the name of the format of OGP's tables.
const OGPFormat = "ogp"

// ParseOGP reads one of the three editions of OGP's table of commitments, told
// apart by their headings. Every column of every row becomes a field of the
// draft, a cell of its Source, or a contact; the row that FullRow gives is the
// row that was read. Faults of the file are errors (*civic.Error); faults of a
// row refuse the row; doubts are warnings and change nothing.
func ParseOGP(in Input) (Parsed, error) {
	var ed *edition
	t, err := ReadTable(in, TableOptions{HeaderLines: func(first [][]string) int {
		found, lines := editionOf(first)
		if found == nil {
			return 0
		}
		ed = found
		return lines
	}})
	if err != nil {
		return Parsed{}, err
	}
	defer func() { _ = t.Close() }()
	p := &ogpParser{edition: ed, parsed: Parsed{Format: OGPFormat, Edition: ed.name}, ids: map[string]int{}, keys: map[string]int{}, texts: map[string]int{}}
	if p.at, p.extra, err = ed.place(in.Name, t.Header); err != nil {
		return Parsed{}, err
	}
	heading := t.Header[len(t.Header)-1]
	p.extraKeys = columnKeys(heading, nil)
	for _, i := range p.extra {
		if heading[i] != "" {
			p.warn(len(t.Header), heading[i], "column_unknown", nil)
		}
	}
	count := tally{file: in.Name}
	for row, err := range t.Rows() {
		if err != nil {
			return Parsed{}, err
		}
		p.parsed.Records++
		if row.Problem != nil {
			p.parsed.Refused = append(p.parsed.Refused, *row.Problem)
		} else {
			p.row(row)
		}
		if err := count.full(p.parsed.Refused); err != nil {
			return Parsed{}, err
		}
		p.parsed.Warnings = count.trim(p.parsed.Warnings)
	}
	if p.parsed.Records == 0 {
		return Parsed{}, fileError(civic.Invalid, "no_records", in.Name, nil)
	}
	p.parsed.Warnings = append(t.Warnings, count.end(p.parsed.Warnings)...)
	return p.parsed, nil
}

// ogpParser holds what is known of the file while its rows are read.
type ogpParser struct {
	edition   *edition
	at        []int
	extra     []int
	extraKeys []string
	parsed    Parsed
	ids       map[string]int // OGP ID to row
	keys      map[string]int // the source's own key to row
	texts     map[string]int // member, plan, folded title and text to row
}

func (p *ogpParser) warn(row int, column, code string, args map[string]any) {
	p.parsed.Warnings = append(p.parsed.Warnings, Issue{Row: row, Column: column, Code: code, Args: args})
}

// rowParser reads one row; refused is set by the first fault that forbids it.
type rowParser struct {
	*ogpParser
	number   int
	draft    Draft
	cells    []string // in the edition's order
	refused  *Issue
	warnings []Issue
}

func (p *ogpParser) row(in Row) {
	r := &rowParser{ogpParser: p, number: in.Number, cells: make([]string, len(p.edition.columns))}
	for i, at := range p.at {
		if at >= 0 {
			r.cells[i] = in.Cells[at]
		}
	}
	r.read()
	if r.refused == nil {
		r.check()
	}
	if r.refused != nil {
		p.parsed.Refused = append(p.parsed.Refused, *r.refused)
		return
	}
	c := &r.draft.Commitment
	source := civic.Source{Edition: p.edition.name, Row: in.Number, Key: r.key()}
	for _, i := range p.extra {
		if in.Cells[i] != "" {
			source.Cells = append(source.Cells, civic.Cell{Column: p.extraKeys[i], Value: in.Cells[i]})
		}
	}
	c.Sources = []civic.Source{source}
	c.Sources[0] = Pack(p.edition.name, *c, r.cells)
	p.parsed.Drafts = append(p.parsed.Drafts, r.draft)
	p.parsed.Warnings = append(p.parsed.Warnings, r.warnings...)
}

func (r *rowParser) warn(column, code string, args map[string]any) {
	r.warnings = append(r.warnings, Issue{Row: r.number, Column: column, Code: code, Args: args})
}

func (r *rowParser) refuse(column, code string, args map[string]any) {
	if r.refused == nil {
		r.refused = &Issue{Row: r.number, Column: column, Code: code, Args: args}
	}
}

// read turns the cells into the draft, in the order of the columns.
func (r *rowParser) read() {
	d := &r.draft
	c := &d.Commitment
	d.Row = r.number
	d.Member.Regime, d.Plan.Regime = civic.National, civic.National
	tags := civic.EditionTags{Edition: r.edition.name}
	for i, col := range r.edition.columns {
		cell := r.cells[i]
		r.checkText(col, cell)
		switch col.kind {
		case kindID:
			r.id(col, cell)
		case kindMember:
			if r.present(col, cell, "member_missing") {
				d.Member.Name = cell
			}
		case kindCode:
			if _, missing := review.MissingFromCode(cell); !missing {
				d.Member.Code = cell
			}
		case kindRegion:
			d.Member.Region = regionOf(cell)
			if _, missing := review.MissingFromCode(cell); d.Member.Region == "" && !missing {
				r.warn(col.key, "value_unknown", map[string]any{"value": cell})
			}
		case kindRegime:
			d.Member.Regime = regimeOf(cell)
			if d.Member.Regime == "" {
				r.warn(col.key, "value_unknown", map[string]any{"value": cell})
				d.Member.Regime = civic.OtherRegime
			}
			d.Plan.Regime = d.Member.Regime
		case kindPlan:
			r.plan(col, cell)
		case kindPlanID:
			r.planID(col, cell)
		case kindPlanEnd:
			d.Plan.EndYear = r.year(col, cell)
		case kindLength:
			d.Plan.Length = r.count(col, cell)
		case kindSubmitted:
			c.Submitted = r.year(col, cell)
			d.Plan.Submitted = c.Submitted
		case kindNumber:
			if _, missing := review.MissingFromCode(cell); !missing {
				d.Number = cell
			}
			r.checkNumber(col, cell)
		case kindCluster:
			r.checkNumber(col, cell)
		case kindTitle:
			if r.present(col, cell, "title_missing") {
				c.Title = r.text(cell)
			}
		case kindTheme:
			c.Theme = r.text(cell)
		case kindShort:
			c.Short = r.text(cell)
		case kindText:
			c.Text = r.text(cell)
		case kindStart:
			c.Start = r.date(col, cell)
		case kindEnd:
			c.End = r.date(col, cell)
			if endsBefore(c.Start, c.End) {
				r.warn(col.key, "end_before_start", map[string]any{"start": c.Start.Date, "end": c.End.Date})
			}
		case kindLead:
			c.Parts = append(c.Parts, partsOf(civic.Lead, cell)...)
		case kindSupport:
			c.Parts = append(c.Parts, partsOf(civic.Supporting, cell)...)
		case kindContact: // personal data goes no further
		case kindTag:
			r.tag(&tags, col, cell)
		case kindURL:
			if _, missing := review.MissingFromCode(cell); missing {
				break
			}
			if c.URL = cell; !isWebAddress(cell) {
				r.warn(col.key, "url_form", map[string]any{"value": cell})
				c.URL = ""
			}
		case kindLabel:
			r.label(i, col, cell)
		case kindFlag:
			r.flag(col, cell)
		case kindYear:
			r.reportYear(col, cell)
		case kindUnit:
			if cell == "1" {
				r.assessment(col.product).Unit = "cluster"
			}
		}
	}
	c.Tags = []civic.EditionTags{tags}
	r.languages()
}

func (r *rowParser) present(col column, cell, code string) bool {
	if _, missing := review.MissingFromCode(cell); missing {
		r.refuse(col.key, code, nil)
		return false
	}
	return true
}

// check looks at what several cells or rows say together.
func (r *rowParser) check() {
	c := r.draft.Commitment
	if key := r.key(); key != "" {
		if row, doubled := r.keys[key]; doubled {
			r.warn(r.edition.columns[0].key, "source_key_twice", map[string]any{"value": key, "row": row})
		} else {
			r.keys[key] = r.number
		}
	}
	if c.OGPID != "" {
		if row, doubled := r.ids[c.OGPID]; doubled {
			r.refuse(r.edition.columns[0].key, "ogp_id_twice", map[string]any{"value": c.OGPID, "row": row})
			return
		}
		r.ids[c.OGPID] = r.number
	}
	same := text.Fold(r.draft.Member.Name) + "\x00" + r.draft.Plan.Number + "\x00" + text.Fold(c.Title.String()) + "\x00" + text.Fold(c.Text.String())
	if row, doubled := r.texts[same]; doubled {
		r.warn("", "row_repeated", map[string]any{"row": row})
	} else {
		r.texts[same] = r.number
	}
}

// key is the source's own key of the row: the case number of the 2015 edition.
func (r *rowParser) key() string {
	for i, col := range r.edition.columns {
		if col.kind == kindKey {
			if _, missing := review.MissingFromCode(r.cells[i]); !missing {
				return r.cells[i]
			}
		}
	}
	return ""
}
