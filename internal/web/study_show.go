package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/study"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
	"avow/internal/web/ui/pages"
)

// studies lists the published studies.
func (s *Site) studies(c *call) error {
	list, err := s.App.Studies(c.r.Context())
	if err != nil {
		return err
	}
	p := pages.Study{Page: c.layout("", c.p.T("studies.title")), Title: c.own(c.p.T("studies.title")), Intro: c.p.T("studies.intro")}
	section := pages.StudySection{ID: "studies", Title: c.p.T("studies.list")}
	if len(list) == 0 {
		section.Notes = []string{c.p.T("studies.none")}
	} else {
		section.Table = c.studyList(list, func(id study.ID) string { return c.url("/studies/" + url.PathEscape(string(id))) })
	}
	p.Sections = append(p.Sections, section)
	return c.show(pages.StudyPage(p))
}

// study shows a published study.
func (s *Site) study(c *call) error {
	v, err := s.App.PublishedStudy(c.r.Context(), c.studyID())
	if err != nil {
		return err
	}
	at := func(n int) string {
		return c.url("/studies/" + url.PathEscape(string(v.ID)) + "/items/" + strconv.Itoa(n))
	}
	p := c.studyHead(v, c.layout("", c.inOwn(v.Title).Text))
	p.Trail = []pages.Link{{URL: c.url("/studies"), Text: c.p.T("studies.title")}}
	p.Sections = append(p.Sections, c.groupsSection(v, nil))
	p.Sections = append(p.Sections, c.resultSections(v, at)...)
	p.Sections = append(p.Sections, c.memoSection(v, at), c.listSection(v, true, at))
	return c.show(pages.StudyPage(p))
}

// studyItem shows the way from the memos on a commitment to its tags.
func (s *Site) studyItem(c *call) error {
	v, err := s.App.PublishedStudy(c.r.Context(), c.studyID())
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	name, at := c.inOwn(v.Title), c.url("/studies/"+url.PathEscape(string(v.ID)))
	p := pages.Study{Page: c.layout("", ""), Trail: []pages.Link{{URL: c.url("/studies"), Text: c.p.T("studies.title")}, {URL: at, Text: name.Text, Lang: name.Lang}}}
	c.itemHead(&p, v, item, true, at+"/items/")
	p.Sections = append(p.Sections, c.trailSections(v, item)...)
	return c.show(pages.StudyPage(p))
}

// studyHead begins the page of a study: its question, and what was frozen.
func (c *call) studyHead(v app.StudyPage, page layout.Page) pages.Study {
	p := pages.Study{Page: page, Kicker: c.p.T("study.label.study"), Title: c.inOwn(v.Title)}
	if v.Demo {
		p.Demo = c.p.T("study.demo")
	}
	if len(v.Question) > 0 {
		p.Texts = []phrase.Text{c.inOwn(v.Question)}
	}
	query := url.Values{}
	q := v.Query
	for i, value := range []string{q.Q, q.Member, q.Region, q.Tag, "", q.Completion, q.Lang, q.Plan} {
		if value != "" {
			query.Set(queryFields[i], value)
		}
	}
	if q.Year != 0 {
		query.Set("year", strconv.Itoa(q.Year))
	}
	again := c.url("/commitments")
	if len(query) > 0 {
		again += "?" + query.Encode()
	}
	frozen := c.p.T("study.frozen.at", "date", c.p.CivilDate(v.On), "size", int(v.Size))
	if v.Elsewhere {
		frozen += " " + c.p.T("study.frozen.elsewhere")
	}
	p.Facts = []pages.Fact{
		{Term: c.p.T("study.label.stage"), Text: c.stageWord(v.Study)},
		{Term: c.p.T("study.label.frozen"), Text: frozen},
		{Term: c.p.T("study.label.root"), Text: v.Root},
		{Term: c.p.T("study.label.query"), Link: &pages.Link{URL: again, Text: c.p.T("study.query.now")}},
		{Term: c.p.T("label.commitments"), Text: c.p.Number(len(v.List))},
	}
	return p
}

// groupName is the name of a group; one without is known by its words.
func (c *call) groupName(s study.Study, key string) string {
	g, ok := s.Group(key)
	switch {
	case !ok:
		return c.p.T("study.group.none")
	case g.Named():
		return g.Name.In(c.p.Code).Text
	case len(g.Words) > 0:
		return c.p.T("study.group.suggested", "words", c.p.List(g.Words[:min(3, len(g.Words))]))
	}
	return key
}

