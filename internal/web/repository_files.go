package web

import (
	"errors"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// askStep asks for a step of a plan's process.
func (c *call) askStep(m app.MemberPage, id, number string, q *asking, undo *pages.Undo) pages.Keep {
	q.menu("plan", "label.plan", c.plansOf(m))
	q.pick("kind", "step.kind", choices(civic.StepKinds, func(v string) string { return c.p.T("step.kind." + v) }))
	q.text("title", "repository.name", 0, civic.MaxLine, false)
	q.line("start", "step.start", "date", false)
	q.line("end", "step.end", "date", true)
	q.line("announced", "step.announced", "date", true)
	groups := components.Field{Name: "groups", Label: c.p.T("step.groups"), Hint: c.p.T("step.groups.hint"), Value: q.get("groups"), Fault: components.Of(q.faults, "groups"),
		Area: true, Rows: 4, Optional: c.p.T("form.optional")}
	q.out = append(q.out, pages.KeepQuestion{Text: &groups})
	q.menu("channel", "step.channel", choices(channelValues(), func(v string) string { return c.p.T("channel." + v) }))
	action, title := "/work/members/"+m.Slug+"/steps/new", c.p.T("step.add")
	if id != "" {
		action, title = "/work/steps/"+id, c.p.T("step.change")
	}
	p := c.asks(title, c.p.T("step.form.lead"), action, c.p.T("repository.save"), q)
	p.Trail, p.Hidden, p.Undo = c.deskTrail(m.MemberItem), [][2]string{{"seen", number}}, undo
	return p
}

func channelValues() []string {
	out := make([]string, len(civic.Channels))
	for i, ch := range civic.Channels {
		out[i] = string(ch)
	}
	return out
}

func (s *Site) newStep(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	return c.show(pages.KeepPage(c.askStep(m, "", "0", c.kept(map[string]string{"plan": oneBesides(c.plansOf(m), c.query("plan"))}, c.writes(m)), nil)))
}

func (s *Site) addStep(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	return c.keepStep(m, civic.Step{Member: m.ID})
}

func (c *call) aStep() (civic.Step, int, app.MemberPage, error) {
	v, number, err := c.site.App.AStep(c.r.Context(), c.r.PathValue("step"))
	if err != nil {
		return v, 0, app.MemberPage{}, err
	}
	m, err := c.keeps(string(v.Member))
	return v, number, m, err
}

func (c *call) stepAsked(v civic.Step, m app.MemberPage, faults faultList) *asking {
	values := map[string]string{"plan": string(v.Plan), "kind": v.Kind, "start": v.Start, "end": v.End, "announced": v.Announced,
		"groups": strings.Join(v.Groups, "\n"), "channel": string(v.Channel)}
	textValues(values, "title", v.Title)
	q := c.kept(values, languagesWith(c.writes(m), v.Title))
	q.faults = faults
	return q
}

func (s *Site) stepForm(c *call) error {
	v, number, m, err := c.aStep()
	if err != nil {
		return err
	}
	id := string(v.ID)
	return c.show(pages.KeepPage(c.askStep(m, id, strconv.Itoa(number), c.stepAsked(v, m, nil), c.undo("/work/steps/"+id+"/withdraw", nil, ""))))
}

func (s *Site) changeStep(c *call) error {
	v, _, m, err := c.aStep()
	if err != nil {
		return err
	}
	return c.keepStep(m, v)
}

func (c *call) keepStep(m app.MemberPage, v civic.Step) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	languages := f.languages("title", c.writes(m))
	v.Plan, v.Kind, v.Start, v.End, v.Announced = civic.PlanID(f.text("plan")), f.text("kind"), f.text("start"), f.text("end"), f.text("announced")
	v.Title, v.Groups, v.Channel = textOf(f, "title", languages), strings.Split(f.text("groups"), "\n"), civic.Channel(f.text("channel"))
	_, err = c.site.App.KeepStep(c.r.Context(), c.who, v, seen(f))
	return c.settled(err, "/work/members/"+m.Slug+"/repository?done=step", func(faults faultList) pages.Keep {
		return c.askStep(m, string(v.ID), f.text("seen"), c.typed(f, faults, languages), nil)
	}, func() (pages.Keep, error) {
		now, number, m, err := c.aStep()
		return c.askStep(m, string(v.ID), strconv.Itoa(number), c.stepAsked(now, m, nil), nil), err
	})
}

