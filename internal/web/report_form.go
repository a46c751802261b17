package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// reportForm is one step of writing a report on its way to the page.
type reportForm struct {
	*call
	d      app.ReportDraft
	step   string
	langs  []string
	faults []components.Fault
}

// wholeUnit stands in addresses for a report that is on no indicator.
const wholeUnit = app.WholeCommitment

// reportFormSteps are the steps of every report.
var reportFormSteps = []string{"progress", "obstacles", "evidence", "check"}

// steps of writing this report. Milestones are asked for where there are any and
// the report is on the whole commitment.
func (f *reportForm) steps() []string {
	if f.d.Unit.ID == "" && len(f.d.Commitment.Milestones) > 0 {
		return slices.Insert(slices.Clone(reportFormSteps), 2, "milestones")
	}
	return reportFormSteps
}

// reportForm reads what is being written at the present address.
func (c *call) reportForm() (*reportForm, error) {
	d, err := c.site.App.DraftReport(c.r.Context(), c.who, c.r.PathValue("plan"), c.r.PathValue("period"), c.r.PathValue("commitment"), c.r.PathValue("unit"))
	if err != nil {
		return nil, err
	}
	f := &reportForm{call: c, d: d, step: c.r.PathValue("step"), langs: d.Plan.Languages}
	if !slices.Contains(f.steps(), f.step) {
		return nil, notFound()
	}
	if len(f.langs) == 0 {
		f.langs = []string{c.p.Code}
		for _, p := range d.Input.Done {
			if p.Lang != c.p.Code {
				f.langs = []string{p.Lang}
			}
		}
	}
	return f, nil
}

// workReport shows a step of writing a report.
func (s *Site) workReport(c *call) error {
	f, err := c.reportForm()
	if err != nil {
		return err
	}
	return c.show(pages.ReportFormPage(f.page()))
}

// keepReport keeps what was written in a step and goes on to the next; the last
// one sends the report.
func (s *Site) keepReport(c *call) error {
	f, err := c.reportForm()
	if err != nil {
		return err
	}
	sent, err := c.form()
	if err != nil {
		return err
	}
	ctx := c.r.Context()
	if sent.has("drop") {
		if err := s.App.DropReportDraft(ctx, f.d); err != nil {
			return err
		}
		return c.goOn("/work/reports?done=dropped")
	}
	if f.step == "check" {
		return f.send(sent)
	}
	wrong, err := f.read(sent)
	if err != nil {
		return err
	}
	if err := s.App.KeepReportDraft(ctx, c.who, f.d); err != nil {
		return err
	}
	if wrong == nil {
		wrong = s.App.CheckReportDraft(ctx, c.who, f.d)
	}
	if faults, ok := c.faults(wrong); ok {
		f.faults = f.ofStep(faults)
	}
	if len(f.faults) > 0 {
		return c.again(pages.ReportFormPage(f.page()))
	}
	steps := f.steps()
	next := steps[slices.Index(steps, f.step)+1]
	if sent.has("more") {
		next = f.step
	}
	return c.goOn(f.path(next) + "?done=kept")
}

// send files the report, or shows what is in its way.
func (f *reportForm) send(sent *sent) error {
	ctx := f.r.Context()
	if over, err := strconv.Atoi(sent.text("over")); err == nil {
		f.d.Input.ID, f.d.Input.Version = f.d.Existing.ID, over
		if err := f.site.App.KeepReportDraft(ctx, f.who, f.d); err != nil {
			return err
		}
	}
	_, err := f.site.App.SendReportDraft(ctx, f.who, f.d)
	if err == nil {
		return f.goOn("/work/reports?done=sent")
	}
	if faults, ok := f.call.faults(err); ok {
		f.faults = f.ofStep(faults)
		return f.again(pages.ReportFormPage(f.page()))
	}
	if civic.KindOf(err) != civic.Conflict {
		return err
	}
	// Somebody filed or corrected it meanwhile: both stand side by side.
	now, again := f.site.App.DraftReport(ctx, f.who, f.d.Plan.Slug, f.d.Period.Key, f.d.Ref, f.d.UnitRef())
	if again != nil || now.Existing.ID == "" {
		return err
	}
	p := f.page()
	p.Faults = []components.Fault{{Text: f.p.T("report.moved", "version", now.Version)}}
	theirs := *f
	theirs.d = now
	theirs.d.Input = app.ReportInput{Status: now.Existing.Status, Done: now.Existing.Done, Challenges: now.Existing.Challenges, Next: now.Existing.Next,
		Evidence: now.Existing.Evidence, Steps: now.Existing.Steps}
	p.Other = theirs.answers(false)
	p.Over, p.Button, p.Drop = strconv.Itoa(now.Version), f.p.T("work.reports.replace"), f.p.T("work.reports.keep_theirs")
	return f.call.send(http.StatusConflict, pages.ReportFormPage(p))
}

