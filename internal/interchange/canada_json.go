package interchange

import (
	"encoding/json"
	"strings"

	"avow/internal/civic"
)

// canadaSections hold the records; canadaOther describe the published progress
// table and hold no commitment.
var (
	canadaSections = map[string]int{"commitments": 0, "milestones": 1, "indicators": 2}
	canadaOther    = map[string]bool{"plan": true, "title": true, "fields": true, "status": true, "example_record": true, "primary_key": true}
)

func parseCanadaJSON(in Input) (Parsed, error) {
	data, err := readWhole(in, maxTracker)
	if err != nil {
		return Parsed{}, err
	}
	if !json.Valid(data) {
		var any json.RawMessage
		return Parsed{}, jsonProblem(in.Name, data, json.Unmarshal(data, &any))
	}
	top, twice, err := jsonObject(data)
	if err != nil {
		return Parsed{}, jsonProblem(in.Name, data, err)
	}
	if twice != "" {
		return Parsed{}, fileError(civic.Invalid, "key_twice", in.Name, map[string]any{"key": twice})
	}
	sections := make([][]jsonEntry, 3)
	found := make([]bool, 3)
	var plan string
	var unknown []Issue
	for _, e := range top {
		level, isSection := canadaSections[e.key]
		switch {
		case isSection:
			found[level] = true
			if sections[level], _, err = jsonObject(e.raw); err != nil {
				return Parsed{}, fileError(civic.Invalid, "needs_object", in.Name, map[string]any{"key": e.key})
			}
		case e.key == "plan":
			_ = json.Unmarshal(e.raw, &plan) // a plan that is no string is refused by its form below
		case !canadaOther[e.key]:
			unknown = append(unknown, Issue{Column: e.key, Code: "key_ignored", Args: map[string]any{"key": e.key}})
		}
	}
	for level, kind := range canadaLevels {
		if key := kind + "s"; !found[level] {
			return Parsed{}, fileError(civic.Invalid, "key_missing", in.Name, map[string]any{"key": key})
		}
	}
	t, err := newCanadaTracker(in.Name, plan)
	if err != nil {
		return Parsed{}, err
	}
	t.out.Warnings = unknown
	row := 0
	for level, entries := range sections {
		for _, e := range entries {
			row++
			t.take(canadaFromJSON(row, level, e))
		}
	}
	return t.out, nil
}

func canadaFromJSON(row, level int, e jsonEntry) canadaRecord {
	r := canadaRecord{row: row, level: level, code: e.key}
	fields, twice, err := jsonObject(e.raw)
	if err != nil {
		r.broken = &Issue{Row: row, Column: e.key, Code: "record_no_object", Args: map[string]any{"code": e.key}}
		return r
	}
	if twice != "" {
		r.broken = &Issue{Row: row, Column: twice, Code: "key_twice_record", Args: map[string]any{"code": e.key, "key": twice}}
		return r
	}
	var en, fr string
	for _, f := range fields {
		taken := false
		switch f.key {
		case "en":
			taken = jsonString(f.raw, &en)
		case "fr":
			taken = jsonString(f.raw, &fr)
		case "due_date":
			var due string
			if taken = jsonString(f.raw, &due); taken {
				r.due = &due
			}
		case "lead_dept":
			taken = jsonString(f.raw, &r.lead)
		case "full_text":
			taken = jsonBilingual(f.raw, &r.text)
		case "deadline":
			taken = jsonBilingual(f.raw, &r.dueIn)
		case "NAP_url":
			if jsonBilingual(f.raw, &r.url) {
				for i, p := range r.url {
					if strings.HasPrefix(p.Text, "/") {
						r.url[i].Text = canadaSite + p.Text
					}
				}
			}
		}
		if !taken {
			r.cells = append(r.cells, jsonCells(f.key, f.raw)...)
		}
	}
	r.title = bilingual(en, fr)
	return r
}

// jsonBilingual reads {"en": …, "fr": …} and reports whether it is exactly that,
// with something in it.
func jsonBilingual(raw json.RawMessage, to *civic.Text) bool {
	entries, twice, err := jsonObject(raw)
	if err != nil || twice != "" {
		return false
	}
	var en, fr string
	for _, e := range entries {
		switch {
		case e.key == "en" && jsonString(e.raw, &en):
		case e.key == "fr" && jsonString(e.raw, &fr):
		default:
			return false
		}
	}
	*to = bilingual(en, fr)
	return len(*to) > 0
}
