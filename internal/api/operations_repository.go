package api

import (
	"context"
	"mime/multipart"

	"avow/internal/app"
	"avow/internal/civic"
)

type requirementsIn struct {
	ByMemberRef
	On string `query:"on" maxLength:"10" doc:"YYYY-MM-DD; left out: today" example:"2026-11-23"`
}

type documentsIn struct {
	ByMemberRef
	Kind string `query:"kind" maxLength:"50" doc:"forum_rules, minutes, timeline, outreach, input, feedback, plan, evidence, report, letter or other"`
}

// ByID names something in an address by its ID.
type ByID struct {
	ID string `path:"id" maxLength:"200" doc:"Our ID"`
}

type fileIn struct {
	Key     string `header:"Idempotency-Key" maxLength:"200"`
	RawBody multipart.Form
}

type forumIn struct {
	ByMemberRef
	Body Forum
}

// DocumentText is what somebody says of a document: a file that was kept before,
// or an address.
type DocumentText struct {
	Kind       string    `json:"kind" maxLength:"50" doc:"forum_rules, minutes, timeline, outreach, input, feedback, plan, evidence, report, letter or other"`
	Title      []Phrase  `json:"title" maxItems:"20"`
	Dated      string    `json:"dated" maxLength:"10" doc:"YYYY-MM-DD"`
	Language   string    `json:"language,omitempty" required:"false" maxLength:"35"`
	Plan       string    `json:"plan_id,omitempty" required:"false" maxLength:"100"`
	Commitment string    `json:"commitment_id,omitempty" required:"false" maxLength:"100"`
	Meeting    string    `json:"meeting,omitempty" required:"false" maxLength:"100"`
	Step       string    `json:"step,omitempty" required:"false" maxLength:"100"`
	Address    string    `json:"address,omitempty" required:"false" maxLength:"4000"`
	File       *KeptFile `json:"file,omitempty" required:"false"`
}

func (t DocumentText) into(d civic.Document) civic.Document {
	d.Kind, d.Title, d.Dated, d.Lang, d.URL = t.Kind, textOf(t.Title), t.Dated, t.Language, t.Address
	d.Plan, d.Commitment, d.Meeting, d.Step = civic.PlanID(t.Plan), civic.CommitmentID(t.Commitment), civic.MeetingID(t.Meeting), civic.StepID(t.Step)
	d.File = nil
	if t.File != nil {
		d.File = &civic.File{SHA256: t.File.SHA256, Name: t.File.Name}
	}
	return d
}

type newDocument struct {
	ByMemberRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body DocumentText
}

type correctedDocument struct {
	ByID
	Matching
	Body DocumentText
}

type withdrawal struct {
	ByID
	Key  string `header:"Idempotency-Key" maxLength:"200"`
	Body struct {
		Reason string `json:"reason" maxLength:"2000" doc:"Public"`
	}
}

type newMeeting struct {
	ByMemberRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body MeetingText
}

type correctedMeeting struct {
	ByID
	Body MeetingText
}

type newStep struct {
	ByPlanRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body StepText
}

type correctedStep struct {
	ByID
	Body StepText
}

type newContribution struct {
	ByPlanRef
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Text       []Phrase `json:"text" maxItems:"20"`
		Commitment string   `json:"commitment,omitempty" required:"false" maxLength:"100" doc:"OGP ID, or ours"`
		Channel    string   `json:"channel,omitempty" required:"false" maxLength:"20" doc:"Left out: your own contribution. For a facilitator: paper, phone, in_person, sms or email"`
		Month      string   `json:"month,omitempty" required:"false" maxLength:"7" doc:"Off line: YYYY-MM in which it came in"`
		Place      string   `json:"place,omitempty" required:"false" maxLength:"2000" doc:"Off line: where, never an address of a person"`
		Consent    bool     `json:"consent,omitempty" required:"false" doc:"Off line: the person agreed that it is written down and published"`
	}
}

type answeredContribution struct {
	ByID
	Body struct {
		Decision   string   `json:"decision" maxLength:"20" doc:"adopted, partly or not"`
		Response   []Phrase `json:"response" maxItems:"20" doc:"Why, in every language of the plan"`
		Commitment string   `json:"commitment,omitempty" required:"false" maxLength:"100" doc:"What it led to"`
	}
}

