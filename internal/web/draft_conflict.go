package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/web/ui/pages"
)

// conflict shows both texts of each answer that two people changed; nothing is
// saved yet, and nothing is lost.
func (c *call) conflict(w app.DraftWork, clash *app.DraftConflict, next string) error {
	page := c.conflictPage(w, clash)
	page.Action = c.draftURL(w.ID, "resolve")
	page.Hidden = append(page.Hidden, [2]string{"revision", strconv.Itoa(clash.Draft.Revision)}, [2]string{"next", next})
	for _, name := range slices.Sorted(maps.Keys(clash.Rest)) {
		page.Hidden = append(page.Hidden, [2]string{"rest." + name, clash.Rest[name]})
	}
	return c.send(http.StatusConflict, pages.DraftConflictPage(page))
}

func (c *call) conflictPage(w app.DraftWork, clash *app.DraftConflict) pages.DraftConflict {
	a := c.draftFrame(w, c.p.T("draft.conflict.title"), nil)
	page := pages.DraftConflict{Page: a.Page, Trail: a.Trail, Title: a.Title, Intro: c.p.T("draft.conflict.intro"), Button: c.p.T("draft.conflict.send"),
		Back: pages.Link{URL: c.draftURL(w.ID, "check"), Text: c.p.T("draft.conflict.back")}}
	for _, f := range clash.Fields {
		side := func(v string) pages.Side {
			if v == "" {
				return pages.Side{None: c.p.T("history.nothing")}
			}
			return pages.Side{Text: c.answerValue(w, f.Name, v)}
		}
		lang, dir := inLanguage(f.Name)
		page.Fields = append(page.Fields, pages.ConflictField{Name: f.Name, Label: c.answerName(w, f.Name), Before: c.answerValue(w, f.Name, f.Before),
			Mine: side(f.Mine), Theirs: side(f.Theirs), MineRaw: f.Mine, Lang: lang, Dir: dir})
	}
	return page
}

// draftResolve keeps what the person chose of each answer.
func (s *Site) draftResolve(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	change := map[string]string{}
	for field := range f.values {
		if name, ok := strings.CutPrefix(field, "rest."); ok {
			change[name] = f.text(field)
		}
		if name, ok := strings.CutPrefix(field, "choice."); ok && f.text(field) == "mine" {
			change[name] = f.text("mine." + name)
		}
	}
	next := f.text("next")
	if !slices.Contains(draftSteps, next) {
		next = "check"
	}
	return s.keepAnswers(c, w, f, change, next, func(faults []formFault) error {
		return c.again(pages.AskPage(c.draftFrame(w, c.p.T("draft.conflict.title"), faults)))
	})
}

// draftPublished shows what changed in the published commitment since the draft
// of it began.
func (s *Site) draftPublished(c *call) error {
	w, err := s.App.WorkOnDraft(c.r.Context(), c.who, c.r.PathValue("draft"))
	if err != nil {
		return err
	}
	if w.Moved == nil {
		a := c.draftFrame(w, c.p.T("draft.published.title"), nil)
		a.Intro = c.p.T("draft.published.same")
		a.After = []pages.Link{{URL: c.draftURL(w.ID, "check"), Text: c.p.T("draft.step.check")}}
		return c.show(pages.AskPage(a))
	}
	return c.show(pages.DraftConflictPage(c.publishedPage(w, w.Moved)))
}

func (c *call) publishedPage(w app.DraftWork, clash *app.DraftConflict) pages.DraftConflict {
	page := c.conflictPage(w, clash)
	page.Title, page.Intro = c.p.T("draft.published.title"), c.p.N("draft.published_moved", clash.Versions)
	page.None, page.Action, page.Button = c.p.T("draft.published.none"), c.draftURL(w.ID, "published"), c.p.T("draft.published.send")
	page.Hidden = [][2]string{{"revision", strconv.Itoa(w.Revision)}}
	return page
}

func (s *Site) draftPublishedSend(c *call) error {
	f, w, err := c.sentDraft()
	if err != nil {
		return err
	}
	choices := map[string]string{}
	if w.Moved != nil {
		for _, field := range w.Moved.Fields {
			switch f.text("choice." + field.Name) {
			case "mine":
				choices[field.Name] = field.Mine
			case "theirs":
				choices[field.Name] = field.Theirs
			}
		}
	}
	revision, _ := strconv.Atoi(f.text("revision"))
	_, err = s.App.FollowPublished(c.r.Context(), c.who, w.ID, revision, choices)
	var clash *app.DraftConflict
	if errors.As(err, &clash) {
		return c.send(http.StatusConflict, pages.DraftConflictPage(c.publishedPage(w, clash)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/drafts/" + w.ID + "/check?done=draft")
}
