package interchange

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/text"
)

// mappedRow is one row on its way to a draft.
type mappedRow struct {
	*mappedParser
	Row
	lang    string
	guessed bool
	refused bool
}

// take makes a draft of a row, or says why it cannot be taken.
func (p *mappedParser) take(row Row) {
	r := &mappedRow{mappedParser: p, Row: row}
	d := Draft{Row: row.Number, Number: r.field("number")}
	d.Member = MemberRef{Name: r.field("member"), Code: r.field("member_code"), Region: civic.Region(r.choice("region", joined(civic.Regions))),
		Regime: civic.Regime(r.choice("regime", joined([]civic.Regime{civic.National, civic.Local, civic.LegacyLocal, civic.OtherRegime})))}
	r.need("member", d.Member.Name)
	r.language()
	d.Plan = PlanRef{Number: r.field("plan"), SourceID: r.field("plan_id"), Title: r.text("plan_title"), Submitted: r.year("submitted"),
		Start: r.date("plan_start"), End: r.date("plan_end"), Regime: d.Member.Regime}
	d.Plan.EndYear = d.Plan.End.Year()
	r.need("plan", d.Plan.Number)
	c := &d.Commitment
	c.Title, c.Short, c.Text, c.Theme = r.text("title"), r.text("short_title"), r.text("text"), r.text("theme")
	if len(c.Title) == 0 {
		r.need("title", "")
	}
	c.Start, c.End, c.Submitted = r.date("start"), r.date("end"), d.Plan.Submitted
	c.URL = r.address(r.m.Columns["url"], r.field("url"))
	c.Parts = append(r.parts("lead", civic.Lead), r.parts("supporting", civic.Supporting)...)
	if id := r.field("ogp_id"); id != "" {
		written, ok := civic.ParseOGPID(id)
		if !ok {
			r.refuse("ogp_id", "ogp_id_form", id)
		}
		if first, twice := p.ids[written]; twice && !r.refused {
			r.refuse("ogp_id", "ogp_id_twice", written)
			r.out.Refused[len(r.out.Refused)-1].Args["row"] = first
		}
		c.OGPID = written
	}
	key := r.field("key")
	if first, twice := p.keys[key]; key != "" && twice && !r.refused {
		r.refuse("key", "key_twice_table", key)
		r.out.Refused[len(r.out.Refused)-1].Args["first"] = first
	}
	if r.refused {
		return
	}
	if key != "" {
		p.keys[key] = row.Number
	}
	if c.OGPID != "" {
		p.ids[c.OGPID] = row.Number
	}
	c.Tags = r.tags()
	c.Assessments = r.assessments()
	c.Milestones = r.milestones()
	source := civic.Source{Edition: p.out.Edition, Row: row.Number, Key: key}
	for i, value := range row.Cells {
		if spreadsheetErrors[value] && !slices.Contains(p.contacts, i) {
			r.out.Warnings = append(r.out.Warnings, Issue{Row: row.Number, Column: p.label(i), Code: "spreadsheet_error", Args: map[string]any{"value": value}})
		}
		if value != "" && !slices.Contains(p.contacts, i) { // personal data goes no further
			source.Cells = append(source.Cells, civic.Cell{Column: p.label(i), Value: value})
		}
	}
	c.Sources = []civic.Source{source}
	p.out.Drafts = append(p.out.Drafts, d)
}

// cell returns a column's value without white space around it.
func (r *mappedRow) cell(column string) string {
	if i, ok := r.at[column]; ok && column != "" && i < len(r.Cells) {
		return strings.TrimSpace(r.Cells[i])
	}
	return ""
}

// missing says whether a value is one of the words that the mapping names for a missing one.
func (r *mappedRow) missing(value string) *civic.Missing {
	if kind, ok := r.m.Missing[value]; ok {
		return &civic.Missing{Kind: kind, Code: value}
	}
	return nil
}

// raw returns a field's value, from its column or as a constant.
func (r *mappedRow) raw(field string) string {
	if column, ok := r.m.Columns[field]; ok {
		return r.cell(column)
	}
	return strings.TrimSpace(r.m.Constants[field])
}

// field is raw, with "" for a missing value.
func (r *mappedRow) field(field string) string {
	v := r.raw(field)
	if r.missing(v) != nil {
		return ""
	}
	return v
}

func (r *mappedRow) column(field string) string {
	if i, ok := r.at[r.m.Columns[field]]; ok && r.m.Columns[field] != "" {
		return r.label(i)
	}
	return field
}