func (s *Site) withdrawStep(c *call) error {
	v, number, m, err := c.aStep()
	if err != nil {
		return err
	}
	return c.withdraw(m, func(reason string) error { return s.App.WithdrawStep(c.r.Context(), c.who, v.ID, reason) },
		"/work/steps/"+string(v.ID)+"/withdraw", func(undo *pages.Undo, faults faultList) pages.Keep {
			return c.askStep(m, string(v.ID), strconv.Itoa(number), c.stepAsked(v, m, faults), undo)
		})
}

// askDocument asks for a document: a file or an address. A file that was sent
// already stays: it is kept while the rest is put right.
func (c *call) askDocument(m app.MemberPage, id, number string, q *asking, file *civic.File, undo *pages.Undo) pages.Keep {
	q.menu("kind", "repository.kind", choices(civic.DocumentKinds, func(v string) string { return c.p.T("repository.kind." + v) }))
	q.text("title", "repository.name", 0, civic.MaxLine, false)
	q.line("dated", "repository.dated", "date", false)
	up := components.Upload{Name: "file", Label: c.p.T("repository.upload"), Accept: strings.Join(civic.FileEndings(), ","), Fault: components.Of(q.faults, "file"),
		Hint: c.p.T("repository.upload.hint", "allowed", strings.Join(civic.FileEndings(), " "), "most", app.MaxFile>>20)}
	question := pages.KeepQuestion{Upload: &up}
	hidden := [][2]string{{"seen", number}}
	if file != nil {
		question.Kept = c.p.T("repository.upload.kept", "name", file.Name, "size", c.p.Bytes(file.Size))
		hidden = append(hidden, [2]string{"kept", file.SHA256}, [2]string{"kept-name", file.Name})
	}
	q.out = append(q.out, question)
	q.line("url", "repository.address", "url", true)
	q.line("lang", "repository.language", "", true)
	q.menu("plan", "label.plan", c.plansOf(m))
	steps, meetings := c.stepsAndMeetings(m)
	q.menu("step", "repository.step", steps)
	q.menu("meeting", "label.meeting", meetings)
	q.line("commitment", "repository.commitment", "", true)
	action, title := "/work/members/"+m.Slug+"/documents/new", c.p.T("repository.add")
	if id != "" {
		action, title = "/work/documents/"+id, c.p.T("repository.change")
	}
	p := c.asks(title, c.p.T("repository.form.lead"), action, c.p.T("repository.publish"), q)
	p.Trail, p.Hidden, p.Undo, p.Multipart = c.deskTrail(m.MemberItem), hidden, undo, true
	return p
}

// stepsAndMeetings are what a document may belong to.
func (c *call) stepsAndMeetings(m app.MemberPage) (steps, meetings []choice) {
	for _, p := range m.PlanItems {
		process, err := c.site.App.Process(c.r.Context(), p.Slug)
		if err != nil {
			continue // a choice less
		}
		for _, s := range process.Steps {
			steps = append(steps, choice{string(s.ID), c.p.CivilDate(s.Start) + " · " + s.Title.In(c.p.Code).Text})
		}
	}
	if list, err := c.site.App.Meetings(c.r.Context(), m.Slug); err == nil {
		for _, v := range list.Meetings {
			meetings = append(meetings, choice{string(v.ID), c.p.CivilDate(v.On) + " · " + v.Title.In(c.p.Code).Text})
		}
	}
	return steps, meetings
}

func (s *Site) newDocument(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	values := map[string]string{}
	for _, name := range []string{"kind", "plan", "step", "meeting", "commitment"} {
		values[name] = c.query(name)
	}
	return c.show(pages.KeepPage(c.askDocument(m, "", "0", c.kept(values, c.writes(m)), nil, nil)))
}

func (s *Site) addDocument(c *call) error {
	m, err := c.keeps(c.r.PathValue("member"))
	if err != nil {
		return err
	}
	return c.keepDocument(m, civic.Document{Member: m.ID})
}

