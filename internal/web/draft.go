package web

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// draftSteps are the pages of a commitment's form, in their order.
var draftSteps = []string{"title", "people", "problem", "promise", "results", "milestones", "budget", "check"}

func (c *call) draftURL(id, rest string) string {
	return c.url("/work/drafts/" + url.PathEscape(id) + "/" + rest)
}

// draftFrame is what every page of a draft has around its questions.
func (c *call) draftFrame(w app.DraftWork, title string, faults []components.Fault) pages.Ask {
	p := words{c.p}
	a := c.ask(title, faults)
	name := p.title(w.Content)
	if w.Content.Title.String() == "" {
		name.Text = w.LocalID
	}
	a.Trail = []pages.Link{{URL: c.url("/work/plans"), Text: c.p.T("planwork.title")}, {URL: c.planURL(w.PlanSlug, ""), Text: p.planTitle(p.memberName(w.Member), w.Plan)},
		{URL: c.draftURL(w.ID, "check"), Text: name.Text, Lang: name.Lang}}
	return a
}

// stepsOf shows where in the form the page stands and what is filled in.
func (c *call) stepsOf(w app.DraftWork, current string) []pages.AskStep {
	answers := map[string]string{}
	for _, f := range w.Content.Answers() {
		answers[f.Name] = f.Value
	}
	out := make([]pages.AskStep, len(draftSteps))
	for i, step := range draftSteps {
		out[i] = pages.AskStep{Text: c.p.T("draft.step." + step), URL: c.draftURL(w.ID, step), Current: step == current}
		names := c.stepFields(w, step)
		if step == "milestones" {
			names = []string{"milestones"}
		}
		filled := slices.ContainsFunc(names, func(name string) bool { return answers[name] != "" })
		if filled {
			out[i].State = c.p.T("draft.step.filled")
		}
	}
	return out
}

// draft shows one page of a draft's form.
func (s *Site) draft(c *call) error {
	w, err := s.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	step := c.r.PathValue("step")
	switch {
	case !slices.Contains(draftSteps, step):
		return notFound()
	case step == "check":
		return c.show(pages.DraftReviewPage(c.draftReview(w, nil)))
	}
	return c.show(pages.AskPage(c.draftStep(w, step, nil, nil)))
}

// draftStep is a page of the form. typed holds what a person sent, nil for what is kept.
func (c *call) draftStep(w app.DraftWork, step string, typed map[string]string, faults []components.Fault) pages.Ask {
	a := c.draftFrame(w, c.p.T("draft.step."+step), faults)
	a.Intro, a.Label, a.Steps = c.p.T("draft.step."+step+".help"), c.p.T("draft.steps"), c.stepsOf(w, step)
	if w.Moved != nil {
		a.Notes = append(a.Notes, c.p.N("draft.published_moved", w.Moved.Versions))
	}
	at := slices.Index(draftSteps, step)
	next := draftSteps[at+1]
	if at > 0 {
		a.After = append(a.After, pages.Link{URL: c.draftURL(w.ID, draftSteps[at-1]), Text: c.p.T("draft.previous", "step", c.p.T("draft.step."+draftSteps[at-1]))})
	}
	a.After = append(a.After, pages.Link{URL: c.draftURL(w.ID, next), Text: c.p.T("draft.next", "step", c.p.T("draft.step."+next))})
	if !w.MayDraft {
		a.Notes = append(a.Notes, c.p.T("draft.read_only"))
		return a
	}
	if step == "milestones" {
		c.milestoneRows(&a, w)
		return a
	}
	a.Forms = []pages.AskForm{{Action: c.draftURL(w.ID, step), Button: c.p.T("draft.save"), Hidden: c.revision(w), Blocks: c.stepBlocks(w, step, typed, faults)}}
	return a
}

func (c *call) revision(w app.DraftWork) [][2]string {
	return [][2]string{{"revision", strconv.Itoa(w.Revision)}}
}

func (c *call) milestoneRows(a *pages.Ask, w app.DraftWork) {
	for i, m := range w.Content.Milestones {
		title := phrase.Of(m.Title.In(c.p.Code))
		if title.Text == "" {
			title = phrase.Text{Lang: c.p.Code, Dir: c.p.Dir, Text: c.p.T("draft.milestone.numbered", "number", i+1)}
		}
		row := pages.AskRow{Title: title, Links: []pages.Link{{URL: c.draftURL(w.ID, "milestones/"+string(m.ID)), Text: c.p.T("form.change")}},
			Remove: c.draftURL(w.ID, "milestones/"+string(m.ID)+"/remove"), Revision: strconv.Itoa(w.Revision), RemoveWord: c.p.T("draft.milestone.remove")}
		if m.Due.Decided() {
			row.Note = c.p.T("unit.labelled", "label", c.p.T("label.due"), "value", c.p.CivilDate(m.Due.Date))
		}
		a.Rows = append(a.Rows, row)
	}
	if len(a.Rows) == 0 {
		a.Notes = append(a.Notes, c.p.T("draft.milestone.none"))
	}
	a.After = append([]pages.Link{{URL: c.draftURL(w.ID, "milestones/new"), Text: c.p.T("draft.milestone.add")}}, a.After...)
}

