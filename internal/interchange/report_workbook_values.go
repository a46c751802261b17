package interchange

import (
	"slices"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/text"
)

// ReportFrom makes the report that a row says, on top of what is reported already
// (known, may be nil): a cell that shows what is reported leaves it as it is, its
// files and languages beyond the plan's too. steps are the rows of the commitment's
// milestones that are reported on with it.
func (b *FilledBook) ReportFrom(row FilledRow, of ReportRow, languages []string, said []SheetWords, steps []FilledRow, ofSteps []ReportRow) (civic.Report, []CellFault) {
	var r civic.Report
	if of.Now != nil {
		r = *of.Now
	}
	r.Commitment, r.Milestone = of.Commitment, of.Milestone
	p := parser{b: b, said: said, languages: languages}
	if b.Has("status") && !row.Broken("status") && !p.shows(row, of, "status") {
		r.Status, r.Words, r.NoStatus = p.status(row), "", nil
	}
	for _, field := range []struct {
		name string
		text *civic.Text
	}{{"done", &r.Done}, {"challenges", &r.Challenges}, {"next", &r.Next}} {
		*field.text = p.text(row, of, field.name, *field.text)
	}
	if b.Has("evidence") && !row.Broken("evidence") && !p.shows(row, of, "evidence") {
		r.Evidence = evidenceFrom(row.Cells["evidence"], languages, r.Evidence)
	}
	r.Steps = slices.Clone(r.Steps)
	if of.Milestone != "" {
		r.Steps = p.step(r.Steps, row, of, r.Status)
	}
	for i, s := range steps {
		r.Steps = p.step(r.Steps, s, ofSteps[i], p.stepStatus(s, ofSteps[i], r.Steps))
	}
	if len(r.Steps) == 0 {
		r.Steps = nil
	}
	return r, p.faults
}

type parser struct {
	b         *FilledBook
	said      []SheetWords
	languages []string
	faults    []CellFault
}

// shows reports whether a cell stands as the workbook showed it, in any language.
func (p *parser) shows(row FilledRow, of ReportRow, column string) bool {
	if of.Now == nil {
		return false
	}
	i := slices.IndexFunc(p.b.columns, func(c ReportColumn) bool { return c.Name == column })
	return slices.ContainsFunc(p.said, func(w SheetWords) bool { return of.Filled(p.b.columns[i], of.Now, w) == row.Cells[column] })
}

func (p *parser) status(row FilledRow) civic.SelfCompletion {
	cell := row.Cells["status"]
	status, ok := StatusFrom(cell, p.said)
	if !ok && cell != "" {
		f := p.b.At(row.Row, "status")
		f.Key = "sheet.fault.status"
		var words []string
		for _, s := range civic.SelfCompletions {
			words = append(words, StatusWord(s, p.words()))
		}
		f.Args = map[string]any{"value": quoted(cell, maxQuoted), "choices": strings.Join(words, ", ")}
		p.faults = append(p.faults, f)
	}
	return status
}

// words are those of the table's language.
func (p *parser) words() SheetWords {
	i := max(0, slices.IndexFunc(p.said, func(w SheetWords) bool { return w.Lang == p.b.Head.Lang }))
	return p.said[i]
}

// StatusFrom reads a status: a word of the scale in any of the languages, or its
// code ("not_started").
func StatusFrom(cell string, said []SheetWords) (civic.SelfCompletion, bool) {
	folded := text.Fold(cell)
	for _, s := range civic.SelfCompletions {
		if strings.EqualFold(cell, string(s)) || folded == text.Fold(strings.ReplaceAll(string(s), "_", " ")) {
			return s, true
		}
		for _, w := range said {
			if folded == text.Fold(StatusWord(s, w)) {
				return s, true
			}
		}
	}
	return "", false
}

