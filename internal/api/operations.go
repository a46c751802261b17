package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"avow/internal/app"
	"avow/internal/civic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// body is an answer with a JSON body.
type body[T any] struct {
	Link string `header:"Link"`
	Body T
}

func answer[T any](b T) *body[T] { return &body[T]{Body: b} }

type none struct{}

type byRef struct {
	Ref string `path:"ref" maxLength:"200" doc:"ID, code or slug, in any case" example:"LT0031"`
}

// ByMemberRef names a member in an address. It is exported because huma fills in no
// embedded struct that is not.
type ByMemberRef struct {
	Ref string `path:"ref" maxLength:"200" doc:"The table's code, our slug or our ID, in any case" example:"LTU"`
}

// ByPlanRef names a plan in an address.
type ByPlanRef struct {
	Ref string `path:"ref" maxLength:"200" doc:"Our slug or ID, or the source's ID" example:"lithuania-5"`
}

type bySlug struct {
	Slug string `path:"slug" maxLength:"200" example:"public-participation"`
}

// Filter is what selects commitments, alike for lists, counts and exports.
type Filter struct {
	Q          string `query:"q" maxLength:"1000" doc:"Words that the title or text must hold, in any script" example:"open"`
	Member     string `query:"member" maxLength:"200" doc:"The table's code or our slug" example:"LTU"`
	Region     string `query:"region" enum:"africa-middle-east,americas,asia-pacific,europe" example:"europe"`
	Tag        string `query:"tag" maxLength:"200" doc:"Slug of a tag"`
	Facet      string `query:"facet" maxLength:"100" doc:"A facet of digital government" example:"open_data"`
	Scope      string `query:"scope" enum:"in,both,out,unknown" doc:"What the scope rule of open digital says"`
	Year       int    `query:"year" minimum:"2000" maximum:"2100" doc:"Year of submission of the plan"`
	Completion string `query:"completion" maxLength:"100" doc:"Completion in the latest assessment: a value of the scale or a kind of missing"`
	Lang       string `query:"lang" maxLength:"35" doc:"Language of the text, BCP 47" example:"en"`
	Plan       string `query:"plan" maxLength:"200" doc:"Slug of a plan"`
}

func (f Filter) commitments() app.CommitmentFilter {
	return app.CommitmentFilter{Q: f.Q, Member: f.Member, Region: f.Region, Tag: f.Tag, Facet: f.Facet, Scope: f.Scope, Year: f.Year,
		Completion: f.Completion, Lang: f.Lang, Plan: f.Plan}
}

func (f Filter) values() url.Values {
	v := url.Values{}
	for name, s := range map[string]string{"q": f.Q, "member": f.Member, "region": f.Region, "tag": f.Tag, "facet": f.Facet, "scope": f.Scope,
		"completion": f.Completion, "lang": f.Lang, "plan": f.Plan} {
		if s != "" {
			v.Set(name, s)
		}
	}
	if f.Year != 0 {
		v.Set("year", itoa(f.Year))
	}
	return v
}

