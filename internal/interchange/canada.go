package interchange

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// Canada publishes each plan's tracker in two shapes: a table (plan, kind, code,
// en, fr, due_date, deadline_en, lead_dept) and JSON, which has all of that and
// more. Both give the same edition and the same keys, so one may follow the other:
// the JSON adds, the table takes nothing away.

// canadaSite is where the tracker's addresses, which begin with "/", lead.
const canadaSite = "https://open.canada.ca"

var canada = MemberRef{Name: "Canada", Code: "CAN", Region: civic.Americas, Regime: civic.National}

var (
	canadaPlan = regexp.MustCompile(`^nap([1-9][0-9]?)-([0-9]{4})-([0-9]{4})$`)
	canadaCode = regexp.MustCompile(`^C[0-9]{1,3}(\.[0-9]{1,3}){0,2}$`)
)

// canadaLevels are the kinds of records by the number of dots in their code.
var canadaLevels = []string{"commitment", "milestone", "indicator"}

// canadaRecord is one record of a tracker, from either shape.
type canadaRecord struct {
	row    int
	level  int
	code   string
	title  civic.Text
	text   civic.Text
	due    *string // nil: the record has no such field
	dueIn  civic.Text
	lead   string
	url    civic.Text
	cells  []civic.Cell // other fields, and those whose value is changed above
	broken *Issue
}

// ParseCanada reads a Canadian plan's tracker, told apart by content: JSON begins
// with a brace, everything else is a table. Records are those of the source (201
// for the fourth plan), drafts the commitments; each draft covers its record and
// those of its milestones and indicators.
func ParseCanada(in Input) (Parsed, error) {
	object, err := beginsWithBrace(in)
	if err != nil {
		return Parsed{}, err
	}
	if object {
		return parseCanadaJSON(in)
	}
	return parseCanadaTable(in)
}

func beginsWithBrace(in Input) (bool, error) {
	f, err := in.Open()
	if err != nil {
		return false, err
	}
	defer f.Close()
	start := make([]byte, 64)
	n, err := f.ReadAt(start, 0)
	if err != nil && err != io.EOF {
		return false, err
	}
	return strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(string(start[:n]), "\ufeff")), "{"), nil
}

// canadaTracker puts records together to commitments.
type canadaTracker struct {
	plan    string
	out     Parsed
	drafts  map[string]int  // code of a commitment: place in out.Drafts
	codes   map[string]bool // every code so far
	planRef PlanRef
}

func newCanadaTracker(file, plan string) (*canadaTracker, error) {
	m := canadaPlan.FindStringSubmatch(plan)
	if m == nil {
		return nil, fileError(civic.Invalid, "canada_plan_name", file, map[string]any{"plan": plan})
	}
	from, _ := strconv.Atoi(m[2])
	to, _ := strconv.Atoi(m[3])
	if to < from || to > from+8 {
		return nil, fileError(civic.Invalid, "canada_plan_name", file, map[string]any{"plan": plan})
	}
	period := m[2] + "-" + m[3]
	return &canadaTracker{
		plan:   plan,
		out:    Parsed{Format: "canada-nap", Edition: civic.Edition("canada-" + plan)},
		drafts: map[string]int{}, codes: map[string]bool{},
		planRef: PlanRef{Number: m[1], EndYear: to, Length: to - from, Regime: civic.National,
			Start: civic.When{Date: m[2]}, End: civic.When{Date: m[3]},
			Title: civic.Text{{Lang: "en", Text: period + " National Action Plan on Open Government"},
				{Lang: "fr", Text: "Plan d’action national du Canada pour un gouvernement ouvert de " + period}}},
	}, nil
}

