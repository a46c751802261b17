package api

import (
	"net/url"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/review"
)

// Requirements is how a member stands with OGP's minimum requirements on a day. It
// is an indication, worked out from the record: the verdict is the IRM's.
type Requirements struct {
	Member       string         `json:"member" doc:"Slug"`
	On           string         `json:"on" format:"date"`
	Rules        string         `json:"rules" doc:"co-creation-2022, iap2-2018 or iap2-2016; empty when no rules of that day are known"`
	Grace        bool           `json:"grace" doc:"Not meeting them had no consequence on that day"`
	Since        *string        `json:"since" doc:"First day on which anything of the process was recorded here"`
	Requirements []Requirement  `json:"requirements" nullable:"false"`
	Cycles       []CycleConduct `json:"cycles" nullable:"false" doc:"Action plan cycles, oldest first"`
	Review       string         `json:"procedural_review" enum:"met,not_met,cannot_tell" doc:"not_met: the last two cycles were contrary to process"`
	NextPlan     *string        `json:"next_plan_due" doc:"Twelve months after the end of the last plan"`
}

// Requirement is one minimum requirement.
type Requirement struct {
	ID     string            `json:"id" example:"1.1"`
	Result string            `json:"result" enum:"met,not_met,cannot_tell"`
	Parts  []RequirementPart `json:"parts" nullable:"false" doc:"What it asks for, one by one"`
}

// RequirementPart is one thing that a requirement asks for.
type RequirementPart struct {
	Result   string  `json:"result" enum:"met,not_met,cannot_tell"`
	Code     string  `json:"code" doc:"Which reason; stable" example:"requirement.reason.meeting"`
	Reason   string  `json:"reason"`
	Evidence []Proof `json:"evidence" nullable:"false"`
	Next     *NextUp `json:"next,omitempty" required:"false" doc:"What has to happen next; left out when there is nothing"`
}

// Proof is something in the record that a result rests on.
type Proof struct {
	Kind string  `json:"kind" enum:"document,meeting,step,forum"`
	ID   string  `json:"id"`
	On   *string `json:"on"`
}

// NextUp is what has to happen next, and the last day for it.
type NextUp struct {
	What string  `json:"what"`
	By   *string `json:"by" doc:"null when no day is known"`
}

// CycleConduct is how an action plan cycle stands by the rules of its time.
type CycleConduct struct {
	Plan    string   `json:"plan" doc:"Slug"`
	Rules   string   `json:"rules"`
	Result  string   `json:"result" enum:"met,not_met,cannot_tell" doc:"not_met: contrary to process"`
	Against []string `json:"against" nullable:"false"`
	Open    []string `json:"open" nullable:"false" doc:"Rules of which nothing is known here"`
}

func (a *API) requirements(p app.RequirementsPage) Requirements {
	out := Requirements{Member: p.Member.Slug, On: p.On, Rules: p.Rules.Key, Grace: p.Grace, Since: orNull(p.Since), Review: string(p.Review), NextPlan: orNull(p.NextDue),
		Cycles: each(p.Cycles, func(c app.CycleView) CycleConduct {
			return CycleConduct{c.Plan.Slug, c.Rules.Key, string(c.Result), strings0(c.Against), strings0(c.Open)}
		}),
		Requirements: each(p.Requirements, func(r review.Requirement) Requirement {
			return Requirement{r.ID, string(r.Result), each(r.Parts, a.requirementPart)}
		}),
	}
	return out
}

func (a *API) requirementPart(p review.Part) RequirementPart {
	out := RequirementPart{Result: string(p.Result), Code: p.Reason, Reason: a.Words.TMap(p.Reason, p.Args),
		Evidence: each(p.Evidence, func(e review.Proof) Proof { return Proof{string(e.Kind), e.ID, orNull(e.On)} })}
	if p.Next != nil {
		out.Next = &NextUp{a.Words.T(p.Next.Key), orNull(p.Next.By)}
	}
	return out
}

