package web

import (
	"errors"
	"strconv"

	"avow/internal/civic"
)

// read takes what was sent in a step into the draft. The error is what cannot be
// kept as a file; everything else is kept as it was written and told by the rules.
func (f *reportForm) read(sent *sent) (wrong, err error) {
	in := &f.d.Input
	switch f.step {
	case "progress":
		in.Status = civic.SelfCompletion(sent.text("status"))
		in.Done = f.textOf(sent, "done", in.Done)
		if f.d.Unit.ID != "" {
			in.Steps = nil
			if day := sent.text("milestones." + f.d.Unit.Name() + ".done_on"); day != "" {
				in.Steps = []civic.MilestoneState{{Milestone: f.d.Unit.ID, Status: in.Status, DoneOn: day}}
			}
		}
	case "obstacles":
		in.Challenges, in.Next = f.textOf(sent, "challenges", in.Challenges), f.textOf(sent, "next", in.Next)
	case "milestones":
		in.Steps = nil
		for _, m := range f.d.Commitment.Milestones {
			at := "milestones." + m.Name()
			s := civic.MilestoneState{Milestone: m.ID, Status: civic.SelfCompletion(sent.text(at + ".status")), DoneOn: sent.text(at + ".done_on")}
			if s.Status != "" || s.DoneOn != "" {
				in.Steps = append(in.Steps, s)
			}
		}
	case "evidence":
		return f.readEvidence(sent)
	}
	return nil, nil
}

// textOf is a text as it was sent. Languages that the form did not ask for stay.
func (f *reportForm) textOf(sent *sent, field string, before civic.Text) civic.Text {
	var out civic.Text
	asked := map[string]bool{}
	for _, lang := range f.langs {
		asked[lang] = true
		if s := sent.text(field + "." + lang); s != "" {
			out = append(out, civic.Phrase{Lang: lang, Text: s})
		}
	}
	for _, p := range before {
		if !asked[p.Lang] {
			out = append(out, p)
		}
	}
	return out
}

func (f *reportForm) readEvidence(sent *sent) (wrong, err error) {
	in := &f.d.Input
	var out []civic.Evidence
	for i := range min(len(in.Evidence)+1, civic.MaxEvidence) {
		at := "evidence." + strconv.Itoa(i)
		if sent.has(at + ".gone") {
			continue
		}
		e := civic.Evidence{URL: sent.text(at + ".url")}
		var before civic.Text
		if i < len(in.Evidence) {
			e.File, before = in.Evidence[i].File, in.Evidence[i].Title
		}
		e.Title = f.textOf(sent, at+".title", before)
		if e.URL != "" || e.File != nil || e.Title != nil {
			out = append(out, e)
		}
	}
	if header := sent.upload("file"); header != nil {
		content, err := header.Open()
		if err != nil {
			return nil, err
		}
		defer content.Close()
		kept, err := f.site.App.KeepFile(f.r.Context(), f.who, header.Filename, content)
		var refused *civic.Error
		switch {
		case errors.As(err, &refused) && (refused.Kind == civic.Invalid || refused.Kind == civic.TooLarge):
			wrong = &civic.Error{Kind: civic.Invalid, Field: "file", Key: refused.Key, Args: refused.Args}
		case err != nil:
			return nil, err
		default:
			out = append(out, civic.Evidence{File: &kept})
		}
	}
	in.Evidence = out
	return wrong, nil
}
