package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

type formFault = components.Fault

// draftReview is the last page of a draft: check the answers, see what is asked,
// and publish.
func (c *call) draftReview(w app.DraftWork, faults []formFault) pages.DraftReview {
	a := c.draftFrame(w, c.p.T("draft.step.check"), faults)
	a.Label, a.Steps = c.p.T("draft.steps"), c.stepsOf(w, "check")
	if w.LocalID != "" {
		a.Facts = append(a.Facts, pages.Fact{Term: c.p.T("draft.local_id"), Text: w.LocalID})
	}
	if w.Content.OGPID != "" {
		a.Facts = append(a.Facts, pages.Fact{Term: c.p.T("history.field.ogp_id"), Text: w.Content.OGPID})
	}
	a.Facts = append(a.Facts, pages.Fact{Term: c.p.T("draft.saved"), Text: c.p.DateTime(w.At)})
	d := pages.DraftReview{Ask: a, Ready: c.p.T("draft.check.ready"), Preview: c.draftURL(w.ID, "preview")}
	for _, f := range w.Faults {
		text := c.p.T("unit.labelled", "label", c.answerName(w, f.Field), "value", c.p.TMap(f.Key, lower(f.Args)))
		d.Lacks = append(d.Lacks, pages.Link{URL: c.draftURL(w.ID, c.stepOf(w, f.Field)) + "#" + f.Field, Text: text})
	}
	var named []string
	for _, v := range w.Drafting.Values {
		named = append(named, c.p.T("draft.field."+v+".value"))
	}
	d.Values = c.p.T("drafting.explained_none")
	if len(named) > 0 {
		d.Values = c.p.T("drafting.explained", "values", c.p.List(named))
	}
	for _, f := range w.Drafting.Findings {
		finding := pages.DraftFinding{Question: c.p.T(f.Key), Advice: c.p.T(f.Key + ".advice"),
			Link: pages.Link{URL: c.draftURL(w.ID, c.stepOf(w, f.Answer)), Text: c.p.T("drafting.go", "answer", c.questionName("", f.Answer))}}
		switch {
		case f.Key == "drafting.translation":
			finding.Why = c.p.T("drafting.why_languages", "languages", c.p.List(c.languageNames(f.Words)))
		case len(f.Words) > 0:
			finding.Why = c.p.T("drafting.why", "words", strings.Join(f.Words, " · "))
		case f.Count > 0:
			finding.Why = c.p.N("drafting.why_milestones", f.Count)
		}
		d.Findings = append(d.Findings, finding)
	}
	for _, f := range w.Content.Answers() {
		if f.Name == "milestones" {
			continue
		}
		answer := components.Answer{Question: c.answerName(w, f.Name), Value: c.answerValue(w, f.Name, f.Value)}
		answer.Lang, answer.Dir = inLanguage(f.Name)
		if w.MayDraft {
			answer.ChangeURL, answer.Change = c.draftURL(w.ID, c.stepOf(w, f.Name))+"#"+f.Name, c.p.T("form.change")
		}
		d.Answers = append(d.Answers, answer)
	}
	c.draftActions(&d, w)
	return d
}

// draftActions offers what can be done with the draft at its plan's stage.
func (c *call) draftActions(d *pages.DraftReview, w app.DraftWork) {
	if w.Moved != nil {
		d.Notes = append(d.Notes, c.p.N("draft.published_moved", w.Moved.Versions))
		d.After = append(d.After, pages.Link{URL: c.draftURL(w.ID, "published"), Text: c.p.T("draft.published.title")})
	}
	switch {
	case !w.MayPublish:
		d.Notes = append(d.Notes, c.p.T("draft.publish.not_yours"))
	case w.Plan.Stage == civic.Drafting:
		d.Notes = append(d.Notes, c.p.T("draft.publish.later"))
	case w.Plan.Stage == civic.Consultation:
		d.Forms = append(d.Forms, pages.AskForm{Heading: c.p.T("draft.publish"), Text: c.p.T("draft.publish.help"), Action: c.draftURL(w.ID, "publish"), Button: c.p.T("draft.publish")})
	case w.Plan.Stage != civic.Ended && w.Moved == nil:
		d.After = append(d.After, pages.Link{URL: c.draftURL(w.ID, "amend"), Text: c.p.T("draft.amend")})
	}
	if w.MayDraft {
		d.Forms = append(d.Forms, pages.AskForm{Heading: c.p.T("draft.discard"), Text: c.p.T("draft.discard.help"), Action: c.draftURL(w.ID, "discard"), Button: c.p.T("draft.discard"), Hidden: c.revision(w), Quiet: true})
	}
	d.After = append(d.After, pages.Link{URL: c.planURL(w.PlanSlug, ""), Text: c.p.T("planwork.back")})
}

