package web

import (
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// spare is how many empty periods the form offers.
const spare = 2

// planPeriods asks for the reporting periods; the half years of the plan are suggested.
func (s *Site) planPeriods(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	return c.show(pages.AskPage(c.periodsForm(w, w.Periods, nil)))
}

func (c *call) periodsForm(w app.PlanWork, periods []civic.Period, faults []components.Fault) pages.Ask {
	a := c.ask(c.p.T("planwork.periods.edit"), faults)
	a.Trail = c.planTrail(w)
	a.Intro = c.p.T("planwork.periods.intro")
	if len(periods) == 0 && len(faults) == 0 {
		if periods = civic.SuggestPeriods(w.Start.Date, w.End.Date); len(periods) > 0 {
			a.Notes = append(a.Notes, c.p.T("planwork.periods.suggested"))
		}
	}
	var blocks []pages.AskBlock
	for i := range len(periods) + spare {
		n := civic.Period{}
		if i < len(periods) {
			n = periods[i]
		}
		at := "period." + strconv.Itoa(i) + "."
		head := c.p.T("planwork.period", "number", i+1)
		if w.Reported[n.Key] && n.Key != "" {
			head = c.p.T("unit.with_note", "text", head, "note", c.p.T("planwork.period.reported"))
		}
		key := components.Field{Name: at + "key", Label: c.p.T("planwork.period.key"), Hint: c.p.T("planwork.period.key.hint"), Value: n.Key, Fault: components.Of(faults, at+"key"), Max: 20}
		blocks = append(blocks, pages.AskBlock{Heading: head, Field: &key},
			c.dayBlock(at+"start", c.p.T("label.start"), n.Start, faults), c.dayBlock(at+"end", c.p.T("label.end"), n.End, faults), c.dayBlock(at+"due", c.p.T("planwork.period.last"), n.Due, faults))
	}
	a.Forms = []pages.AskForm{{Action: c.planURL(w.Slug, "/periods"), Button: c.p.T("planwork.save"), Hidden: [][2]string{{"count", strconv.Itoa(len(periods) + spare)}}, Blocks: blocks}}
	return a
}

func (s *Site) planPeriodsSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	var periods []civic.Period
	count, _ := strconv.Atoi(f.text("count"))
	for i := range min(max(count, 0), civic.MaxPeriods+spare) {
		at := "period." + strconv.Itoa(i) + "."
		n := civic.Period{Key: f.text(at + "key"), Start: f.text(at + "start"), End: f.text(at + "end"), Due: f.text(at + "due")}
		if n.Key+n.Start+n.End+n.Due == "" {
			continue
		}
		for _, old := range w.Periods {
			if old.Key == n.Key {
				n.Title = old.Title
			}
		}
		periods = append(periods, n)
	}
	err = s.App.SetPeriods(c.r.Context(), c.who, w.Plan.ID, periods, nil)
	if faults, ok := c.failed(err); ok {
		for i := range faults {
			if faults[i].Field == "periods" {
				faults[i].Field = ""
			}
		}
		return c.again(pages.AskPage(c.periodsForm(w, periods, faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.Slug + "?done=saved")
}
