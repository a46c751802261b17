package interchange

import (
	"regexp"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/review"
)

var (
	fourDigits = regexp.MustCompile(`^(19|20)[0-9]{2}$`)
	planIDForm = regexp.MustCompile(`^AP_([A-Z]{2,8})([0-9]{2,3})$`)
	floatSlip  = regexp.MustCompile(`^[0-9]+\.[0-9]{10,}$`)
	smallCount = regexp.MustCompile(`^[0-9]{1,3}$`)
)

// id takes an OGP ID; one of another form refuses the row.
func (r *rowParser) id(col column, cell string) {
	id, ok := civic.ParseOGPID(cell)
	if !ok {
		r.refuse(col.key, "ogp_id_form", map[string]any{"value": cell})
		return
	}
	r.draft.Commitment.OGPID = id
}

func (r *rowParser) plan(col column, cell string) {
	if !r.present(col, cell, "plan_missing") {
		return
	}
	number := strings.TrimSpace(cell)
	if !smallCount.MatchString(number) || strings.Trim(number, "0") == "" {
		r.refuse(col.key, "plan_number_form", map[string]any{"value": cell})
		return
	}
	r.draft.Plan.Number = strings.TrimLeft(number, "0")
}

// planID takes "AP_ALB01": the member's code and the plan's number.
func (r *rowParser) planID(col column, cell string) {
	if _, missing := review.MissingFromCode(cell); missing {
		return
	}
	m := planIDForm.FindStringSubmatch(cell)
	if m == nil {
		r.refuse(col.key, "plan_id_form", map[string]any{"value": cell})
		return
	}
	r.draft.Plan.SourceID = cell
	if r.draft.Member.Code != "" && m[1] != r.draft.Member.Code || strings.TrimLeft(m[2], "0") != r.draft.Plan.Number {
		r.warn(col.key, "plan_id_disagrees", map[string]any{"value": cell, "code": r.draft.Member.Code, "number": r.draft.Plan.Number})
	}
}

// year reads a year, 0 when it is missing or none.
func (r *rowParser) year(col column, cell string) int {
	if fourDigits.MatchString(cell) {
		n, _ := strconv.Atoi(cell)
		return n
	}
	r.notMissing(col, cell)
	return 0
}

func (r *rowParser) count(col column, cell string) int {
	if smallCount.MatchString(cell) {
		n, _ := strconv.Atoi(cell)
		return n
	}
	r.notMissing(col, cell)
	return 0
}

// notMissing warns of a cell that holds neither a known value nor a missing code.
func (r *rowParser) notMissing(col column, cell string) bool {
	if _, missing := review.MissingFromCode(cell); missing {
		return false
	}
	r.warn(col.key, "value_unknown", map[string]any{"value": cell})
	return true
}

func (r *rowParser) date(col column, cell string) civic.When {
	when, code, args := parseDate(r.edition.name, cell)
	if code != "" {
		all := map[string]any{"value": cell}
		for k, v := range args {
			all[k] = v
		}
		r.warn(col.key, code, all)
	}
	return when
}

// text is the source's text as it stands; nil for a missing code, whose cell
// the Source keeps. Its language is filled in by languages.
func (r *rowParser) text(cell string) civic.Text {
	if _, missing := review.MissingFromCode(cell); missing {
		return nil
	}
	return civic.Text{{Lang: civic.Undetermined, Text: cell}}
}

// tag takes 0 and 1; anything else is not an answer and stays visible as such.
func (r *rowParser) tag(tags *civic.EditionTags, col column, cell string) {
	switch cell {
	case "1":
		tags.Yes = append(tags.Yes, col.key)
	case "0":
	default:
		m, missing := review.MissingFromCode(cell)
		if !missing {
			r.warn(col.key, "value_unknown", map[string]any{"value": cell})
			m = civic.Missing{Kind: civic.NotSpecified, Code: cell}
		}
		tags.Unknown = append(tags.Unknown, civic.UnknownTag{Name: col.key, Missing: m})
	}
}

// assessment returns the row's assessment of a product, making it when needed.
func (r *rowParser) assessment(product civic.Product) *civic.Assessment {
	all := &r.draft.Commitment.Assessments
	for i := range *all {
		if (*all)[i].Product == product {
			return &(*all)[i]
		}
	}
	*all = append(*all, civic.Assessment{Product: product, Edition: r.edition.name})
	return &(*all)[len(*all)-1]
}

func (r *rowParser) rate(col column, rating civic.Rating) {
	rating.Variable, rating.Scale = col.variable, col.scale
	a := r.assessment(col.product)
	a.Ratings = append(a.Ratings, rating)
}

