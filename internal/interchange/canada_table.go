package interchange

import (
	"slices"
	"strings"

	"avow/internal/civic"
)

// canadaColumns are the columns of the tracker's table: the first five are
// needed, each at most once; any other column is kept as a cell.
var canadaColumns = []string{"plan", "kind", "code", "en", "fr", "due_date", "deadline_en", "deadline_fr", "lead_dept"}

const canadaNeeded = 5

func parseCanadaTable(in Input) (Parsed, error) {
	table, err := ReadTable(in, TableOptions{})
	if err != nil {
		return Parsed{}, err
	}
	defer table.Close()
	at, others, err := placeColumns(in.Name, table.Header[0], canadaColumns, canadaNeeded)
	if err != nil {
		return Parsed{}, err
	}
	var t *canadaTracker
	for row, err := range table.Rows() {
		if err != nil {
			return Parsed{}, err
		}
		cell := func(column string) string {
			if i, ok := at[column]; ok && i < len(row.Cells) {
				return row.Cells[i]
			}
			return ""
		}
		plan := strings.TrimSpace(cell("plan"))
		if t == nil && row.Problem == nil {
			if t, err = newCanadaTracker(in.Name, plan); err != nil {
				return Parsed{}, err
			}
		}
		if t == nil { // the very first record is broken: nothing says which plan this is
			return Parsed{}, fileError(civic.Invalid, row.Problem.Code, in.Name, row.Problem.Args)
		}
		r := canadaRecord{row: row.Number, code: strings.TrimSpace(cell("code")), broken: row.Problem,
			title: bilingual(cell("en"), cell("fr")), dueIn: bilingual(cell("deadline_en"), cell("deadline_fr")), lead: cell("lead_dept")}
		r.level = slices.Index(canadaLevels, strings.TrimSpace(cell("kind")))
		switch {
		case r.broken != nil:
		case plan != t.plan:
			r.broken = &Issue{Row: row.Number, Column: "plan", Code: "other_plan", Args: map[string]any{"plan": plan, "first": t.plan}}
		case r.level < 0:
			r.broken = &Issue{Row: row.Number, Column: "kind", Code: "value_unknown",
				Args: map[string]any{"value": cell("kind"), "known": strings.Join(canadaLevels, ", ")}}
		}
		if due := cell("due_date"); due != "" { // a table has a cell where the record has no date: empty says nothing
			r.due = &due
		}
		if r.broken == nil {
			for _, i := range others {
				if row.Cells[i] != "" {
					r.cells = append(r.cells, civic.Cell{Column: table.Header[0][i], Value: row.Cells[i]})
				}
			}
		}
		t.take(r)
	}
	if t == nil {
		return Parsed{}, fileError(civic.Invalid, "no_records", in.Name, nil)
	}
	t.out.Warnings = append(t.out.Warnings, table.Warnings...)
	return t.out, nil
}

// placeColumns finds the known columns of a header; the first needed ones must be
// there, none of the known ones twice. others are the places of all further
// columns with a name.
func placeColumns(file string, header, known []string, needed int) (at map[string]int, others []int, err error) {
	at = map[string]int{}
	for i, raw := range header {
		name := strings.TrimSpace(raw)
		if !slices.Contains(known, name) {
			if name != "" {
				others = append(others, i)
			}
			continue
		}
		if _, twice := at[name]; twice {
			return nil, nil, fileError(civic.Invalid, "column_twice", file, map[string]any{"column": name})
		}
		at[name] = i
	}
	for _, name := range known[:needed] {
		if _, ok := at[name]; !ok {
			return nil, nil, fileError(civic.Invalid, "column_missing", file, map[string]any{"column": name, "found": strings.Join(header, ", ")})
		}
	}
	return at, others, nil
}
