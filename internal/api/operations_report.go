package api

import (
	"context"
	"io"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/danielgtaylor/huma/v2"
)

// ByReportID names a report in an address.
type ByReportID struct {
	ID string `path:"id" maxLength:"200" doc:"ID of the report" example:"01jreport0000000000000000a"`
}

// ReportText is what a report says.
type ReportText struct {
	Institution string           `json:"institution,omitempty" required:"false" maxLength:"100" doc:"ID of the institution that reports; when left out, the one that the token's account reports for"`
	Status      string           `json:"status" maxLength:"50" doc:"not_started, limited, substantial or completed"`
	Done        []Phrase         `json:"done,omitempty" required:"false" maxItems:"50" doc:"What was done, in every language of the plan"`
	Challenges  []Phrase         `json:"challenges,omitempty" required:"false" maxItems:"50" doc:"Required when not started or limited"`
	Next        []Phrase         `json:"next,omitempty" required:"false" maxItems:"50"`
	Evidence    []Evidence       `json:"evidence,omitempty" required:"false" maxItems:"100"`
	Milestones  []MilestoneState `json:"milestones,omitempty" required:"false" maxItems:"500"`
}

type newReport struct {
	Ref  string `path:"ref" maxLength:"200" doc:"OGP ID of the commitment, or ours" example:"LT0031"`
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Plan      string `json:"plan" maxLength:"200" doc:"Slug of the plan" example:"lithuania-5"`
		Period    string `json:"period" maxLength:"100" doc:"Key of the plan's period" example:"2026-1"`
		Milestone string `json:"milestone,omitempty" required:"false" maxLength:"100" doc:"Code of the indicator, where the commitment has any"`
		ReportText
	}
}

type correctedReport struct {
	ByReportID
	Matching
	Body ReportText
}

func (t ReportText) into(in app.ReportInput) app.ReportInput {
	in.Institution, in.Status = civic.InstitutionID(t.Institution), civic.SelfCompletion(t.Status)
	in.Done, in.Challenges, in.Next = textOf(t.Done), textOf(t.Challenges), textOf(t.Next)
	for _, e := range t.Evidence {
		one := civic.Evidence{Title: textOf(e.Title), URL: e.URL}
		if e.File != nil {
			one.File = &civic.File{SHA256: e.File.SHA256, Name: e.File.Name}
		}
		in.Evidence = append(in.Evidence, one)
	}
	for _, s := range t.Milestones {
		state := civic.MilestoneState{Milestone: civic.MilestoneID(s.Code), Status: civic.SelfCompletion(s.Status)}
		if s.DoneOn != nil {
			state.DoneOn = *s.DoneOn
		}
		in.Steps = append(in.Steps, state)
	}
	return in
}

func (a *API) mountReport() {
	mount(a, "list-reports", func(ctx context.Context, in *byRef) (*body[Page[Report]], error) {
		p, err := a.App.Commitment(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		views, err := a.App.ReportsOn(ctx, p.Dossier.Commitment)
		if err != nil {
			return nil, err
		}
		return answer(page(each(views, func(v app.ReportView) Report { return a.report(p.Ref, p.Dossier.Commitment, v) }))), nil
	})
	mount(a, "get-report", func(ctx context.Context, in *ByReportID) (*body[Report], error) {
		return a.oneReport(ctx, civic.ReportID(in.ID))
	})
	mount(a, "plan-progress", func(ctx context.Context, in *ByPlanRef) (*body[Progress], error) {
		p, err := a.App.Progress(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(progress(p)), nil
	})
	mount(a, "export-reports-csv", a.exportReports("csv"))
	mount(a, "export-reports-jsonl", a.exportReports("jsonl"))
	change(a, "report", func(ctx context.Context, who civic.Caller, in *newReport) (*body[Report], error) {
		id, err := a.App.SaveReport(ctx, who, in.Body.into(app.ReportInput{Plan: in.Body.Plan, Commitment: in.Ref, Period: in.Body.Period, Milestone: in.Body.Milestone}))
		if err != nil {
			return nil, err
		}
		return a.oneReport(ctx, id)
	})
	change(a, "correct-report", func(ctx context.Context, who civic.Caller, in *correctedReport) (*body[Report], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		id, err := a.App.SaveReport(ctx, who, in.Body.into(app.ReportInput{ID: civic.ReportID(in.ID), Version: version}))
		if err != nil {
			return nil, err
		}
		return a.oneReport(ctx, id)
	})
}

func (a *API) oneReport(ctx context.Context, id civic.ReportID) (*body[Report], error) {
	v, err := a.App.Report(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := a.App.Commitment(ctx, string(v.Commitment))
	if err != nil {
		return nil, err
	}
	return answer(a.report(p.Ref, p.Dossier.Commitment, v)), nil
}

type exportReportsIn struct {
	Plan       string `query:"plan" maxLength:"200" doc:"Slug of a plan"`
	Commitment string `query:"commitment" maxLength:"200" doc:"OGP ID of a commitment, or ours"`
}

// exportReports streams the reports that fit, as export does commitments.
func (a *API) exportReports(format string) func(context.Context, *exportReportsIn) (*exportOut, error) {
	media := rowOf("export-reports-"+format).Media + "; charset=utf-8"
	return func(_ context.Context, in *exportReportsIn) (*exportOut, error) {
		return &exportOut{`attachment; filename="reports.` + format + `"`, func(hc huma.Context) {
			a.streamed(hc, media, func(ctx context.Context, w io.Writer) error {
				return a.App.ExportReports(ctx, format, app.ReportFilter{Plan: in.Plan, Commitment: in.Commitment}, w)
			})
		}}, nil
	}
}
