package web

import (
	"slices"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// planNew asks for a new plan.
func (s *Site) planNew(c *call) error {
	return s.planOpenForm(c, app.PlanInput{Languages: []string{c.p.Code}}, nil)
}

func (s *Site) planOpenForm(c *call, in app.PlanInput, faults []components.Fault) error {
	m, err := s.App.Member(c.r.Context(), c.r.PathValue("member"))
	if err != nil {
		return err
	}
	if err := c.who.Ask(civic.MayPlan, civic.Place{Member: m.ID}); err != nil {
		return err
	}
	a := c.ask(c.p.T("planwork.new_for", "member", words{c.p}.memberName(m.Member)), faults)
	a.Trail = []pages.Link{{URL: c.url("/work/plans"), Text: c.p.T("planwork.title")}}
	a.Intro = c.p.T("planwork.new.intro")
	regime := components.Choices{Name: "regime", Legend: c.p.T("label.regime"), Fault: components.Of(faults, "regime")}
	if in.Regime == "" {
		in.Regime = m.Regime
	}
	for _, r := range []civic.Regime{civic.National, civic.Local, civic.OtherRegime} {
		regime.Items = append(regime.Items, components.Choice{Value: string(r), Label: c.p.T("regime." + string(r)), Chosen: r == in.Regime})
	}
	number := components.Field{Name: "number", Label: c.p.T("planwork.number"), Hint: c.p.T("planwork.number.hint"), Value: in.Number, Kind: "number", Fault: components.Of(faults, "number"), Max: 20}
	blocks := append([]pages.AskBlock{{Field: &number}}, c.planFields(in, faults, true)...)
	a.Forms = []pages.AskForm{{Action: c.url("/work/members/" + m.Slug + "/plans/new"), Button: c.p.T("planwork.new.send"), Blocks: append(blocks, pages.AskBlock{Choices: &regime})}}
	if len(faults) > 0 {
		return c.again(pages.AskPage(a))
	}
	return c.show(pages.AskPage(a))
}

// planFields ask for a plan's title, days and languages.
func (c *call) planFields(in app.PlanInput, faults []components.Fault, languages bool) []pages.AskBlock {
	title := map[string]string{}
	for _, p := range in.Title {
		title[p.Lang] = p.Text
	}
	var out []pages.AskBlock
	asked := in.Languages
	if len(asked) == 0 {
		asked = []string{c.p.Code}
	}
	if languages {
		// The title is asked in the languages of the site; others come later.
		for _, l := range c.site.Words.Languages() {
			if !slices.Contains(asked, l.Code) {
				asked = append(slices.Clone(asked), l.Code)
			}
		}
	}
	for i, l := range asked {
		f := components.Field{Name: "title." + l, Label: c.p.T("unit.with_note", "text", c.p.T("planwork.plan_title"), "note", c.p.LanguageName(l)), Value: title[l],
			Lang: l, Dir: civic.Direction(l), Max: civic.MaxLine, Optional: c.p.T("form.optional")}
		if i == 0 {
			f.Fault = components.Of(faults, "title")
		}
		out = append(out, pages.AskBlock{Field: &f})
	}
	out = append(out, c.dayBlock("start", c.p.T("label.start"), in.Start, faults), c.dayBlock("end", c.p.T("label.end"), in.End, faults))
	if languages {
		f := components.Field{Name: "languages", Label: c.p.T("planwork.languages"), Hint: c.p.T("planwork.languages.hint"), Value: strings.Join(in.Languages, " "),
			Fault: components.Of(faults, "languages"), Autocomplete: "off"}
		out = append(out, pages.AskBlock{Field: &f})
	}
	return out
}

func (c *call) dayBlock(name, label, value string, faults []components.Fault) pages.AskBlock {
	return pages.AskBlock{Field: &components.Field{Name: name, Label: label, Hint: c.p.T("planwork.date.hint"), Value: value, Kind: "date", Fault: components.Of(faults, name)}}
}

// planInput reads what planFields asked for.
func (f *sent) planInput() app.PlanInput {
	in := app.PlanInput{Number: f.text("number"), Start: f.text("start"), End: f.text("end"), Regime: civic.Regime(f.text("regime")),
		Languages: strings.Fields(strings.ReplaceAll(f.text("languages"), ",", " "))}
	in.Title = f.texts("title", in.Languages)
	return in
}

// planOpen opens a plan.
func (s *Site) planOpen(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	m, err := s.App.Member(c.r.Context(), c.r.PathValue("member"))
	if err != nil {
		return err
	}
	in := f.planInput()
	in.Member = m.ID
	id, err := s.App.OpenPlan(c.r.Context(), c.who, in)
	if faults, ok := c.failed(err); ok {
		return s.planOpenForm(c, in, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + string(id) + "?done=opened")
}

// planEdit asks for a plan's title and days; after the adoption for why, too.
func (s *Site) planEdit(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	in := app.PlanInput{Title: w.Title, Start: w.Start.Date, End: w.End.Date, Languages: w.Languages}
	return c.show(pages.AskPage(c.planEditForm(w, in, &sent{}, nil)))
}

func (c *call) planEditForm(w app.PlanWork, in app.PlanInput, f *sent, faults []components.Fault) pages.Ask {
	a := c.ask(c.p.T("planwork.edit"), faults)
	a.Trail = c.planTrail(w)
	blocks := c.planFields(in, faults, !w.Stage.Runs())
	if w.Stage.Runs() {
		a.Notes = append(a.Notes, c.p.T("draft.amend.help"))
		blocks = append(blocks, c.decision(f, faults, w.Languages, true)...)
	}
	a.Forms = []pages.AskForm{{Action: c.planURL(w.Slug, "/edit"), Button: c.p.T("planwork.save"), Blocks: blocks}}
	return a
}

func (s *Site) planEditSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	in := f.planInput()
	if w.Stage.Runs() {
		in.Languages = w.Languages
		in.Title = f.texts("title", w.Languages)
		err = s.App.AmendPlan(c.r.Context(), c.who, w.Plan.ID, in, f.amendment(w.Languages))
	} else {
		err = s.App.ChangePlan(c.r.Context(), c.who, w.Plan.ID, in)
	}
	if faults, ok := c.failed(err); ok {
		return c.again(pages.AskPage(c.planEditForm(w, in, f, faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.Slug + "?done=saved")
}

// decision asks when and by whom something was decided, and why.
func (c *call) decision(f *sent, faults []components.Fault, languages []string, reason bool) []pages.AskBlock {
	by := components.Field{Name: "by", Label: c.p.T("planwork.by"), Hint: c.p.T("planwork.by.hint"), Value: f.text("by"), Fault: components.Of(faults, "by"), Max: civic.MaxLine}
	out := []pages.AskBlock{c.dayBlock("on", c.p.T("planwork.on"), f.text("on"), faults), {Field: &by}}
	if !reason {
		return out
	}
	if len(languages) == 0 {
		languages = []string{c.p.Code}
	}
	for i, l := range languages {
		name := "reason." + l
		if i == 0 {
			name = "reason" // where a fault leads to
		}
		r := components.Field{Name: name, Label: c.p.T("planwork.reason"), Area: true, Rows: 4, Value: f.text(name), Lang: l, Dir: civic.Direction(l), Fault: components.Of(faults, name)}
		if len(languages) > 1 {
			r.Label = c.p.T("unit.with_note", "text", r.Label, "note", c.p.LanguageName(l))
		}
		if i > 0 {
			r.Optional = c.p.T("form.optional")
		}
		out = append(out, pages.AskBlock{Field: &r})
	}
	return out
}

// amendment reads what decision asked for.
func (f *sent) amendment(languages []string) app.AmendmentInput {
	return app.AmendmentInput{On: f.text("on"), By: f.text("by"), Reason: f.reason(languages), Drops: f.has("drops")}
}

func (f *sent) reason(languages []string) civic.Text {
	if len(languages) == 0 {
		languages = []string{"en"}
	}
	out := f.texts("reason", languages)
	if first := f.text("reason"); first != "" {
		out = append(civic.Text{{Lang: languages[0], Text: first}}, out...)
	}
	return out
}

// texts reads a text that was asked in several languages: the first come first.
func (f *sent) texts(name string, languages []string) civic.Text {
	var out civic.Text
	seen := map[string]bool{}
	for _, l := range languages {
		if t := f.text(name + "." + l); t != "" && !seen[l] {
			out, seen[l] = append(out, civic.Phrase{Lang: l, Text: t}), true
		}
	}
	var more []string
	for field := range f.values {
		if l, ok := strings.CutPrefix(field, name+"."); ok && civic.IsLanguage(l) && !seen[l] && f.text(field) != "" {
			more = append(more, l)
		}
	}
	slices.Sort(more)
	for _, l := range more {
		out = append(out, civic.Phrase{Lang: l, Text: f.text(name + "." + l)})
	}
	return out
}

// planMove asks when and by whom the next stage was decided.
func (s *Site) planMove(c *call) error {
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	return c.show(pages.AskPage(c.planMoveForm(w, &sent{}, c.query("to"), nil)))
}

func (c *call) planMoveForm(w app.PlanWork, f *sent, to string, faults []components.Fault) pages.Ask {
	next := w.Stage.Next()
	if !slices.Contains(next, civic.Stage(to)) && len(next) > 0 {
		to = string(next[0])
	}
	key := "planwork.move." + to
	if !w.Lives() {
		key = "planwork.take_over"
	}
	title := c.p.T("planwork.ended")
	if !w.Lives() || len(next) > 0 {
		title = c.p.T(key)
	}
	a := c.ask(title, faults)
	a.Trail = c.planTrail(w)
	if w.Lives() && len(next) == 0 {
		return a
	}
	a.Intro = c.p.T(key + ".help")
	if to == string(civic.Consultation) && len(w.Drafts) > 0 {
		a.Notes = append(a.Notes, c.p.N("planwork.move.drafts", len(w.Drafts)))
	}
	back := w.Stage == civic.Consultation && to == string(civic.Drafting)
	a.Forms = []pages.AskForm{{Action: c.planURL(w.Slug, "/move"), Hidden: [][2]string{{"to", to}}, Button: title, Blocks: c.decision(f, faults, w.Languages, back)}}
	a.After = []pages.Link{{URL: c.planURL(w.Slug, ""), Text: c.p.T("planwork.back")}}
	return a
}

func (s *Site) planMoveSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	w, err := s.App.WorkOnPlan(c.r.Context(), c.who, c.r.PathValue("plan"))
	if err != nil {
		return err
	}
	if w.Lives() {
		err = s.App.MovePlan(c.r.Context(), c.who, w.Plan.ID, app.PlanMove{To: civic.Stage(f.text("to")), On: f.text("on"), By: f.text("by"), Reason: f.reason(w.Languages)})
	} else {
		err = s.App.AdoptImported(c.r.Context(), c.who, w.Plan.ID, f.text("on"), f.text("by"))
	}
	if faults, ok := c.failed(err); ok {
		for i := range faults {
			if faults[i].Field == "to" {
				faults[i].Field = ""
			}
		}
		return c.again(pages.AskPage(c.planMoveForm(w, f, f.text("to"), faults)))
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/plans/" + w.Slug + "?done=moved")
}