// Document is a document of a member's repository.
type Document struct {
	ID         string    `json:"id"`
	Version    int       `json:"version,omitempty" doc:"Of the newest text, where one document is asked for; give it as If-Match to correct it"`
	Kind       string    `json:"kind"`
	Title      []Phrase  `json:"title" nullable:"false"`
	Dated      string    `json:"dated" format:"date" doc:"The document's own date"`
	Language   *string   `json:"language"`
	Plan       *string   `json:"plan_id"`
	Commitment *string   `json:"commitment_id"`
	Meeting    *string   `json:"meeting"`
	Step       *string   `json:"step"`
	Address    *string   `json:"address" doc:"Where somebody else keeps it"`
	File       *KeptFile `json:"file,omitempty" required:"false" doc:"Left out when somebody else keeps it"`
	Download   *string   `json:"download" doc:"Address of the file; null when there is none, or when the document was withdrawn"`
	Withdrawn  *string   `json:"withdrawn" doc:"Why it is no longer offered"`
	Demo       bool      `json:"demo"`
	URL        string    `json:"url"`
}

func (a *API) document(d civic.Document) Document {
	out := Document{ID: string(d.ID), Kind: d.Kind, Title: phrases(d.Title), Dated: d.Dated, Language: orNull(d.Lang), Plan: orNull(string(d.Plan)),
		Commitment: orNull(string(d.Commitment)), Meeting: orNull(string(d.Meeting)), Step: orNull(string(d.Step)), Address: orNull(d.URL),
		Withdrawn: orNull(d.Withdrawn), Demo: d.Demo, URL: a.site("documents", string(d.ID))}
	if f := d.File; f != nil {
		out.File = &KeptFile{f.SHA256, f.Name, f.Type, f.Size}
		if d.Withdrawn == "" {
			out.Download = orNull(a.BaseURL + "/en/files/" + f.SHA256 + "/" + url.PathEscape(f.Name))
		}
	}
	return out
}

// Forum is a member's space for dialogue.
type Forum struct {
	Name       []Phrase `json:"name" nullable:"false"`
	Government int      `json:"government" minimum:"0" doc:"Seats of government"`
	Civil      int      `json:"civil_society" minimum:"0" doc:"Seats of civil society"`
	Others     int      `json:"others,omitempty" required:"false" minimum:"0"`
	Rules      string   `json:"rules,omitempty" required:"false" maxLength:"100" doc:"ID of the document with its basic rules"`
	Website    string   `json:"website,omitempty" required:"false" maxLength:"4000"`
	Repository string   `json:"repository,omitempty" required:"false" maxLength:"4000" doc:"Where the repository is, when it is not here"`
}

// Meeting is a meeting of the forum, in co-creation, or on results.
type Meeting struct {
	ID string `json:"id"`
	MeetingText
	Documents []string `json:"documents" nullable:"false" doc:"IDs of its minutes and other documents"`
	Demo      bool     `json:"demo"`
}

// MeetingText is what somebody says of a meeting.
type MeetingText struct {
	Kind       string   `json:"kind" maxLength:"50" doc:"forum, co_creation or results"`
	Plan       string   `json:"plan_id,omitempty" required:"false" maxLength:"100" doc:"ID of the plan; needed for co_creation and results"`
	On         string   `json:"on" maxLength:"10" doc:"YYYY-MM-DD"`
	Title      []Phrase `json:"title" maxItems:"20"`
	Where      string   `json:"where,omitempty" required:"false" maxLength:"2000"`
	Channel    string   `json:"channel,omitempty" required:"false" maxLength:"20" doc:"web or in_person"`
	Government int      `json:"government,omitempty" required:"false" doc:"People of government who came"`
	Civil      int      `json:"civil_society,omitempty" required:"false"`
	Others     int      `json:"others,omitempty" required:"false"`
	Decided    []Phrase `json:"decided,omitempty" required:"false" maxItems:"20"`
	Cancelled  bool     `json:"cancelled,omitempty" required:"false"`
}

func meetingOf(v app.MeetingView) Meeting {
	m := v.Meeting
	return Meeting{ID: string(m.ID), Demo: m.Demo, Documents: each(v.Documents, func(d civic.Document) string { return string(d.ID) }),
		MeetingText: MeetingText{m.Kind, string(m.Plan), m.On, phrases(m.Title), m.Where, string(m.Channel), m.Government, m.Civil, m.Others, phrases(m.Decided), m.Cancelled}}
}

