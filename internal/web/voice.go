package web

import (
	"net/url"
	"slices"

	"avow/internal/civic"
	"avow/internal/privacy"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/testimony"
	"avow/internal/web/ui/components/value"
	"avow/internal/web/ui/pages"
)

// voicesOn is what citizens say of a report and how it is disputed, for the
// report's page.
func (c *call) voicesOn(report civic.ReportID) (pages.VoicesOn, error) {
	ctx := c.r.Context()
	page, err := c.site.App.Testimonies(ctx, report)
	if err != nil {
		return pages.VoicesOn{}, err
	}
	list, err := c.site.App.Disputes(ctx, report)
	if err != nil {
		return pages.VoicesOn{}, err
	}
	at := c.url("/work/reports/" + url.PathEscape(string(report)))
	w := words{c.p}
	v := pages.VoicesOn{NoDispute: c.p.T("voice.disputes.none"), Contest: testimony.Link{URL: at + "/dispute", Text: c.p.T("voice.dispute.title")}}
	v.Citizens = testimony.Citizens{Voice: c.p.T("commitment.progress.citizens"), Ask: testimony.Link{URL: at + "/testify", Text: c.p.T("voice.testify.title")}}
	if !page.Counts.Total.Hidden && page.Counts.Total.N == 0 {
		v.Citizens.Empty = c.p.T("voice.citizens.none")
	} else {
		v.Citizens.Table, v.Citizens.Note = w.testimonyTable(page.Counts, page.Channels)
	}
	v.Citizens.ToldBy = c.p.T("voice.citizens.words")
	for _, t := range page.Told {
		told := testimony.Told{Says: w.happened(t.Happened), Texts: phrase.All(t.Saw)}
		if t.Channel != "" {
			told.On = w.channel(t.Channel)
		}
		if t.Rule != "" {
			told = testimony.Told{Hidden: c.p.T("voice.hidden", "rule", c.p.Or("rule."+t.Rule, t.Rule))}
		}
		v.Citizens.Told = append(v.Citizens.Told, told)
	}
	for _, d := range list {
		v.Disputes = append(v.Disputes, c.disputeView(d))
	}
	return v, nil
}

// testimonyTable sets the numbers of a report in words; note says why some are hidden.
func (w words) testimonyTable(counts privacy.Table, channels []civic.Channel) (t testimony.Table, note string) {
	t.Caption, t.Heads = w.T("voice.table.caption"), []string{w.T("voice.table.said")}
	for _, c := range channels {
		t.Heads = append(t.Heads, w.channel(c))
	}
	t.Heads = append(t.Heads, w.T("voice.table.all"))
	cell := func(c privacy.Cell) value.Value {
		if c.Hidden {
			note = w.T("voice.table.hidden", "few", privacy.Few)
			return value.Value{Text: w.T("voice.table.few"), Missing: true}
		}
		return value.Value{Text: w.Number(c.N)}
	}
	line := func(head string, cells []privacy.Cell, sum privacy.Cell) {
		row := testimony.Row{Head: head}
		for _, c := range slices.Concat(cells, []privacy.Cell{sum}) {
			row.Cells = append(row.Cells, cell(c))
		}
		t.Rows = append(t.Rows, row)
	}
	line(w.happened(true), counts.Cells[0], counts.Rows[0])
	line(w.happened(false), counts.Cells[1], counts.Rows[1])
	line(w.T("voice.table.all"), counts.Columns, counts.Total)
	return t, note
}

func (w words) happened(yes bool) string {
	if yes {
		return w.T("voice.happened")
	}
	return w.T("voice.not_happened")
}

func (w words) channel(c civic.Channel) string { return w.Or("channel."+string(c), string(c)) }

// disputeView sets a dispute in words.
func (c *call) disputeView(d civic.Dispute) testimony.Dispute {
	w := words{c.p}
	v := testimony.Dispute{Raised: c.p.T("voice.dispute.raised", "role", w.accessRole(d.By), "date", c.p.CivilDate(d.On)), Claim: phrase.All(d.Claim)}
	if d.Answered != "" {
		v.Answered, v.Answer = c.p.T("voice.dispute.answered", "date", c.p.CivilDate(d.Answered)), phrase.All(d.Answer)
	}
	switch {
	case d.Settled != "":
		v.Settled, v.Outcome, v.Why = c.p.T("voice.dispute.settled", "date", c.p.CivilDate(d.Settled)), c.p.Or("outcome."+d.Outcome, d.Outcome), phrase.All(d.Why)
	case d.Answered == "":
		v.Waiting = c.p.T("voice.dispute.unanswered")
	default:
		v.Waiting = c.p.T("voice.dispute.open")
	}
	return v
}