// groupsSection shows the groups: their definitions where people gave them, else
// the words that hold them together. at is where one is named, nil where none is.
func (c *call) groupsSection(v app.StudyPage, at func(key string) string) pages.StudySection {
	s := pages.StudySection{ID: "group-list", Title: c.p.T("study.groups")}
	if len(v.Groups) == 0 {
		s.Notes = []string{c.p.T("study.groups.none")}
		return s
	}
	t := &pages.StudyTable{Caption: c.p.N("study.groups.caption", len(v.Groups)), Heads: []pages.Column{{Text: c.p.T("study.label.group")}, {Text: c.p.T("study.group.definition")},
		{Text: c.p.T("study.label.words")}, {Text: c.p.T("label.commitments"), Number: true}}}
	blind := v.Stage == study.StageCoding // coders see the definitions alone
	if blind {
		t.Heads = t.Heads[:2]
	}
	for _, g := range v.Groups {
		name := pages.StudyCell{Text: c.groupName(v.Study, g.Key)}
		if at != nil {
			name = pages.StudyCell{Link: &pages.Link{URL: at(g.Key), Text: name.Text}}
		}
		definition, words := pages.StudyCell{Text: c.p.T("study.group.unnamed")}, c.p.T("study.group.by_hand")
		if g.Named() {
			text := c.inOwn(g.Definition)
			definition = pages.StudyCell{Phrase: &text}
		}
		if len(g.Words) > 0 {
			words = c.p.List(g.Words)
		}
		t.Rows = append(t.Rows, []pages.StudyCell{name, definition, {Text: words}, {Text: c.p.Number(v.Members(g.Key))}}[:len(t.Heads)])
	}
	if n := v.Members(""); n > 0 && !blind {
		t.Rows = append(t.Rows, []pages.StudyCell{{Text: c.p.T("study.group.none")}, {Text: c.p.T("study.group.none.why")}, {Text: c.p.T("unit.none")}, {Text: c.p.Number(n)}})
	}
	s.Table = t
	if v.Grouping != nil && !blind {
		s.Notes = []string{c.p.T("study.groups.machine", "date", c.p.CivilDate(v.Grouping.On), "count", v.Grouping.Within)}
	}
	return s
}

// itemCells are the first cells of a row of a commitment.
func (c *call) itemCells(item app.StudyItem, at string) []pages.StudyCell {
	title := words{c.p}.title(item.Content)
	return []pages.StudyCell{{Link: &pages.Link{URL: at, Text: c.p.T("study.item", "number", item.Number)}}, {Phrase: &title}, {Text: words{c.p}.memberName(item.InMember)}}
}

// listSection shows the list, and as a map where it was grouped. grouped says
// whether groups and map are shown: not to those who code.
func (c *call) listSection(v app.StudyPage, grouped bool, at func(int) string) pages.StudySection {
	s := pages.StudySection{ID: "list", Title: c.p.T("study.list")}
	t := &pages.StudyTable{Caption: c.p.N("count.commitments", len(v.List)), Heads: []pages.Column{{Text: c.p.T("study.label.number")}, {Text: c.p.T("study.label.commitment")}, {Text: c.p.T("label.member")}}}
	grouped = grouped && v.Grouping != nil
	if grouped {
		t.Heads = append(t.Heads, pages.Column{Text: c.p.T("study.label.group")}, pages.Column{Text: c.p.T("study.label.place")})
		s.Notes = []string{c.p.T("study.map.about", "percent", c.p.Percent(v.Grouping.Shown, 1000))}
	}
	for _, item := range v.List {
		cells := c.itemCells(item, at(item.Number))
		if grouped {
			place := c.p.T("study.map.none")
			if item.Place != nil {
				place = c.p.T("study.map.at", "x", item.Place.X, "y", item.Place.Y)
				shape := slices.IndexFunc(v.Groups, func(g study.Group) bool { return g.Key == item.Group })
				s.Map = append(s.Map, pages.StudyPoint{X: item.Place.X, Y: item.Place.Y, Number: c.p.Plain(item.Number), Shape: max(shape, 0)})
			}
			cells = append(cells, pages.StudyCell{Text: c.groupName(v.Study, item.Group)}, pages.StudyCell{Text: place})
		}
		t.Rows = append(t.Rows, cells)
	}
	s.Table = t
	return s
}