func (r *mappedRow) refuse(field, code, value string) {
	if !r.refused {
		r.out.Refused = append(r.out.Refused, Issue{Row: r.Number, Column: r.column(field), Code: code, Args: map[string]any{"value": value, "field": field}})
	}
	r.refused = true
}

func (r *mappedRow) warn(column, code, value, known string) {
	label := column
	if i, ok := r.at[column]; ok {
		label = r.label(i)
	}
	r.out.Warnings = append(r.out.Warnings, Issue{Row: r.Number, Column: label, Code: code, Args: map[string]any{"value": value, "known": known}})
}

func (r *mappedRow) need(field, value string) {
	if value == "" {
		r.refuse(field, "field_missing", "")
	}
}

// choice is a field with a closed list of values.
func (r *mappedRow) choice(field, known string) string {
	v := r.field(field)
	if v != "" && !slices.Contains(strings.Split(known, ", "), v) {
		r.warn(r.m.Columns[field], "value_unknown", v, known)
		return ""
	}
	return v
}

// language finds the row's language: a column, the mapping, or a guess.
func (r *mappedRow) language() {
	r.lang = r.field("language")
	if r.lang != "" && !languageTag.MatchString(r.lang) {
		r.warn(r.m.Columns["language"], "language_form", r.lang, "")
		r.lang = ""
	}
	if r.lang == "" {
		r.lang = r.m.Language
	}
	if r.lang == "" {
		r.lang, _ = text.Detect(r.field("title")+"\n"+r.field("text"), nil)
		r.guessed = true
	}
}

// text gives a text field in the row's language and in those that the mapping names.
func (r *mappedRow) text(field string) civic.Text {
	t := r.phrase(r.field(field))
	var others []string
	for _, from := range []map[string]string{r.m.Columns, r.m.Constants} {
		for key := range from {
			if base, lang, ok := strings.Cut(key, "."); ok && base == field {
				others = append(others, lang)
			}
		}
	}
	slices.Sort(others)
	for _, lang := range others {
		if v := r.field(field + "." + lang); v != "" {
			t = append(t, civic.Phrase{Lang: lang, Text: v})
		}
	}
	return t
}

func (r *mappedRow) phrase(s string) civic.Text {
	if s == "" || r.missing(s) != nil {
		return nil
	}
	return civic.Text{{Lang: r.lang, Text: s, Guessed: r.guessed}}
}

func (r *mappedRow) year(field string) int {
	v := r.field(field)
	if v == "" {
		return 0
	}
	year, err := strconv.Atoi(v)
	if err != nil || year < 1900 || year > 2200 {
		r.warn(r.m.Columns[field], "year_form", v, "")
		return 0
	}
	return year
}

func (r *mappedRow) date(field string) civic.When { return r.dateOf(r.m.Columns[field], r.raw(field)) }

// dateOf reads a date. What cannot be decided stays as words, with a warning.
func (r *mappedRow) dateOf(column, value string) civic.When {
	if column == "" && value == "" { // no such column: the table says nothing, not even that it is missing
		return civic.When{}
	}
	if m := r.missing(value); m != nil {
		return civic.When{Missing: m}
	}
	if value == "" {
		return civic.When{}
	}
	w, code := mappedDate(value, r.m.DateOrder)
	if code != "" {
		r.warn(column, code, value, "")
	}
	return w
}

