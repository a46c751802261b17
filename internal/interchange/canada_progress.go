package interchange

import (
	"encoding/json"
	"regexp"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/text"
)

// Canada publishes the progress on a plan as a table of its own: one row for each
// indicator and reporting period. The plan's tracker describes its columns and
// their values under "fields".

// canadaProgress are the columns of the table; the first seven are needed. The
// table has no plan: it stands in a column "plan" or in the name of the file.
var canadaProgress = []string{"reporting_period", "commitments", "milestones", "indicators", "status", "progress_en", "progress_fr",
	"challenges_en", "challenges_fr", "evidence_en", "evidence_fr", "plan"}

const canadaProgressNeeded = 7

// canadaUnkept are columns about the filing and not about progress; the last one
// names an official.
var canadaUnkept = map[string]bool{"record_created": true, "record_modified": true, "user_modified": true, "owner_org": true, "owner_org_title": true}

var (
	canadaPlanIn = regexp.MustCompile(`nap[1-9][0-9]?-[0-9]{4}-[0-9]{4}`)
	canadaMonth  = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])$`)
)

// canadaStatuses are the codes of the table and what the tracker calls them.
var canadaStatuses = map[string]civic.SelfCompletion{
	"ns": civic.SelfNotStarted, "not started": civic.SelfNotStarted, "non commence": civic.SelfNotStarted,
	"lp": civic.SelfLimited, "limited progress": civic.SelfLimited, "progres limite": civic.SelfLimited,
	"sp": civic.SelfSubstantial, "substantial progress": civic.SelfSubstantial, "progres important": civic.SelfSubstantial,
	"c": civic.SelfCompleted, "complete": civic.SelfCompleted, "realise": civic.SelfCompleted,
}

// ParseCanadaProgress reads the table of progress of a Canadian plan. Each row is
// a report on an indicator in a period, in English and French.
func ParseCanadaProgress(in Input) (Parsed, error) {
	table, err := ReadTable(in, TableOptions{})
	if err != nil {
		return Parsed{}, err
	}
	defer table.Close()
	at, others, err := placeColumns(in.Name, table.Header[0], canadaProgress, canadaProgressNeeded)
	if err != nil {
		return Parsed{}, err
	}
	out := Parsed{Format: "canada-progress"}
	for _, i := range others {
		if heading := table.Header[0][i]; !canadaUnkept[strings.TrimSpace(heading)] {
			out.Warnings = append(out.Warnings, Issue{Column: heading, Code: "key_ignored", Args: map[string]any{"key": heading}})
		}
	}
	var plan *canadaTracker
	seen := map[string]bool{}
	for row, err := range table.Rows() {
		if err != nil {
			return Parsed{}, err
		}
		out.Records++
		if row.Problem != nil {
			out.Refused = append(out.Refused, *row.Problem)
			continue
		}
		r := canadaProgressRow{row: row, at: at, out: &out}
		name := r.cell("plan")
		if name == "" {
			name = canadaPlanIn.FindString(strings.ToLower(in.Name))
		}
		if plan == nil {
			if plan, err = newCanadaTracker(in.Name, name); err != nil {
				return Parsed{}, err
			}
			out.Edition = plan.out.Edition
		}
		if name != plan.plan {
			r.refuse("plan", "other_plan", map[string]any{"plan": name, "first": plan.plan})
			continue
		}
		r.take(plan, seen)
	}
	if plan == nil {
		return Parsed{}, fileError(civic.Invalid, "no_records", in.Name, nil)
	}
	return out, nil
}

type canadaProgressRow struct {
	row Row
	at  map[string]int
	out *Parsed
}

// cell is a cell without the white space around it.
func (r canadaProgressRow) cell(column string) string {
	if i, ok := r.at[column]; ok && i < len(r.row.Cells) {
		return tidyCell(r.row.Cells[i])
	}
	return ""
}

func (r canadaProgressRow) refuse(column, code string, args map[string]any) {
	r.out.Refused = append(r.out.Refused, Issue{Row: r.row.Number, Column: column, Code: code, Args: args})
}

func (r canadaProgressRow) warn(column, code string, args map[string]any) {
	r.out.Warnings = append(r.out.Warnings, Issue{Row: r.row.Number, Column: column, Code: code, Args: args})
}

func (r canadaProgressRow) take(plan *canadaTracker, seen map[string]bool) {
	period, code := r.cell("reporting_period"), r.cell("indicators")
	parts := strings.Split(code, ".")
	switch {
	case !canadaMonth.MatchString(period):
		r.refuse("reporting_period", "value_unknown", map[string]any{"value": period})
		return
	case !canadaCode.MatchString(code) || len(parts) != 3:
		r.refuse("indicators", "canada_code_form", map[string]any{"code": code, "kind": canadaLevels[2]})
		return
	case r.cell("commitments") != parts[0] || r.cell("milestones") != parts[0]+"."+parts[1]:
		r.refuse("indicators", "parent_other", map[string]any{"code": code, "parent": r.cell("milestones")})
		return
	case seen[period+" "+code]:
		r.refuse("indicators", "code_twice", map[string]any{"code": period + " " + code})
		return
	}
	for _, c := range r.row.Cells {
		if strings.ContainsRune(c, 0) {
			r.refuse("", "nul_character", nil)
			return
		}
	}
	seen[period+" "+code] = true
	report := civic.Report{Period: period, Dated: civic.When{Date: period}, Edition: r.out.Edition,
		Done: bilingual(r.cell("progress_en"), r.cell("progress_fr")), Challenges: bilingual(r.cell("challenges_en"), r.cell("challenges_fr"))}
	status := r.cell("status")
	switch known := canadaStatuses[text.Fold(status)]; {
	case known != "":
		report.Status = known
	case status == "":
		report.NoStatus = &civic.Missing{Kind: civic.Blank}
	default:
		report.Words = status
		r.warn("status", "status_unknown", map[string]any{"value": status})
	}
	report.Evidence = canadaEvidence(bilingual(r.cell("evidence_en"), r.cell("evidence_fr")), func(address string) {
		r.warn("evidence_en", "link_malformed", map[string]any{"value": address, "code": code})
	})
	r.out.Reports = append(r.out.Reports, ReportDraft{Row: r.row.Number, Member: canada, Plan: plan.planRef, Number: parts[0], Milestone: code, Report: report})
}

// canadaEvidence keeps the words as they are; their addresses follow, unless the
// words are nothing but one.
func canadaEvidence(words civic.Text, malformed func(string)) []civic.Evidence {
	if len(words) == 0 {
		return nil
	}
	var out []civic.Evidence
	alone := true
	for _, p := range words {
		_, links := plainText(p.Text)
		for _, e := range evidenceOf(links, canadaSite, p.Lang, malformed) {
			e.Title = nil
			if e.URL != "" && !hasAddress(out, e.URL) {
				out = append(out, e)
			}
		}
		alone = alone && len(links) == 1 && links[0].address == strings.TrimSpace(p.Text)
	}
	if alone && len(out) > 0 {
		return out
	}
	return append([]civic.Evidence{{Title: words}}, out...)
}

func hasAddress(list []civic.Evidence, address string) bool {
	for _, e := range list {
		if e.URL == address {
			return true
		}
	}
	return false
}

// CanadaPeriods reads the reporting periods of a Canadian plan from the choices
// of its tracker's "fields": each value names a month, and a report tells of the
// three months that end with it. The source gives no day by which it is due: that
// is the last day of the period.
func CanadaPeriods(in Input) ([]civic.Period, error) {
	data, err := readWhole(in, maxTracker)
	if err != nil {
		return nil, err
	}
	var tracker struct {
		Fields []struct {
			ID      string          `json:"datastore_id"`
			Choices json.RawMessage `json:"choices"`
		} `json:"fields"`
	}
	if err := json.Unmarshal(data, &tracker); err != nil {
		return nil, jsonProblem(in.Name, data, err)
	}
	var out []civic.Period
	for _, f := range tracker.Fields {
		if f.ID != "reporting_period" {
			continue
		}
		choices, _, err := jsonObject(f.Choices)
		if err != nil {
			break
		}
		for _, c := range choices {
			if p, ok := CanadaPeriod(c.key); ok {
				out = append(out, p)
			}
		}
	}
	if len(out) == 0 {
		return nil, fileError(civic.Invalid, "key_missing", in.Name, map[string]any{"key": "fields.reporting_period.choices"})
	}
	return out, nil
}

// CanadaPeriod is the period of a value of the table, "2022-03": the three months
// that end with March.
func CanadaPeriod(value string) (civic.Period, bool) {
	month, err := time.Parse("2006-01", value)
	if err != nil || !canadaMonth.MatchString(value) {
		return civic.Period{}, false
	}
	end := month.AddDate(0, 1, -1).Format(time.DateOnly)
	return civic.Period{Key: value, Start: month.AddDate(0, -2, 0).Format(time.DateOnly), End: end, Due: end}, true
}