// text takes the cells of one field; a language whose cell shows what is known
// keeps it, and so does one that the table has no column for.
func (p *parser) text(row FilledRow, of ReportRow, field string, known civic.Text) civic.Text {
	var out civic.Text
	for _, lang := range p.languages {
		name := field + "." + lang
		i := slices.IndexFunc(known, func(ph civic.Phrase) bool { return ph.Lang == lang })
		switch cell := row.Cells[name]; {
		case i >= 0 && (!p.b.Has(name) || row.Broken(name) || p.shows(row, of, name)):
			out = append(out, known[i])
		case cell != "":
			out = append(out, civic.Phrase{Lang: lang, Text: cell})
		}
	}
	for _, ph := range known {
		if !slices.Contains(p.languages, ph.Lang) {
			out = append(out, ph)
		}
	}
	return out
}

func (p *parser) stepStatus(row FilledRow, of ReportRow, known []civic.MilestoneState) civic.SelfCompletion {
	if !p.b.Has("status") || row.Broken("status") {
		for _, s := range known {
			if s.Milestone == of.Milestone {
				return s.Status
			}
		}
	}
	return p.status(row)
}

// step sets what the report says of a milestone.
func (p *parser) step(steps []civic.MilestoneState, row FilledRow, of ReportRow, status civic.SelfCompletion) []civic.MilestoneState {
	i := slices.IndexFunc(steps, func(s civic.MilestoneState) bool { return s.Milestone == of.Milestone })
	state := civic.MilestoneState{Milestone: of.Milestone}
	if i >= 0 {
		state = steps[i]
	}
	state.Status = status
	if p.b.Has("done_on") && !row.Broken("done_on") {
		state.DoneOn = dayFrom(row.Cells["done_on"])
	}
	empty := state.DoneOn == "" && (state.Status == "" || !of.Step)
	switch {
	case empty && i >= 0 && !of.Step && steps[i].DoneOn == "":
		steps[i] = state // it was there without a day
	case empty && i >= 0:
		steps = slices.Delete(steps, i, i+1)
	case empty:
	case i >= 0:
		steps[i] = state
	default:
		steps = append(steps, state)
	}
	return steps
}

// dayFrom takes the time of day away that some programs add; what is no day stays
// as it is, for the rules to refuse.
func dayFrom(cell string) string {
	if t, err := time.Parse(time.DateTime, cell); err == nil {
		return t.Format(time.DateOnly)
	}
	return cell
}

// evidenceFrom reads the lines of a cell: titles and an address with bars between,
// the titles in the order of the languages. A line that shows known evidence is it.
func evidenceFrom(cell string, languages []string, known []civic.Evidence) []civic.Evidence {
	var out []civic.Evidence
	for line := range strings.Lines(cell) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		if i := slices.IndexFunc(known, func(e civic.Evidence) bool { return tidyCell(EvidenceLine(e)) == line }); i >= 0 {
			out = append(out, known[i])
			continue
		}
		var e civic.Evidence
		var titles []string
		parts := strings.Split(line, "|")
		for i, part := range parts {
			part = strings.TrimSpace(part)
			switch {
			case part == "":
			case e.URL == "" && (i == len(parts)-1 && len(parts) > 1 || looksLikeAddress(part)):
				e.URL = part
			default:
				titles = append(titles, part)
			}
		}
		if n := len(languages); len(titles) > n && n > 0 {
			titles = append(titles[:n-1:n-1], strings.Join(titles[n-1:], " | "))
		}
		for i, t := range titles {
			lang := civic.Undetermined
			if i < len(languages) {
				lang = languages[i]
			}
			e.Title = append(e.Title, civic.Phrase{Lang: lang, Text: t})
		}
		out = append(out, e)
	}
	return out
}

func looksLikeAddress(s string) bool {
	return !strings.ContainsAny(s, " \t") && (strings.Contains(s, "://") || strings.HasPrefix(strings.ToLower(s), "www.") || strings.HasPrefix(strings.ToLower(s), "http"))
}

// EvidenceLineAt returns which line of a cell holds the Nth piece of evidence, both from their own first.
func EvidenceLineAt(cell string, n int) int {
	at := 0
	for line := range strings.Lines(cell) {
		at++
		if strings.TrimSpace(line) == "" {
			continue
		}
		if n--; n < 0 {
			return at
		}
	}
	return 0
}