type commitmentsIn struct {
	Filter
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"20" doc:"Items on a page" example:"20"`
	Cursor string `query:"cursor" maxLength:"2048" doc:"The next of the page before"`
}

type facetsIn struct{ Filter }

// description is this API's own description; its form is OpenAPI's, not ours.
type description struct {
	Body json.RawMessage
}

func (a *API) mountAll() {
	a.mountReading()
	a.mountAccount()
	a.mountGrant()
	a.mountPlan()
	a.mountReport()
	a.mountSheet()
	a.mountVoice()
	a.mountStudy()
	a.mountTags()
	a.mountScope()
	a.mountHistory()
	a.mountResponsibility()
	a.mountRepository()
	a.mountFollow()
}

func (a *API) mountReading() {
	mount(a, "description", func(context.Context, *none) (*description, error) {
		return &description{a.description}, nil
	})
	mount(a, "overview", a.overview)
	mount(a, "list-commitments", a.commitments)
	mount(a, "get-commitment", func(ctx context.Context, in *byRef) (*body[CommitmentDetail], error) {
		p, err := a.App.Commitment(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(a.commitmentDetail(p)), nil
	})
	mount(a, "list-facets", func(ctx context.Context, in *facetsIn) (*body[Facets], error) {
		l, err := a.App.Commitments(ctx, in.commitments(), 1, "")
		if err != nil {
			return nil, err
		}
		return answer(Facets{l.Total, each(l.Facets, func(f app.Facet) Facet { return Facet{f.Name, counts(f.Choices)} })}), nil
	})
	mount(a, "list-members", func(ctx context.Context, _ *none) (*body[Page[Member]], error) {
		m, err := a.App.Members(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(m, a.member))), nil
	})
	mount(a, "get-member", func(ctx context.Context, in *ByMemberRef) (*body[MemberDetail], error) {
		p, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(a.memberDetail(p)), nil
	})
	mount(a, "list-plans", a.plans)
	mount(a, "get-plan", func(ctx context.Context, in *ByPlanRef) (*body[PlanDetail], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		m, err := a.App.Member(ctx, p.MemberSlug)
		if err != nil {
			return nil, err
		}
		return answer(PlanDetail{a.plan(p.PlanItem, m.Member), each(p.Items, a.commitment)}), nil
	})
	mount(a, "export-csv", a.export("csv"))
	mount(a, "export-jsonl", a.export("jsonl"))
	mount(a, "export-xlsx", a.export("xlsx"))
	mount(a, "get-record", a.record)
}

func (a *API) plans(ctx context.Context, _ *none) (*body[Page[Plan]], error) {
	plans, err := a.App.Plans(ctx)
	if err != nil {
		return nil, err
	}
	members, err := a.App.Members(ctx)
	if err != nil {
		return nil, err
	}
	ByID := make(map[civic.MemberID]civic.Member, len(members))
	for _, m := range members {
		ByID[m.ID] = m.Member
	}
	return answer(page(each(plans, func(p app.PlanItem) Plan { return a.plan(p, ByID[p.Member]) }))), nil
}

func (a *API) overview(ctx context.Context, _ *none) (*body[Overview], error) {
	o, err := a.App.Overview(ctx)
	if err != nil {
		return nil, err
	}
	return answer(Overview{o.Members, o.Plans, o.Commitments, o.Institutions, o.Milestones,
		counts(o.ByRegion), counts(o.ByYear), counts(o.ByCompletion), o.Demo}), nil
}

func (a *API) commitments(ctx context.Context, in *commitmentsIn) (*body[Page[Commitment]], error) {
	l, err := a.App.Commitments(ctx, in.commitments(), in.Limit, in.Cursor)
	if err != nil {
		return nil, err
	}
	out := answer(Page[Commitment]{Total: l.Total, Items: each(l.Items, a.commitment), Next: orNull(l.Next)})
	if l.Next != "" {
		v := in.values()
		v.Set("limit", itoa(in.Limit))
		v.Set("cursor", l.Next)
		out.Link = "<" + a.BaseURL + "/api/v1/commitments?" + v.Encode() + `>; rel="next"`
	}
	return out, nil
}

func (a *API) record(ctx context.Context, _ *none) (*body[Record], error) {
	h, err := a.App.Head(ctx)
	if err != nil {
		return nil, err
	}
	r := Record{Origin: h.Origin, Entries: h.Size, Root: base64.StdEncoding.EncodeToString(h.Root[:])}
	if h.Size > 0 {
		r.Newest = orNull(instant(h.Newest))
	}
	if a.Checkpoint != nil {
		r.Checkpoint, r.Key = a.Checkpoint()
	}
	return answer(r), nil
}

type exportIn struct{ Filter }

type exportOut struct {
	Disposition string `header:"Content-Disposition"`
	Body        func(huma.Context)
}

// export streams the commitments that fit. An error before the first byte is a
// problem; one after it breaks the connection, so that nobody takes half a file
// for a whole one. A large export may take longer than a request usually may:
// it ends when the client goes away or stops reading. maxExports run at once; one
// more is told to come back.
func (a *API) export(format string) func(context.Context, *exportIn) (*exportOut, error) {
	r := rowOf("export-" + format)
	media := r.Media
	if format != "xlsx" {
		media += "; charset=utf-8"
	}
	return func(_ context.Context, in *exportIn) (*exportOut, error) {
		return &exportOut{`attachment; filename="commitments.` + format + `"`, func(hc huma.Context) {
			a.streamed(hc, media, func(ctx context.Context, w io.Writer) error {
				return a.App.ExportCommitments(ctx, format, in.commitments(), w)
			})
		}}, nil
	}
}

// streamed sends a file that is written while it is read.
func (a *API) streamed(hc huma.Context, media string, write func(context.Context, io.Writer) error) {
	hc.SetHeader("Content-Type", media)
	if hc.Method() == http.MethodHead {
		hc.SetStatus(http.StatusOK)
		return
	}
	request, w := humago.Unwrap(hc)
	select {
	case a.exports <- struct{}{}:
		defer func() { <-a.exports }()
	default:
		w.Header().Del("Content-Disposition")
		w.Header().Set("Retry-After", retryExport)
		a.Fail(w, request, &civic.Error{Kind: civic.Unavailable, Key: "error.busy"})
		return
	}
	out := &stream{w: w, patience: a.Patience}
	err := write(hc.Context(), out)
	switch {
	case err == nil:
	case out.writes > 0:
		if out.err == nil && hc.Context().Err() == nil {
			a.Log.ErrorContext(hc.Context(), "export broke off", "error", err.Error())
		}
		panic(http.ErrAbortHandler)
	default:
		w.Header().Del("Content-Disposition")
		a.Fail(w, request, err)
	}
}
