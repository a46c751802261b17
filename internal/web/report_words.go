package web

import (
	"cmp"
	"strings"

	"avow/internal/civic"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/pages"
)

// selfStatus is a value of the self-assessment scale in words.
func (w words) selfStatus(s civic.SelfCompletion) value.Value {
	return value.Value{Text: w.Or("report.status."+string(s), string(s))}
}

// reportStatus is what a report says: its status, its source's own word, or in
// which way it is missing.
func (w words) reportStatus(r civic.Report) value.Value {
	switch {
	case r.Status != "":
		return w.selfStatus(r.Status)
	case r.Words != "":
		return value.Value{Text: r.Words, Lang: cmp.Or(r.Done.Original().Lang, civic.Undetermined), Note: w.T("report.own_words")}
	case r.NoStatus != nil:
		return w.missing(*r.NoStatus)
	}
	return w.unknown()
}

// stands is a standing of a roll-up in words.
func (w words) stands(s civic.Standing) value.Value {
	switch s {
	case civic.StandsMissing, civic.StandsUnknown, civic.StandsOut:
		return value.Value{Text: w.T("report.stands." + string(s)), Missing: true}
	case civic.StandsOffScale:
		return value.Value{Text: w.T("report.stands.off_scale")}
	}
	return w.selfStatus(civic.SelfCompletion(s))
}

// state is what became of a report that was due. What did not come is drawn as missing.
func (w words) state(s civic.ExpectationState, days int) value.Value {
	v := value.Value{Text: w.T("report.state." + string(s))}
	switch s {
	case civic.ReportedLate:
		v.Text = w.N("report.late_by", days)
	case civic.ReportMissing:
		v.Text, v.Missing = w.N("report.missing_by", days), true
	case civic.NotYetOpen, civic.OpenToReport, civic.NotExpected:
		v.Missing = true
	}
	return v
}

// periodName is a period's title in the reader's language, else its key.
func (w words) periodName(p civic.Period) string {
	if t := p.Title.In(w.Code); t.Text != "" {
		return t.Text
	}
	return p.Key // a name that reads the same in every language
}

func (w words) periodDates(p civic.Period) string {
	if p.Start == "" || p.End == "" {
		return ""
	}
	return w.T("unit.range", "from", w.CivilDate(p.Start), "to", w.CivilDate(p.End))
}

// headed is a text under the heading of its field, in the reader's language alone
// or in all of its languages.
func (w words) headed(field string, t civic.Text, all bool) []pages.HeadedText {
	if t.Blank() {
		return nil
	}
	h := pages.HeadedText{Head: w.T("report.field." + field), Texts: phrase.All(t)}
	if !all {
		h.Texts = []phrase.Text{phrase.Of(t.In(w.Code))}
	}
	return []pages.HeadedText{h}
}

// evidence lists what shows what a report says: links that lead out, files kept here.
func (c *call) evidence(list []civic.Evidence) []pages.Evidence {
	var out []pages.Evidence
	for _, e := range list {
		line := pages.Evidence{}
		title := e.Title.In(c.p.Code)
		switch {
		case e.File != nil:
			link := c.fileLink(*e.File)
			line.URL, line.Note = link.URL, link.Count
			line.Text = phrase.Text{Lang: civic.Undetermined, Dir: "auto", Text: e.File.Name}
		case civic.WebAddress(e.URL):
			line.URL = e.URL
			line.Text = phrase.Text{Lang: civic.Undetermined, Dir: "ltr", Text: e.URL}
		default:
			line.Text = phrase.Text{Lang: civic.Undetermined, Dir: "ltr", Text: e.URL}
		}
		if strings.TrimSpace(title.Text) != "" {
			line.Text = phrase.Of(title)
		}
		out = append(out, line)
	}
	return out
}
