package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/privacy"
)

// Testimonies is what citizens say of a report. It is merged into no other value.
type Testimonies struct {
	Few    int         `json:"few" doc:"Counts from 1 to below this number are not told, nor others from which they could be worked out"`
	Total  *int        `json:"total" doc:"How many said something; null when it is not told"`
	Counts []Testified `json:"counts" nullable:"false"`
	Items  []Testimony `json:"items" nullable:"false" doc:"Those with words and those that are hidden, in an order that tells no time"`
}

// Testified is how many said one thing on one channel.
type Testified struct {
	Happened bool    `json:"happened"`
	Channel  *string `json:"channel" doc:"web, paper, phone, in_person, sms or email; null for all of them together"`
	Count    *int    `json:"count" doc:"null when it is not told"`
}

// Testimony is one testimony with words. Who said it and on which day is not told.
type Testimony struct {
	ID       string   `json:"id"`
	Happened *bool    `json:"happened" doc:"null when it is hidden"`
	Saw      []Phrase `json:"saw" nullable:"false" doc:"Empty when it is hidden"`
	Channel  *string  `json:"channel" doc:"null where so few came on it that it would tell of a person"`
	Hidden   *string  `json:"hidden" doc:"Rule by which a moderator hid it: personal_data, insult, spam or off_topic; null when it is shown"`
}

// Dispute is a word that a report is wrong, the answer and the outcome.
type Dispute struct {
	ID       string   `json:"id"`
	Claim    []Phrase `json:"claim" nullable:"false"`
	By       string   `json:"by" doc:"The role that raised it: forum_member or reviewer"`
	On       string   `json:"on" format:"date"`
	Answer   []Phrase `json:"answer" nullable:"false"`
	Answered *string  `json:"answered" doc:"Day, null while unanswered"`
	Outcome  *string  `json:"outcome" doc:"report_corrected, report_stands or withdrawn; null while open"`
	Why      []Phrase `json:"why" nullable:"false"`
	Settled  *string  `json:"settled" doc:"Day, null while open"`
}

type newTestimony struct {
	ByReportID
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Happened bool     `json:"happened" doc:"Whether what the report says happened, as far as the person saw"`
		Saw      []Phrase `json:"saw,omitempty" required:"false" maxItems:"20" doc:"What the person saw; it names nobody"`
		Channel  string   `json:"channel,omitempty" required:"false" maxLength:"20" doc:"Left out: your own testimony. For a facilitator: paper, phone, in_person, sms or email"`
		Place    string   `json:"place,omitempty" required:"false" maxLength:"1000" doc:"Off line: where, never an address of a person"`
		Consent  bool     `json:"consent,omitempty" required:"false" doc:"Off line: the person agreed that it is written down and published"`
	}
}

type byTestimonyID struct {
	ID string `path:"id" maxLength:"200" doc:"ID of the testimony" example:"01jtestimony000000000000a"`
}

type newDispute struct {
	ByReportID
	Key  string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
	Body struct {
		Claim []Phrase `json:"claim" maxItems:"20" doc:"What is wrong in the report"`
	}
}

// ByDisputeID names a dispute in an address.
type ByDisputeID struct {
	ID  string `path:"id" maxLength:"200" doc:"ID of the dispute" example:"01jdispute000000000000000a"`
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

type answeredDispute struct {
	ByDisputeID
	Body struct {
		Answer []Phrase `json:"answer" maxItems:"20"`
	}
}

type settledDispute struct {
	ByDisputeID
	Body struct {
		Outcome string   `json:"outcome" maxLength:"50" doc:"report_corrected, report_stands or withdrawn"`
		Why     []Phrase `json:"why" maxItems:"20"`
	}
}

func (a *API) mountVoice() {
	mount(a, "list-testimonies", func(ctx context.Context, in *ByReportID) (*body[Testimonies], error) {
		if _, err := a.App.Report(ctx, civic.ReportID(in.ID)); err != nil {
			return nil, err
		}
		p, err := a.App.Testimonies(ctx, civic.ReportID(in.ID))
		if err != nil {
			return nil, err
		}
		return answer(testimonies(p)), nil
	})
	mount(a, "list-disputes", func(ctx context.Context, in *ByReportID) (*body[Page[Dispute]], error) {
		if _, err := a.App.Report(ctx, civic.ReportID(in.ID)); err != nil {
			return nil, err
		}
		list, err := a.App.Disputes(ctx, civic.ReportID(in.ID))
		if err != nil {
			return nil, err
		}
		return answer(page(each(list, disputeOf))), nil
	})
	change(a, "testify", func(ctx context.Context, who civic.Caller, in *newTestimony) (*body[Done], error) {
		b := in.Body
		id, err := a.App.Testify(ctx, who, app.TestimonyInput{Report: civic.ReportID(in.ID), Happened: b.Happened, Saw: textOf(b.Saw),
			Channel: civic.Channel(b.Channel), Place: b.Place, Consent: b.Consent})
		return done(string(id), err)
	})
	change(a, "withdraw-testimony", func(ctx context.Context, who civic.Caller, in *byTestimonyID) (*body[Done], error) {
		return done(in.ID, a.App.WithdrawTestimony(ctx, who, civic.TestimonyID(in.ID)))
	})
	change(a, "dispute", func(ctx context.Context, who civic.Caller, in *newDispute) (*body[Done], error) {
		id, err := a.App.Dispute(ctx, who, civic.ReportID(in.ID), textOf(in.Body.Claim))
		return done(string(id), err)
	})
	change(a, "answer-dispute", func(ctx context.Context, who civic.Caller, in *answeredDispute) (*body[Done], error) {
		return done(in.ID, a.App.AnswerDispute(ctx, who, civic.DisputeID(in.ID), textOf(in.Body.Answer)))
	})
	change(a, "settle-dispute", func(ctx context.Context, who civic.Caller, in *settledDispute) (*body[Done], error) {
		return done(in.ID, a.App.SettleDispute(ctx, who, civic.DisputeID(in.ID), in.Body.Outcome, textOf(in.Body.Why)))
	})
}

// done answers a change with what it was made of.
func done(id string, err error) (*body[Done], error) {
	if err != nil {
		return nil, err
	}
	return answer(Done{id}), nil
}

func testimonies(p app.TestimonyPage) Testimonies {
	number := func(c privacy.Cell) *int {
		if c.Hidden {
			return nil
		}
		return &c.N
	}
	out := Testimonies{Few: privacy.Few, Total: number(p.Counts.Total), Items: each(p.Told, testimonyOf), Counts: []Testified{}}
	for row, happened := range []bool{true, false} {
		for column, channel := range p.Channels {
			out.Counts = append(out.Counts, Testified{happened, orNull(string(channel)), number(p.Counts.Cells[row][column])})
		}
		out.Counts = append(out.Counts, Testified{happened, nil, number(p.Counts.Rows[row])})
	}
	return out
}

func testimonyOf(t app.TestimonyTold) Testimony {
	if t.Rule != "" {
		return Testimony{ID: string(t.ID), Saw: []Phrase{}, Hidden: &t.Rule}
	}
	return Testimony{ID: string(t.ID), Happened: &t.Happened, Saw: phrases(t.Saw), Channel: orNull(string(t.Channel))}
}

func disputeOf(d civic.Dispute) Dispute {
	return Dispute{ID: string(d.ID), Claim: phrases(d.Claim), By: string(d.By), On: d.On, Answer: phrases(d.Answer), Answered: orNull(d.Answered),
		Outcome: orNull(d.Outcome), Why: phrases(d.Why), Settled: orNull(d.Settled)}
}