func (c *call) aDocument() (app.DocumentPage, app.MemberPage, error) {
	v, err := c.site.App.Document(c.r.Context(), c.r.PathValue("document"))
	if err != nil {
		return v, app.MemberPage{}, err
	}
	m, err := c.keeps(string(v.Document.Member))
	return v, m, err
}

func (c *call) documentAsked(v app.DocumentPage, m app.MemberPage, faults faultList) *asking {
	d := v.Document
	values := map[string]string{"kind": d.Kind, "dated": d.Dated, "url": d.URL, "lang": d.Lang, "plan": string(d.Plan), "step": string(d.Step), "meeting": string(d.Meeting)}
	if v.Commitment != nil {
		values["commitment"] = v.Commitment.Ref
	}
	textValues(values, "title", d.Title)
	q := c.kept(values, languagesWith(c.writes(m), d.Title))
	q.faults = faults
	return q
}

func (s *Site) documentForm(c *call) error {
	v, m, err := c.aDocument()
	if err != nil {
		return err
	}
	id := string(v.Document.ID)
	return c.show(pages.KeepPage(c.askDocument(m, id, strconv.Itoa(v.Number), c.documentAsked(v, m, nil), v.File, c.undo("/work/documents/"+id+"/withdraw", nil, ""))))
}

func (s *Site) changeDocument(c *call) error {
	v, m, err := c.aDocument()
	if err != nil {
		return err
	}
	return c.keepDocument(m, v.Document)
}

func (c *call) keepDocument(m app.MemberPage, d civic.Document) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	languages := f.languages("title", c.writes(m))
	d.Kind, d.Dated, d.URL, d.Lang = f.text("kind"), f.text("dated"), f.text("url"), f.text("lang")
	d.Title, d.Plan, d.Step, d.Meeting = textOf(f, "title", languages), civic.PlanID(f.text("plan")), civic.StepID(f.text("step")), civic.MeetingID(f.text("meeting"))
	var faults civic.Errors
	d.Commitment = ""
	if ref := f.text("commitment"); ref != "" {
		v, err := c.site.App.Commitment(c.r.Context(), ref)
		if civic.KindOf(err) == civic.NotFound {
			faults.Add("commitment", "repository.fault.elsewhere")
		} else if err != nil {
			return err
		}
		d.Commitment = v.Dossier.Commitment.ID
	}
	d.File = nil
	if kept := f.text("kept"); kept != "" && d.URL == "" {
		d.File = &civic.File{SHA256: kept, Name: f.text("kept-name")}
	}
	if up := f.upload("file"); up != nil {
		kept, err := c.uploaded(up)
		var one *civic.Error
		switch err = tooLargeFault(err); {
		case errors.As(err, &one) && one.Kind == civic.Invalid:
			faults, d.File = append(faults, one), nil
		case err != nil:
			return err
		default:
			d.File = &kept
		}
	}
	if err = faults.Or(); err == nil {
		_, err = c.site.App.KeepDocument(c.r.Context(), c.who, d, seen(f))
	}
	return c.settled(err, "/work/members/"+m.Slug+"/repository?done=document", func(faults faultList) pages.Keep {
		return c.askDocument(m, string(d.ID), f.text("seen"), c.typed(f, faults, languages), d.File, nil)
	}, func() (pages.Keep, error) {
		now, m, err := c.aDocument()
		return c.askDocument(m, string(d.ID), strconv.Itoa(now.Number), c.documentAsked(now, m, nil), now.File, nil), err
	})
}

func (s *Site) withdrawDocument(c *call) error {
	v, m, err := c.aDocument()
	if err != nil {
		return err
	}
	id := v.Document.ID
	return c.withdraw(m, func(reason string) error { return s.App.WithdrawDocument(c.r.Context(), c.who, id, reason) },
		"/work/documents/"+string(id)+"/withdraw", func(undo *pages.Undo, faults faultList) pages.Keep {
			return c.askDocument(m, string(id), strconv.Itoa(v.Number), c.documentAsked(v, m, faults), v.File, undo)
		})
}
