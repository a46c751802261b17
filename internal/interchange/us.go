package interchange

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// The United States publish their plan's tracker as one list of records: of
// commitments, and of sub-commitments that name their commitment's OGP ID. Not
// every commitment has a record of its own.

// usSite is where the tracker's addresses, which begin with "/", lead.
const usSite = "https://open.usa.gov"

var (
	unitedStates = MemberRef{Name: "United States", Code: "USA", Region: civic.Americas, Regime: civic.National}
	usPlanPath   = regexp.MustCompile(`^/national-action-plan/([1-9][0-9]?)/`)
	usSubID      = regexp.MustCompile(`^US[0-9]{4}\.[0-9]{1,3}$`)
	usBreak      = regexp.MustCompile(`(?i)\s*<br\s*/?>\s*`)
)

// usPeriods are the years of the plans whose tracker does not say them.
var usPeriods = map[string][2]int{"5": {2022, 2024}}

// usRecord is one record of the tracker; fields holds all its keys in order.
type usRecord struct {
	row    int
	fields []jsonEntry
	text   map[string]string // the string values
}

// ParseUS reads the tracker of a United States plan. A draft is a commitment; it
// covers its own record, if it has one, and those of its sub-commitments, which
// are its milestones. A commitment without a record of its own has no title: the
// file does not say it, and the warning "title_unknown" tells so.
func ParseUS(in Input) (Parsed, error) {
	data, err := readWhole(in, maxTracker)
	if err != nil {
		return Parsed{}, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err != nil && json.Valid(data) {
		return Parsed{}, fileError(civic.Invalid, "not_this_tracker", in.Name, nil)
	} else if err != nil {
		return Parsed{}, jsonProblem(in.Name, data, err)
	}
	if len(list) == 0 {
		return Parsed{}, fileError(civic.Invalid, "no_records", in.Name, nil)
	}
	t := usTracker{out: Parsed{Format: "us-nap", Records: len(list)}, drafts: map[string]int{}, subs: map[string]bool{}, own: map[string]bool{}}
	for i, raw := range list {
		t.take(i+1, raw)
	}
	if t.plan == "" {
		return Parsed{}, fileError(civic.Invalid, "us_plan_unknown", in.Name, nil)
	}
	t.finish()
	return t.out, nil
}

type usTracker struct {
	plan   string
	out    Parsed
	drafts map[string]int  // OGP ID: place in out.Drafts
	own    map[string]bool // OGP IDs with a record of their own
	subs   map[string]bool // IDs of sub-commitments so far
}

func (t *usTracker) take(row int, raw json.RawMessage) {
	refuse := func(column, code string, args map[string]any) {
		t.out.Refused = append(t.out.Refused, Issue{Row: row, Column: column, Code: code, Args: args})
	}
	fields, twice, err := jsonObject(raw)
	if err != nil {
		refuse("", "record_no_object", map[string]any{"code": row})
		return
	}
	r := usRecord{row: row, fields: fields, text: map[string]string{}}
	for _, f := range fields {
		var s string
		if jsonString(f.raw, &s) {
			r.text[f.key] = s
		}
		if hasNUL(jsonCells(f.key, f.raw)) {
			refuse(f.key, "nul_character", nil)
			return
		}
	}
	id, ok := civic.ParseOGPID(r.text["commitment_id"])
	sub, isSub := r.text["commitment_detail_sub_id"]
	path := usPlanPath.FindStringSubmatch(r.text["permalink"])
	switch {
	case twice != "":
		refuse(twice, "key_twice_record", map[string]any{"code": id, "key": twice})
		return
	case !ok || !strings.HasPrefix(id, "US"):
		refuse("commitment_id", "ogp_id_form", map[string]any{"value": r.text["commitment_id"]})
		return
	case path == nil:
		refuse("permalink", "us_permalink", map[string]any{"value": r.text["permalink"]})
		return
	case t.plan != "" && path[1] != t.plan:
		refuse("permalink", "other_plan", map[string]any{"plan": path[1], "first": t.plan})
		return
	case isSub && (!usSubID.MatchString(sub) || sub[:6] != id):
		refuse("commitment_detail_sub_id", "sub_id_form", map[string]any{"value": sub, "id": id})
		return
	case isSub && t.subs[sub], !isSub && t.own[id]:
		refuse("commitment_id", "code_twice", map[string]any{"code": cmp.Or(sub, id)})
		return
	case strings.TrimSpace(r.text["title"]) == "":
		refuse("title", "title_missing", map[string]any{"code": cmp.Or(sub, id)})
		return
	}
	t.plan = path[1]
	d := t.draft(id, row)
	d.Covers++
	if isSub {
		t.subs[sub] = true
		t.addSub(&d.Commitment, sub, r)
		t.addReports(id, sub, r)
		return
	}
	t.own[id] = true
	t.fill(d, id, r)
}

// draft returns the draft of a commitment, a new one when this is its first record.
func (t *usTracker) draft(id string, row int) *Draft {
	at, ok := t.drafts[id]
	if !ok {
		at = len(t.out.Drafts)
		t.drafts[id] = at
		t.out.Drafts = append(t.out.Drafts, Draft{Row: row, Member: unitedStates,
			Commitment: civic.Commitment{OGPID: id, Sources: []civic.Source{{Row: row, Key: id}}}})
	}
	return &t.out.Drafts[at]
}

// fill takes a commitment's own record.
func (t *usTracker) fill(d *Draft, id string, r usRecord) {
	c := &d.Commitment
	d.Row, c.Sources[0].Row = r.row, r.row
	c.Title = english(r.text["title"])
	c.Text = english(r.text["commitment_detail_sub"])
	c.Theme = english(r.text["commitment_theme_name"])
	c.URL = usAddress(r.text["permalink"])
	c.Sources[0].Cells = r.cells("title", "commitment_id", "commitment_theme_name", "commitment_detail_sub")
}

// addSub takes a sub-commitment as a milestone. Theme and address of the
// commitment are taken from it as long as nothing else gives them.
func (t *usTracker) addSub(c *civic.Commitment, sub string, r usRecord) {
	m := civic.Milestone{Code: sub, Kind: "milestone", Title: english(r.text["title"]),
		Lead: usBreak.ReplaceAllString(strings.TrimSpace(r.text["commitment_agency"]), "; "), URL: english(usAddress(r.text["permalink"]))}
	known := []string{"title", "commitment_id", "commitment_theme_name", "commitment_detail_sub_id"}
	if detail := r.text["commitment_detail_sub"]; detail == r.text["title"] {
		known = append(known, "commitment_detail_sub")
	} else if m.Text = english(detail); m.Text != nil {
		known = append(known, "commitment_detail_sub")
	}
	if m.Lead == r.text["commitment_agency"] {
		known = append(known, "commitment_agency")
	}
	m.Cells = r.cells(known...)
	c.Milestones = append(c.Milestones, m)
	theme := r.text["commitment_theme_name"]
	switch c.Theme.String() {
	case "":
		c.Theme = english(theme)
	case theme:
	default:
		m := &c.Milestones[len(c.Milestones)-1]
		m.Cells = append(m.Cells, civic.Cell{Column: "commitment_theme_name", Value: theme})
	}
	if c.URL == "" {
		c.URL = usAddress(r.text["c_permalink"])
	}
}

// finish sets what needs all records and puts the drafts in the order of their
// OGP IDs, their milestones in that of their numbers.
func (t *usTracker) finish() {
	t.out.Edition = civic.Edition("us-nap" + t.plan)
	plan := PlanRef{Number: t.plan, Regime: civic.National}
	if years, ok := usPeriods[t.plan]; ok {
		plan.Start, plan.End = civic.When{Date: strconv.Itoa(years[0])}, civic.When{Date: strconv.Itoa(years[1])}
		plan.EndYear, plan.Length = years[1], years[1]-years[0]
		plan.Title = civic.Text{{Lang: "en", Text: "National Action Plan " + strconv.Itoa(years[0]) + "-" + strconv.Itoa(years[1])}}
	}
	for i := range t.out.Reports {
		t.out.Reports[i].Plan, t.out.Reports[i].Report.Edition = plan, t.out.Edition
	}
	for i := range t.out.Drafts {
		d := &t.out.Drafts[i]
		d.Plan = plan
		d.Commitment.Sources[0].Edition = t.out.Edition
		slices.SortStableFunc(d.Commitment.Milestones, func(a, b civic.Milestone) int {
			return cmp.Or(cmp.Compare(len(a.Code), len(b.Code)), strings.Compare(a.Code, b.Code))
		})
		if len(d.Commitment.Title) == 0 {
			t.out.Warnings = append(t.out.Warnings, Issue{Row: d.Row, Column: "title", Code: "title_unknown", Args: map[string]any{"id": d.Commitment.OGPID}})
		}
	}
	slices.SortStableFunc(t.out.Drafts, func(a, b Draft) int { return strings.Compare(a.Commitment.OGPID, b.Commitment.OGPID) })
}

// cells gives every field that is not among the known ones as it stands.
func (r usRecord) cells(known ...string) []civic.Cell {
	var out []civic.Cell
	for _, f := range r.fields {
		if _, isText := r.text[f.key]; !isText || !slices.Contains(known, f.key) {
			out = append(out, jsonCells(f.key, f.raw)...)
		}
	}
	return out
}

func usAddress(path string) string {
	if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") {
		return usSite + path
	}
	return ""
}

// english makes a text of a tracker that is written in English alone.
func english(s string) civic.Text {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return civic.Text{{Lang: "en", Text: s}}
}