// draftPreview shows a draft as its public page would look.
func (s *Site) draftPreview(c *call) error {
	page, err := s.App.Preview(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	out := c.commitmentPage(page, nil)
	out.Preview = true
	out.Remarks = append([]string{c.p.T("draft.preview.note")}, out.Remarks...)
	out.Trail = append(out.Trail, pages.Link{URL: c.draftURL(c.r.PathValue("draft"), "check"), Text: c.p.T("draft.step.check")})
	return c.show(pages.CommitmentPage(out))
}

// draftPublish shows one draft for consultation.
func (s *Site) draftPublish(c *call) error {
	w, err := s.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	_, err = s.App.PublishDrafts(c.r.Context(), c.who, w.Draft.Plan, w.ID)
	if done, err := c.notPublished(w, err); done {
		return err
	}
	return c.goOn("/work/plans/" + w.PlanSlug + "?done=published")
}

// notPublished answers for a draft that could not be published.
func (c *call) notPublished(w app.DraftWork, err error) (bool, error) {
	var clash *app.DraftConflict
	if errors.As(err, &clash) {
		return true, c.send(http.StatusConflict, pages.DraftConflictPage(c.publishedPage(w, clash)))
	}
	if faults, ok := c.failed(err); ok {
		var several civic.Errors
		if errors.As(err, &several) {
			faults = nil // the page lists them with the way to each
			faults = append(faults, formFault{Field: "lacks", Text: c.p.N("draft.lacking", len(several))})
		}
		return true, c.again(pages.DraftReviewPage(c.draftReview(w, faults)))
	}
	return err != nil, err
}

// draftAmend asks why what was adopted changes.
func (s *Site) draftAmend(c *call) error {
	w, err := s.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	return c.show(pages.AskPage(c.amendForm(w, &sent{}, nil)))
}

func (c *call) amendForm(w app.DraftWork, f *sent, faults []formFault) pages.Ask {
	a := c.draftFrame(w, c.p.T("draft.amend"), faults)
	a.Intro = c.p.T("draft.amend.help")
	if w.New() {
		a.Intro = c.p.T("draft.amend.new")
	}
	blocks := c.decision(f, faults, w.Plan.Languages, true)
	if !w.New() {
		blocks = append(blocks, pages.AskBlock{Choices: &components.Choices{Name: "drops", Legend: c.p.T("draft.drop"), Hint: c.p.T("draft.drop.hint"), Many: true,
			Items: []components.Choice{{Value: "yes", Label: c.p.T("draft.drop.yes"), Chosen: f.has("drops")}}}})
	}
	a.Forms = []pages.AskForm{{Action: c.draftURL(w.ID, "amend"), Button: c.p.T("draft.amend.send"), Blocks: blocks}}
	a.After = []pages.Link{{URL: c.draftURL(w.ID, "check"), Text: c.p.T("draft.step.check")}}
	return a
}

func (s *Site) draftAmendSend(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	err = s.App.Amend(c.r.Context(), c.who, w.ID, f.amendment(w.Plan.Languages))
	var clash *app.DraftConflict
	if errors.As(err, &clash) {
		return c.send(http.StatusConflict, pages.DraftConflictPage(c.publishedPage(w, clash)))
	}
	if faults, ok := c.failed(err); ok {
		for i, fault := range faults { // of the draft, not of this page
			if fault.Field != "on" && fault.Field != "by" && fault.Field != "reason" && fault.Field != "" {
				faults[i] = formFault{Text: c.p.T("unit.labelled", "label", c.answerName(w, fault.Field), "value", fault.Text)}
			}
		}
		return c.again(pages.AskPage(c.amendForm(w, f, faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.PlanSlug + "?done=amended")
}

// draftDiscard throws a draft away.
func (s *Site) draftDiscard(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	revision, _ := strconv.Atoi(f.text("revision"))
	err = s.App.DiscardDraft(c.r.Context(), c.who, w.ID, revision)
	if faults, ok := c.failed(err); ok {
		return c.again(pages.DraftReviewPage(c.draftReview(w, faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.PlanSlug + "?done=" + "discarded")
}

// draftOfFault is the draft that a fault of several drafts is about.
func draftOfFault(field string) (string, bool) { return strings.CutPrefix(field, "draft.") }