// flag reads a rating that is 1, 0 or missing.
func (r *rowParser) flag(col column, cell string) {
	switch cell {
	case "1":
		r.rate(col, civic.Rating{Value: "yes"})
	case "0":
		r.rate(col, civic.Rating{Value: "no"})
	default:
		if m, missing := review.MissingFromCode(cell); missing {
			r.rate(col, civic.Rating{Missing: &m})
			return
		}
		r.warn(col.key, "value_unknown", map[string]any{"value": cell})
	}
}

// label reads a rating from its label and the code beside it. The label counts;
// a code that contradicts it is kept with it. A label that the scale does not
// have gives no rating; its cells stay as they are.
func (r *rowParser) label(i int, col column, cell string) {
	rating := civic.Rating{}
	expected, further, known := "", []string(nil), true
	w, exact, ok := ofLabel(r.edition.name, col.scale, cell)
	m, missing := review.MissingFromCode(cell)
	switch {
	case ok:
		rating.Value = w.value
		if !exact || ofValue(r.edition.name, col.scale, w.value).label != cell {
			rating.Label = cell
		}
		expected, further, known = w.code, w.codes, w.code != ""
	case missing:
		rating.Missing = &m
		if expected = m.Code; strings.EqualFold(strings.TrimSpace(cell), "not applicable") {
			expected = notApplicableCode
		}
	default:
		r.warn(col.key, "value_unknown", map[string]any{"value": cell})
		return
	}
	if code, has := r.codeOf(i, col); has {
		composed := ratingCell(r.edition.name, column{kind: kindCoded, scale: col.scale}, rating)
		if code != composed {
			rating.Coded = &code
		}
		if known && code != expected && !contains(further, code) {
			r.warn(col.key, "label_code_clash", map[string]any{"label": cell, "code": code, "expected": expected})
		}
	}
	r.rate(col, rating)
}

func contains(all []string, s string) bool {
	for _, one := range all {
		if one == s {
			return true
		}
	}
	return false
}

// codeOf returns the cell of the code column that belongs to the label column i.
func (r *rowParser) codeOf(i int, label column) (string, bool) {
	for k := i + 1; k < len(r.edition.columns); k++ {
		if c := r.edition.columns[k]; c.kind == kindCoded && c.product == label.product && c.variable == label.variable {
			return r.cells[k], true
		}
	}
	return "", false
}

func (r *rowParser) reportYear(col column, cell string) {
	a := r.assessment(col.product)
	if fourDigits.MatchString(cell) {
		a.Year, _ = strconv.Atoi(cell)
	} else if m, missing := review.MissingFromCode(cell); missing {
		a.NoYear = &m
	} else {
		r.warn(col.key, "value_unknown", map[string]any{"value": cell})
	}
}

// checkNumber warns of numbers that a spreadsheet has turned into something else.
func (r *rowParser) checkNumber(col column, cell string) {
	switch {
	case floatSlip.MatchString(cell):
		r.warn(col.key, "number_became_float", map[string]any{"value": cell})
	case slashDate.MatchString(cell), len(cell) >= len("2016-04-22") && isoDate.MatchString(cell):
		r.warn(col.key, "number_became_date", map[string]any{"value": cell})
	}
}

// checkText warns of characters that were lost before the source was published,
// and of what a failed formula left.
func (r *rowParser) checkText(col column, cell string) {
	if col.kind != kindContact && strings.ContainsRune(cell, '\uFFFD') {
		r.warn(col.key, "text_damaged", nil)
	}
	if spreadsheetErrors[cell] {
		r.warn(col.key, "spreadsheet_error", map[string]any{"value": cell})
	}
}

// partsOf reads a list of institutions, separated by semicolons (commas are parts
// of names). A cell that says there is none gives one part that is missing.
func partsOf(role civic.Role, cell string) []civic.Part {
	if m, missing := review.MissingInstitution(cell); missing {
		if m.Kind == civic.Blank {
			return nil
		}
		return []civic.Part{{Role: role, Missing: &m}}
	}
	var parts []civic.Part
	for name := range strings.SplitSeq(cell, ";") {
		name = strings.TrimSpace(name)
		if m, missing := review.MissingInstitution(name); missing {
			if m.Kind != civic.Blank {
				parts = append(parts, civic.Part{Role: role, Missing: &m})
			}
			continue
		}
		parts = append(parts, civic.Part{Role: role, Name: name})
	}
	return parts
}

func regionOf(cell string) civic.Region {
	switch strings.ToLower(foldHeading(cell)) {
	case "africa and the middle east", "africa & middle east", "africa and middle east":
		return civic.Africa
	case "americas", "the americas":
		return civic.Americas
	case "asia and the pacific", "asia-pacific", "asia pacific":
		return civic.Asia
	case "europe":
		return civic.Europe
	}
	return ""
}

func regimeOf(cell string) civic.Regime {
	switch strings.ToLower(foldHeading(cell)) {
	case "national":
		return civic.National
	case "local":
		return civic.Local
	case "legacy local":
		return civic.LegacyLocal
	case "other":
		return civic.OtherRegime
	}
	return ""
}