func (a *API) mountRepository() {
	mount(a, "member-requirements", func(ctx context.Context, in *requirementsIn) (*body[Requirements], error) {
		p, err := a.App.Requirements(ctx, in.Ref, in.On)
		if err != nil {
			return nil, err
		}
		return answer(a.requirements(p)), nil
	})
	mount(a, "list-documents", func(ctx context.Context, in *documentsIn) (*body[Page[Document]], error) {
		p, err := a.App.Documents(ctx, in.Ref, app.DocumentFilter{Kind: in.Kind})
		if err != nil {
			return nil, err
		}
		return answer(page(each(p.Documents, a.document))), nil
	})
	mount(a, "get-document", func(ctx context.Context, in *ByID) (*body[Document], error) { return a.oneDocument(ctx, in.ID) })
	mount(a, "list-meetings", func(ctx context.Context, in *ByMemberRef) (*body[Meetings], error) {
		p, err := a.App.Meetings(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		out := Meetings{Meetings: each(p.Meetings, meetingOf)}
		if f := p.Forum; f != nil {
			out.Forum = &Forum{phrases(f.Name), f.Government, f.Civil, f.Others, string(f.Rules), f.Website, f.Repository}
		}
		return answer(out), nil
	})
	mount(a, "plan-process", func(ctx context.Context, in *ByPlanRef) (*body[Process], error) {
		p, err := a.App.Process(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(processOf(p)), nil
	})
	a.mountKeeping()
	change(a, "contribute", func(ctx context.Context, who civic.Caller, in *newContribution) (*body[Done], error) {
		b := in.Body
		id, err := a.App.Contribute(ctx, who, app.ContributionInput{Plan: in.Ref, Commitment: b.Commitment, Text: textOf(b.Text), Month: b.Month,
			Way: civic.Way{Channel: civic.Channel(b.Channel), Place: b.Place, Consent: b.Consent}})
		return done(string(id), err)
	})
	change(a, "answer-contribution", func(ctx context.Context, who civic.Caller, in *answeredContribution) (*body[Done], error) {
		b := in.Body
		return done(in.ID, a.App.AnswerContribution(ctx, who, app.AnswerInput{Contribution: civic.ContributionID(in.ID), Decision: b.Decision,
			Response: textOf(b.Response), Commitment: b.Commitment}))
	})
}

// mountKeeping registers what changes a member's repository.
func (a *API) mountKeeping() {
	change(a, "keep-file", func(ctx context.Context, who civic.Caller, in *fileIn) (*body[KeptFile], error) {
		return a.keepFile(ctx, who, in)
	})
	change(a, "describe-forum", func(ctx context.Context, who civic.Caller, in *forumIn) (*body[Done], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		b := in.Body
		id, err := a.App.KeepForum(ctx, who, civic.Forum{Member: m.ID, Name: textOf(b.Name), Government: b.Government, Civil: b.Civil, Others: b.Others,
			Rules: civic.DocumentID(b.Rules), Website: b.Website, Repository: b.Repository}, 0)
		return done(string(id), err)
	})
	change(a, "publish-document", func(ctx context.Context, who civic.Caller, in *newDocument) (*body[Document], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		id, err := a.App.KeepDocument(ctx, who, in.Body.into(civic.Document{Member: m.ID}), 0)
		if err != nil {
			return nil, err
		}
		return a.oneDocument(ctx, string(id))
	})
	change(a, "correct-document", func(ctx context.Context, who civic.Caller, in *correctedDocument) (*body[Document], error) {
		version, err := in.version()
		if err != nil {
			return nil, err
		}
		if _, err := a.App.KeepDocument(ctx, who, in.Body.into(civic.Document{ID: civic.DocumentID(in.ID)}), version); err != nil {
			return nil, err
		}
		return a.oneDocument(ctx, in.ID)
	})
	change(a, "withdraw-document", func(ctx context.Context, who civic.Caller, in *withdrawal) (*body[Done], error) {
		return done(in.ID, a.App.WithdrawDocument(ctx, who, civic.DocumentID(in.ID), in.Body.Reason))
	})
	change(a, "record-meeting", func(ctx context.Context, who civic.Caller, in *newMeeting) (*body[Done], error) {
		m, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		id, err := a.App.KeepMeeting(ctx, who, in.Body.into(civic.Meeting{Member: m.ID}), 0)
		return done(string(id), err)
	})
	change(a, "correct-meeting", func(ctx context.Context, who civic.Caller, in *correctedMeeting) (*body[Done], error) {
		_, err := a.App.KeepMeeting(ctx, who, in.Body.into(civic.Meeting{ID: civic.MeetingID(in.ID)}), 0)
		return done(in.ID, err)
	})
	change(a, "withdraw-meeting", func(ctx context.Context, who civic.Caller, in *withdrawal) (*body[Done], error) {
		return done(in.ID, a.App.WithdrawMeeting(ctx, who, civic.MeetingID(in.ID), in.Body.Reason))
	})
	change(a, "record-step", func(ctx context.Context, who civic.Caller, in *newStep) (*body[Done], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		id, err := a.App.KeepStep(ctx, who, in.Body.into(civic.Step{Member: p.Member, Plan: p.ID}), 0)
		return done(string(id), err)
	})
	change(a, "correct-step", func(ctx context.Context, who civic.Caller, in *correctedStep) (*body[Done], error) {
		before, _, err := a.App.AStep(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		_, err = a.App.KeepStep(ctx, who, in.Body.into(before), 0)
		return done(in.ID, err)
	})
	change(a, "withdraw-step", func(ctx context.Context, who civic.Caller, in *withdrawal) (*body[Done], error) {
		return done(in.ID, a.App.WithdrawStep(ctx, who, civic.StepID(in.ID), in.Body.Reason))
	})
}

// keepFile takes in the file of the field "file".
func (a *API) keepFile(ctx context.Context, who civic.Caller, in *fileIn) (*body[KeptFile], error) {
	sent := in.RawBody.File["file"]
	if len(sent) != 1 {
		return nil, &civic.Error{Kind: civic.Invalid, Key: "file.one", Field: "file"}
	}
	content, err := sent[0].Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	f, err := a.App.KeepFile(ctx, who, sent[0].Filename, content)
	if err != nil {
		return nil, err
	}
	return answer(KeptFile{f.SHA256, f.Name, f.Type, f.Size}), nil
}

func (a *API) oneDocument(ctx context.Context, id string) (*body[Document], error) {
	d, err := a.App.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	out := a.document(d.Document)
	out.Version = d.Number
	return answer(out), nil
}