func (f *reportForm) path(step string) string {
	return reportPath(f.d.Plan.Slug, f.d.Period.Key, f.d.Ref, f.d.UnitRef(), step)
}

// page is the present step.
func (f *reportForm) page() pages.ReportForm {
	w := words{f.p}
	title := f.p.T("work.step." + f.step)
	if len(f.faults) > 0 {
		title = f.p.T("form.error", "title", title)
	}
	out := pages.ReportForm{
		Page:    f.layout("", title),
		Trail:   []pages.Link{{URL: f.url("/work/reports"), Text: f.p.T("work.reports.title")}},
		Heading: f.p.T("report.heading", "period", w.periodName(f.d.Period)), Title: w.title(f.d.Commitment),
		Faults: f.faults, Action: f.url(f.path(f.step)), Files: f.step == "evidence", Button: f.p.T("work.reports.next"),
	}
	if f.query("done") == "kept" {
		out.Saved = f.p.T("work.reports.kept")
	}
	if f.d.Unit.ID != "" {
		out.Unit = &pages.ReportUnit{Code: f.d.Unit.Name(), Title: phrase.Of(f.d.Unit.Title.In(f.p.Code))}
	}
	for _, step := range f.steps() {
		out.Steps = append(out.Steps, pages.Link{URL: f.url(f.path(step)), Text: f.p.T("work.step." + step), Current: step == f.step})
	}
	switch f.step {
	case "progress":
		out.Parts = f.askProgress()
	case "obstacles":
		out.Parts = []pages.FormPart{{Fields: append(f.askText("challenges", f.d.Input.Challenges), f.askText("next", f.d.Input.Next)...)}}
	case "milestones":
		out.Parts = f.askMilestones()
	case "evidence":
		out.Parts = f.askEvidence()
	case "check":
		out.Parts = f.answers(true)
		out.Before, out.Button = f.p.T("work.reports.before"), f.p.T("work.reports.send")
		if f.d.Kept {
			out.Drop = f.p.T("work.reports.drop")
		}
	}
	return out
}

// reportAsks says which fields a step asks for.
var reportAsks = map[string][]string{"progress": {"status", "done"}, "obstacles": {"challenges", "next"}, "evidence": {"evidence", "file"}, "milestones": {"milestones"}}

// ofStep leaves those faults that a person can mend on the present step. A text
// that is missing altogether is asked for in its first language.
func (f *reportForm) ofStep(all []components.Fault) []components.Fault {
	belongs := slices.Clone(reportAsks[f.step])
	if f.step == "progress" && f.d.Unit.ID != "" {
		belongs = append(belongs, "milestones")
	}
	var out []components.Fault
	for _, fault := range all {
		first, _, _ := strings.Cut(fault.Field, ".")
		switch {
		case f.step == "check":
			fault = f.toStep(fault)
		case !slices.Contains(belongs, first):
			continue
		case fault.Field == "done" || fault.Field == "challenges" || fault.Field == "next" || strings.HasSuffix(fault.Field, ".title"):
			fault.Field += "." + f.langs[0]
		case fault.Field == "evidence":
			fault.Field = "evidence.0.url"
		}
		out = append(out, fault)
	}
	return out
}

// toStep says at which question a fault is, for the page that has no fields.
func (f *reportForm) toStep(fault components.Fault) components.Fault {
	first, rest, _ := strings.Cut(fault.Field, ".")
	label := f.p.Or("report.field."+first, f.p.Or("label."+first, ""))
	if first == "milestones" {
		rest, _, _ = strings.Cut(rest, ".status")
		rest, _, _ = strings.Cut(rest, ".done_on")
		if m, ok := f.d.Commitment.MilestoneBy(rest); ok {
			rest = layout.Cut(phrase.Flat(m.Title.In(f.p.Code).Text), 60)
		}
		label = f.p.T("unit.with_note", "text", f.p.T("label.milestones"), "note", rest)
	}
	if label != "" {
		fault.Text = f.p.T("unit.labelled", "label", label, "value", fault.Text)
	}
	for _, step := range f.steps() {
		asks := slices.Contains(reportAsks[step], first) || step == "progress" && f.d.Unit.ID != "" && first == "milestones"
		if asks && fault.URL == "" {
			fault.URL = f.url(f.path(step)) + "#" + fault.Field
			if first == fault.Field && (first == "done" || first == "challenges" || first == "next") {
				fault.URL += "." + f.langs[0]
			}
		}
	}
	fault.Field = ""
	return fault
}