// memoSection shows all memos, each with the way to what it is on.
func (c *call) memoSection(v app.StudyPage, at func(int) string) pages.StudySection {
	s := pages.StudySection{ID: "memos", Title: c.p.T("study.memos")}
	for _, m := range v.Memos {
		said := pages.StudySaid{About: c.memoMeta(v.Study, m), Texts: phrase.All(m.Text)}
		switch i := v.At(civic.CommitmentID(m.Target)); {
		case m.About == study.OnGroup:
			said.On = pages.Link{URL: "#group-list", Text: c.groupName(v.Study, m.Target)}
		case m.About == study.OnCommitment && i >= 0:
			title := words{c.p}.title(v.List[i].Content)
			said.On = pages.Link{URL: at(i + 1), Text: phrase.Flat(title.Text), Lang: title.Lang}
		}
		s.Said = append(s.Said, said)
	}
	if len(s.Said) == 0 {
		s.Notes = []string{c.p.T("study.memos.none")}
	}
	return s
}

// itemHead is the head of a page about one commitment of a study: its words, as
// they were frozen. around is the address of its neighbours, without their number.
func (c *call) itemHead(p *pages.Study, v app.StudyPage, item app.StudyItem, grouped bool, around string) {
	w := words{c.p}
	p.Title = w.title(item.Content)
	p.Page.Title = phrase.Flat(p.Title.Text)
	p.Kicker = c.p.T("study.item.of", "number", item.Number, "count", len(v.List))
	if text := item.Content.Text; len(text) > 0 {
		p.Texts = []phrase.Text{c.inOwn(text)}
	}
	p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("label.member"), Text: w.memberName(item.InMember)},
		pages.Fact{Term: c.p.T("study.label.commitment"), Link: &pages.Link{URL: c.url("/commitments/" + url.PathEscape(item.Ref)), Text: item.Ref}})
	if grouped && len(v.Groups) > 0 {
		p.Facts = append(p.Facts, pages.Fact{Term: c.p.T("study.label.group"), Text: c.groupName(v.Study, item.Group)})
	}
	if around != "" && item.Number > 1 {
		p.Before = pages.Link{URL: around + strconv.Itoa(item.Number-1), Text: c.p.T("study.before")}
	}
	if around != "" && item.Number < len(v.List) {
		p.After = pages.Link{URL: around + strconv.Itoa(item.Number+1), Text: c.p.T("study.after")}
	}
}

// trailSections lead from what was thought of a commitment to its tags, in the
// order in which it happened: memos, moves, codings, the decision, proposals, and
// what people decided on those.
func (c *call) trailSections(v app.StudyPage, item app.StudyItem) []pages.StudySection {
	if v.Stage == study.StageCoding {
		return nil // what others thought is put away while people code
	}
	out := []pages.StudySection{c.memosOn(v, study.OnCommitment, string(item.Commitment))}
	moves := pages.StudySection{ID: "moves", Title: c.p.T("study.moves")}
	for _, m := range v.Moves {
		if m.Commitment == item.Commitment {
			moves.Said = append(moves.Said, pages.StudySaid{About: c.p.T("study.moved", "date", c.p.CivilDate(m.On), "from", c.groupName(v.Study, m.From), "to", c.groupName(v.Study, m.To))})
		}
	}
	if len(moves.Said) > 0 {
		out = append(out, moves)
	}
	if v.Stage != study.StageCoded {
		return out
	}
	out = append(out, c.saidSection(v, item))
	end := pages.StudySection{ID: "tags", Title: c.p.T("study.trail.tags")}
	if d := v.Decision(item.Commitment); d != nil {
		end.Said = append(end.Said, pages.StudySaid{About: c.p.T("study.settled", "date", c.p.CivilDate(d.On), "codes", c.codesSaid(v.Study, d.Codes)), Texts: phrase.All(d.Reason)})
	}
	codes, final := study.Final(v.Study, v.Codings, item.Commitment)
	if !final {
		end.Notes = append(end.Notes, c.p.T("study.open_still"))
	}
	for _, key := range codes {
		g, _ := v.Group(key)
		line := pages.StudySaid{About: c.p.T("study.trail.no_tag", "code", g.Name)}
		if g.Tag != "" && v.Proposed != "" {
			line = pages.StudySaid{About: c.p.T("study.trail.proposed", "code", g.Name, "date", c.p.CivilDate(v.Proposed)), On: pages.Link{URL: c.url("/tags/" + url.PathEscape(g.Tag)), Text: g.Tag}}
			i := slices.IndexFunc(item.TagDecided, func(d civic.TagDecision) bool { return d.Tag == g.Tag })
			verdict := c.p.T("study.trail.waits")
			switch {
			case i < 0 && slices.Contains(item.TagsHeld, g.Tag):
				verdict = c.p.T("study.trail.held")
			case i >= 0:
				verdict = c.p.T("study.trail.decided", "date", c.p.CivilDate(item.TagDecided[i].On), "verdict", c.p.T("study.verdict."+string(item.TagDecided[i].Verdict)))
			}
			end.Notes = append(end.Notes, verdict)
		}
		end.Said = append(end.Said, line)
	}
	return append(out, end)
}