// mappedDate reads 2031, 2031-04, 2031-04-05 and, with an order given, 5.4.2031 or 4/5/2031.
func mappedDate(value, order string) (w civic.When, code string) {
	parts := strings.FieldsFunc(value, func(c rune) bool { return c == '-' || c == '/' || c == '.' })
	for i, p := range parts {
		if n, err := strconv.Atoi(p); err != nil || n < 0 {
			return civic.When{Words: value}, "date_words"
		}
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	switch {
	case len(parts) == 0 || len(parts) > 3:
		return civic.When{Words: value}, "date_words"
	case len(parts[0]) == 4:
	case len(parts) == 3 && len(parts[2]) == 4 && order == "day-month-year":
		slices.Reverse(parts)
	case len(parts) == 3 && len(parts[2]) == 4 && order == "month-day-year":
		parts = []string{parts[2], parts[0], parts[1]}
	case len(parts) == 2 && len(parts[1]) == 4:
		slices.Reverse(parts)
	default:
		return civic.When{Words: value}, "date_ambiguous"
	}
	w, err := civic.NewDate(strings.Join(parts, "-"))
	if err != nil {
		return civic.When{Words: value}, "date_impossible"
	}
	return w, ""
}

// address takes web addresses alone: what else a cell holds stays in the source's cells.
func (r *mappedRow) parts(field string, role civic.Role) []civic.Part {
	v := r.raw(field)
	if m := r.missing(v); m != nil && r.m.gives(field) {
		return []civic.Part{{Role: role, Missing: m}}
	}
	var out []civic.Part
	for _, name := range splitList(v, r.m.ListSeparator) {
		out = append(out, civic.Part{Role: role, Name: name})
	}
	return out
}

func splitList(v, separator string) []string {
	var out []string
	for _, s := range strings.Split(v, separator) {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func (r *mappedRow) tags() []civic.EditionTags {
	t := civic.EditionTags{Edition: r.out.Edition}
	for _, m := range r.m.Tags {
		v := r.cell(m.Column)
		missing := r.missing(v)
		yes, no := m.Yes, m.No
		if len(yes) == 0 {
			yes = []string{"1"}
		}
		if len(no) == 0 {
			no = []string{"0"}
		}
		switch {
		case m.Separator != "" && missing == nil:
			t.Yes = append(t.Yes, splitList(v, m.Separator)...)
		case m.Separator != "":
		case slices.Contains(yes, v):
			t.Yes = append(t.Yes, m.Tag)
		case slices.Contains(no, v):
		case missing != nil:
			t.Unknown = append(t.Unknown, civic.UnknownTag{Name: m.Tag, Missing: *missing})
		case v == "":
			t.Unknown = append(t.Unknown, civic.UnknownTag{Name: m.Tag, Missing: civic.Missing{Kind: civic.Blank}})
		default:
			r.warn(m.Column, "value_unknown", v, strings.Join(append(slices.Clone(yes), no...), ", "))
		}
	}
	if len(r.m.Tags) == 0 {
		return nil
	}
	return []civic.EditionTags{t}
}

// assessments groups the ratings by product and year of the report.
func (r *mappedRow) assessments() []civic.Assessment {
	var out []civic.Assessment
	for _, m := range r.m.Ratings {
		rating := civic.Rating{Variable: m.Variable, Scale: m.Scale}
		v := r.cell(m.Column)
		scale, _ := review.ScaleByID(m.Scale)
		value, mapped := m.Values[v]
		switch missing := r.missing(v); {
		case mapped:
			rating.Value = value
		case missing != nil:
			rating.Missing = missing
		case v == "":
			rating.Missing = &civic.Missing{Kind: civic.Blank}
		case scale.Has(v):
			rating.Value = v
		default:
			r.warn(m.Column, "rating_unknown", v, strings.Join(scale.Values, ", "))
			continue
		}
		a := civic.Assessment{Product: m.Product, Edition: r.out.Edition, Year: m.Year}
		if m.YearColumn != "" {
			a.Year, a.NoYear = r.reportYear(m.YearColumn)
		}
		same := func(o civic.Assessment) bool { return o.Product == a.Product && o.Year == a.Year }
		if i := slices.IndexFunc(out, same); i >= 0 {
			out[i].Ratings = append(out[i].Ratings, rating)
			continue
		}
		a.Ratings = []civic.Rating{rating}
		out = append(out, a)
	}
	return out
}

func (r *mappedRow) reportYear(column string) (int, *civic.Missing) {
	v := r.cell(column)
	if m := r.missing(v); m != nil {
		return 0, m
	}
	if v == "" {
		return 0, &civic.Missing{Kind: civic.Blank}
	}
	year, err := strconv.Atoi(v)
	if err != nil || year < 1900 || year > 2200 {
		r.warn(column, "year_form", v, "")
		return 0, nil
	}
	return year, nil
}

func (r *mappedRow) milestones() []civic.Milestone {
	var out []civic.Milestone
	for _, m := range r.m.Milestones {
		title := r.phrase(r.cell(m.Title))
		if title == nil {
			continue
		}
		lead := r.cell(m.Lead)
		if r.missing(lead) != nil {
			lead = ""
		}
		s := civic.Milestone{Code: m.Code, Kind: "milestone", Title: title, Text: r.phrase(r.cell(m.Text)),
			Start: r.dateOf(m.Start, r.cell(m.Start)), Due: r.dateOf(m.Due, r.cell(m.Due)), Lead: lead}
		if address := r.address(m.URL, r.cell(m.URL)); address != "" {
			s.URL = civic.Text{{Lang: r.lang, Text: address, Guessed: r.guessed}}
		}
		out = append(out, s)
	}
	return out
}