func (t MeetingText) into(m civic.Meeting) civic.Meeting {
	m.Kind, m.Plan, m.On, m.Title, m.Where, m.Channel = t.Kind, civic.PlanID(t.Plan), t.On, textOf(t.Title), t.Where, civic.Channel(t.Channel)
	m.Government, m.Civil, m.Others, m.Decided, m.Cancelled = t.Government, t.Civil, t.Others, textOf(t.Decided), t.Cancelled
	return m
}

// Meetings is a member's forum with its meetings.
type Meetings struct {
	Forum    *Forum    `json:"forum,omitempty" required:"false" doc:"Left out when none is described"`
	Meetings []Meeting `json:"meetings" nullable:"false" doc:"Newest first"`
}

// Step is a dated step of a plan's process.
type Step struct {
	ID string `json:"id"`
	StepText
	Demo bool `json:"demo"`
}

// StepText is what somebody says of a step.
type StepText struct {
	Kind      string   `json:"kind" maxLength:"50" doc:"co_creation_start, outreach, input, feedback, adoption or other"`
	Title     []Phrase `json:"title" maxItems:"20"`
	Start     string   `json:"start" maxLength:"10" doc:"YYYY-MM-DD"`
	End       string   `json:"end,omitempty" required:"false" maxLength:"10"`
	Announced string   `json:"announced,omitempty" required:"false" maxLength:"10" doc:"Left out: today"`
	Groups    []string `json:"groups,omitempty" required:"false" maxItems:"50" doc:"Whom an outreach addressed"`
	Channel   string   `json:"channel,omitempty" required:"false" maxLength:"20"`
}

func stepOf(s civic.Step) Step {
	return Step{string(s.ID), StepText{s.Kind, phrases(s.Title), s.Start, s.End, s.Announced, s.Groups, string(s.Channel)}, s.Demo}
}

func (t StepText) into(s civic.Step) civic.Step {
	s.Kind, s.Title, s.Start, s.End, s.Announced, s.Groups, s.Channel = t.Kind, textOf(t.Title), t.Start, t.End, t.Announced, t.Groups, civic.Channel(t.Channel)
	return s
}

// Contribution is an idea or a comment on a plan, with the reasoned response. Who
// wrote it and on which day is not told.
type Contribution struct {
	ID         string   `json:"id"`
	Month      string   `json:"month" doc:"YYYY-MM in which it came in"`
	Channel    string   `json:"channel"`
	Text       []Phrase `json:"text" nullable:"false" doc:"Empty when it is hidden"`
	Hidden     *string  `json:"hidden" doc:"Rule by which a moderator hid it"`
	Commitment *string  `json:"commitment" doc:"OGP ID, or ours"`
	Decision   *string  `json:"decision" doc:"adopted, partly or not; null while unanswered"`
	Response   []Phrase `json:"response" nullable:"false"`
	Answered   *string  `json:"answered"`
}

// Process is the process of a plan.
type Process struct {
	Plan          string         `json:"plan" doc:"Slug"`
	Open          bool           `json:"open" doc:"Contributions are taken now"`
	Steps         []Step         `json:"steps" nullable:"false"`
	Meetings      []string       `json:"meetings" nullable:"false" doc:"IDs"`
	Documents     []string       `json:"documents" nullable:"false" doc:"IDs"`
	Contributions []Contribution `json:"contributions" nullable:"false"`
	Answered      int            `json:"answered"`
}

func processOf(p app.ProcessPage) Process {
	return Process{Plan: p.Plan.Slug, Open: p.Open, Answered: p.Answered, Steps: each(p.Steps, stepOf),
		Meetings:  each(p.Meetings, func(m civic.Meeting) string { return string(m.ID) }),
		Documents: each(p.Documents, func(d civic.Document) string { return string(d.ID) }),
		Contributions: each(p.Contributions, func(c app.ContributionView) Contribution {
			out := Contribution{ID: string(c.ID), Month: c.Month, Channel: string(c.Channel), Text: phrases(c.Text), Decision: orNull(c.Decision),
				Response: phrases(c.Response), Answered: orNull(c.Answered)}
			if c.Hidden != nil {
				out.Hidden = orNull(c.Hidden.Rule)
			}
			if c.Commitment != nil {
				out.Commitment = orNull(c.Commitment.Ref)
			}
			return out
		})}
}