// take places one record. Commitments come before their milestones and these
// before their indicators in both shapes.
func (t *canadaTracker) take(r canadaRecord) {
	t.out.Records++
	refuse := func(column, code string, args map[string]any) {
		t.out.Refused = append(t.out.Refused, Issue{Row: r.row, Column: column, Code: code, Args: args})
	}
	args := map[string]any{"code": r.code}
	switch {
	case r.broken != nil:
		t.out.Refused = append(t.out.Refused, *r.broken)
		return
	case !canadaCode.MatchString(r.code) || strings.Count(r.code, ".") != r.level:
		refuse("code", "canada_code_form", map[string]any{"code": r.code, "kind": canadaLevels[r.level]})
		return
	case t.codes[r.code]:
		refuse("code", "code_twice", args)
		return
	case len(r.title) == 0:
		refuse("en", "title_missing", args)
		return
	case hasNUL(r.cells) || textHasNUL(r.title, r.text, r.dueIn, r.url) || strings.ContainsRune(r.lead, 0):
		refuse("", "nul_character", args)
		return
	}
	if r.level == 0 {
		t.codes[r.code] = true
		t.drafts[r.code] = len(t.out.Drafts)
		t.out.Drafts = append(t.out.Drafts, t.commitment(r))
		return
	}
	parent := r.code[:strings.LastIndexByte(r.code, '.')]
	root, _, _ := strings.Cut(r.code, ".")
	at, ok := t.drafts[root]
	if !ok || !t.codes[parent] {
		refuse("code", "parent_unknown", map[string]any{"code": r.code, "parent": parent})
		return
	}
	t.codes[r.code] = true
	d := &t.out.Drafts[at]
	d.Covers++
	d.Commitment.Milestones = append(d.Commitment.Milestones, t.milestone(r, parent))
}

func (t *canadaTracker) commitment(r canadaRecord) Draft {
	c := civic.Commitment{Title: r.title, Text: r.text, URL: r.url.In("en").Text}
	c.End = t.when(r)
	cells := append([]civic.Cell{{Column: "plan", Value: t.plan}}, r.cells...)
	if r.lead != "" {
		c.Parts = []civic.Part{{Role: civic.Lead, Name: r.lead}}
	}
	for _, p := range r.dueIn {
		cells = append(cells, civic.Cell{Column: "deadline." + p.Lang, Value: p.Text})
	}
	c.Sources = []civic.Source{{Edition: t.out.Edition, Row: r.row, Key: r.code, Cells: cells}}
	return Draft{Row: r.row, Covers: 1, Member: canada, Plan: t.planRef, Number: r.code, Commitment: c}
}

func (t *canadaTracker) milestone(r canadaRecord, parent string) civic.Milestone {
	m := civic.Milestone{Code: r.code, Kind: canadaLevels[r.level], Title: r.title, Text: r.text,
		Due: t.when(r), DueIn: r.dueIn, Lead: r.lead, URL: r.url, Cells: r.cells}
	if r.level == 2 {
		m.Parent = parent
	}
	return m
}

// when reads due_date. A field that is there and empty is a blank; an impossible
// date stays as words with a warning.
func (t *canadaTracker) when(r canadaRecord) civic.When {
	switch {
	case r.due == nil:
		return civic.When{}
	case strings.TrimSpace(*r.due) == "":
		return civic.When{Missing: &civic.Missing{Kind: civic.Blank}}
	}
	w, err := civic.NewDate(strings.TrimSpace(*r.due))
	if err != nil {
		t.out.Warnings = append(t.out.Warnings, Issue{Row: r.row, Column: "due_date", Code: "date_impossible",
			Args: map[string]any{"value": *r.due, "code": r.code}})
		return civic.When{Words: *r.due}
	}
	return w
}

func textHasNUL(texts ...civic.Text) bool {
	for _, t := range texts {
		for _, p := range t {
			if strings.ContainsRune(p.Text, 0) {
				return true
			}
		}
	}
	return false
}

// bilingual makes a text of its two languages; an empty one is left out.
func bilingual(en, fr string) civic.Text {
	var t civic.Text
	if strings.TrimSpace(en) != "" {
		t = append(t, civic.Phrase{Lang: "en", Text: en})
	}
	if strings.TrimSpace(fr) != "" {
		t = append(t, civic.Phrase{Lang: "fr", Text: fr})
	}
	return t
}