// draftSave keeps a page of the form and goes to the next.
func (s *Site) draftSave(c *call) error {
	step := c.r.PathValue("step")
	if !slices.Contains(draftSteps, step) || step == "check" || step == "milestones" {
		return notFound()
	}
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	change := map[string]string{}
	for _, name := range c.stepFields(w, step) {
		change[name] = f.answer(name)
	}
	next := draftSteps[slices.Index(draftSteps, step)+1]
	return s.keepAnswers(c, w, f, change, next, func(faults []components.Fault) error {
		return c.again(pages.AskPage(c.draftStep(w, step, change, faults)))
	})
}

func (c *call) sentDraft() (*sent, app.DraftWork, error) {
	f, err := c.form()
	if err != nil {
		return nil, app.DraftWork{}, err
	}
	w, err := c.site.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	return f, w, err
}

// answer is a field of the draft's form: ticked boxes are joined.
func (f *sent) answer(name string) string {
	if name == "supporting" || name == "goals" {
		return strings.Join(f.all(name), " ")
	}
	return f.text(name)
}

// keepAnswers saves answers. When somebody else changed the same ones meanwhile,
// the page shows both texts.
func (s *Site) keepAnswers(c *call, w app.DraftWork, f *sent, change map[string]string, next string, again func([]components.Fault) error) error {
	revision, _ := strconv.Atoi(f.text("revision"))
	_, err := s.App.SaveDraft(c.r.Context(), c.who, w.ID, revision, change)
	var clash *app.DraftConflict
	if errors.As(err, &clash) {
		return c.conflict(w, clash, next)
	}
	if faults, ok := c.faults(err); ok {
		return again(faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/drafts/" + w.ID + "/" + next + "?done=draft")
}

// draftMilestone shows one milestone; "new" is one that does not exist yet.
func (s *Site) draftMilestone(c *call) error {
	w, err := s.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	id := c.r.PathValue("milestone")
	if _, ok := w.Content.MilestoneBy(id); !ok && id != "new" {
		return notFound()
	}
	return c.show(pages.AskPage(c.milestoneForm(w, id, nil, nil)))
}

func (c *call) milestoneForm(w app.DraftWork, id string, typed map[string]string, faults []components.Fault) pages.Ask {
	title := c.p.T("draft.milestone.add")
	for i, m := range w.Content.Milestones {
		if string(m.ID) == id {
			title = c.p.T("draft.milestone.numbered", "number", i+1)
		}
	}
	a := c.draftFrame(w, title, faults)
	a.Intro = c.p.T("draft.milestone.help")
	a.After = []pages.Link{{URL: c.draftURL(w.ID, "milestones"), Text: c.p.T("draft.previous", "step", c.p.T("draft.step.milestones"))}}
	if !w.MayDraft {
		a.Notes = append(a.Notes, c.p.T("draft.read_only"))
		return a
	}
	at := "milestone." + id + "."
	var blocks []pages.AskBlock
	for _, q := range []string{"title", "text"} {
		blocks = append(blocks, c.textBlocks(w, at+q, "milestone."+q, q == "text", typed, faults)...)
	}
	blocks = append(blocks, c.draftDay(w, at+"start", "milestone.start", typed, faults), c.draftDay(w, at+"due", "milestone.due", typed, faults),
		c.lineBlock(w, at+"lead", "milestone.lead", "", typed, faults))
	a.Forms = []pages.AskForm{{Action: c.draftURL(w.ID, "milestones/"+id), Button: c.p.T("draft.save"), Hidden: c.revision(w), Blocks: blocks}}
	return a
}

func (s *Site) draftMilestoneSave(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	id := c.r.PathValue("milestone")
	at := "milestone." + id + "."
	change := map[string]string{at + "start": f.text(at + "start"), at + "due": f.text(at + "due"), at + "lead": f.text(at + "lead")}
	for _, l := range c.draftLanguages(w) {
		change[at+"title."+l], change[at+"text."+l] = f.text(at+"title."+l), f.text(at+"text."+l)
	}
	again := func(faults []components.Fault) error {
		return c.again(pages.AskPage(c.milestoneForm(w, id, change, faults)))
	}
	if id == "new" {
		if strings.Join(slices.Collect(maps.Values(change)), "") == "" {
			return again([]components.Fault{{Field: at + "title." + c.draftLanguages(w)[0], Text: c.p.T("planrule.text_missing")}})
		}
		change["milestones"] = strings.TrimSpace(w.Content.Answer("milestones") + " new")
	}
	asked := maps.Clone(change)
	return s.keepAnswers(c, w, f, asked, "milestones", again)
}

func (s *Site) draftMilestoneRemove(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	id := c.r.PathValue("milestone")
	kept := slices.DeleteFunc(strings.Fields(w.Content.Answer("milestones")), func(m string) bool { return m == id })
	change := map[string]string{"milestones": strings.Join(kept, " ")}
	return s.keepAnswers(c, w, f, change, "milestones", func(faults []components.Fault) error {
		return c.again(pages.AskPage(c.draftStep(w, "milestones", nil, faults)))
	})
}