// resultSections are the agreement of the coders and what they disagree on. at is
// the address of a disagreement's page by the commitment's number.
func (c *call) resultSections(v app.StudyPage, at func(int) string) []pages.StudySection {
	if v.Results == nil {
		return nil
	}
	r := v.Results
	agreement := pages.StudySection{ID: "agreement", Title: c.p.T("study.agreement"), Notes: []string{c.p.T("study.agreement.about")}}
	if v.Several {
		agreement.Notes = append(agreement.Notes, c.p.T("study.agreement.several"))
	}
	for _, d := range r.Coded {
		agreement.Facts = append(agreement.Facts, pages.Fact{Term: c.p.T("study.coder.label", "label", d.Label), Text: c.p.N("study.coded", d.Coded)})
	}
	agreement.Facts = append(agreement.Facts, pages.Fact{Term: c.p.T("study.agreed"), Text: c.p.T("study.agreed.of", "agreed", r.Agreed, "units", r.Units)})
	t := &pages.StudyTable{Caption: c.p.T("study.agreement.caption"), Heads: []pages.Column{{Text: c.p.T("study.label.code")}, {Text: c.p.T("label.kappa_cohen")}, {Text: c.p.T("label.kappa_fleiss")}, {Text: c.p.T("label.alpha")}}}
	line := func(head string, a study.Agreement) {
		t.Rows = append(t.Rows, []pages.StudyCell{{Text: head}, {Text: c.measure(a.Cohen)}, {Text: c.measure(a.Fleiss)}, {Text: c.measure(a.Alpha)}})
	}
	line(c.p.T("study.agreement.overall"), r.Overall)
	for _, code := range r.Codes {
		line(c.groupName(v.Study, code.Code), code.Agreement)
	}
	for _, pair := range r.Pairs {
		t.Rows = append(t.Rows, []pages.StudyCell{{Text: c.p.T("study.pair", "a", pair.A, "b", pair.B)}, {Text: c.measure(pair.Cohen)}, {Text: "–"}, {Text: "–"}})
	}
	agreement.Table = t
	talk := pages.StudySection{ID: "disagreements", Title: c.p.T("study.disagreements")}
	if len(v.Open) == 0 {
		talk.Notes = []string{c.p.T("study.disagreements.none")}
		return []pages.StudySection{agreement, talk}
	}
	d := &pages.StudyTable{Caption: c.p.N("study.disagreements.caption", len(v.Open)), Heads: []pages.Column{{Text: c.p.T("study.label.number")}, {Text: c.p.T("study.label.commitment")}}}
	for _, coding := range v.Codings {
		d.Heads = append(d.Heads, pages.Column{Text: c.p.T("study.coder.label", "label", coding.Label)})
	}
	d.Heads = append(d.Heads, pages.Column{Text: c.p.T("study.label.decided")})
	for _, one := range v.Open {
		item := v.List[v.At(one.Commitment)]
		cells := c.itemCells(item, at(item.Number))[:2]
		for _, a := range one.Answers {
			said := c.p.T("study.code.missing")
			if a != nil {
				said = c.codesSaid(v.Study, a.Codes)
			}
			cells = append(cells, pages.StudyCell{Text: said})
		}
		decided := c.p.T("study.open_still")
		if one.Decision != nil {
			decided = c.codesSaid(v.Study, one.Decision.Codes)
		}
		d.Rows = append(d.Rows, append(cells, pages.StudyCell{Text: decided}))
	}
	talk.Table = d
	return []pages.StudySection{agreement, talk}
}

// measure says an agreement with its interval, or why it cannot be told.
func (c *call) measure(m study.Measure) string {
	switch {
	case !m.Known:
		return c.p.T("study.cannot_tell", "why", c.p.T("study.why."+cmp.Or(m.Why, study.NothingShared)))
	case !m.Interval:
		return c.p.T("study.measure.alone", "value", c.p.Decimal(m.Value, 2))
	}
	return c.p.T("study.measure", "value", c.p.Decimal(m.Value, 2), "low", c.p.Decimal(m.Low, 2), "high", c.p.Decimal(m.High, 2))
}
