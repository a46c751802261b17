package web

import (
	"net/url"
	"strconv"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/study"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// newGroup is the last part of the address at which a group is made.
const newGroup = "new"

// studyGroup asks for the name and the definition of a group.
func (s *Site) studyGroup(c *call) error { return s.studyGroupForm(c, nil, nil) }

func (s *Site) studyGroupForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	key := c.r.PathValue("group")
	g, known := v.Group(key)
	if key != newGroup && !known {
		return notFound()
	}
	title := c.p.T("study.group.new")
	if known {
		title = c.p.T("study.group.title", "group", c.groupName(v.Study, key))
	}
	p := c.onStudy(v.Study, title, faults)
	p.Intro = c.p.T("study.group.intro")
	if f == nil {
		f = &sent{values: url.Values{"name": {g.Name.In(c.p.Code).Text}, "definition": {g.Definition.In(c.p.Code).Text}, "lang": {g.Name.In(c.p.Code).Lang}}}
		if !g.Named() {
			f.values.Del("lang")
		}
	}
	section := pages.StudySection{ID: "code", Title: c.p.T("study.group.code"), Form: &pages.StudyForm{Action: c.studyAt(v.ID, "/groups/"+url.PathEscape(key)), Send: c.p.T("study.group.send"),
		Fields: []components.Field{c.studyField("name", "study.group.name", f, faults, 0, false), c.studyField("definition", "study.group.definition", f, faults, 4, false)},
		Menus:  []components.Menu{c.writtenIn(f.text("lang"), nil)}}}
	if len(g.Words) > 0 {
		section.Notes = []string{c.p.T("study.group.words", "words", c.p.List(g.Words))}
	}
	p.Sections = []pages.StudySection{section}
	if known && v.Stage != study.StageCoding {
		p.Sections = append(p.Sections, c.membersSection(v, key), c.memosOn(v, study.OnGroup, key))
	}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// membersSection lists the commitments of a group.
func (c *call) membersSection(v app.StudyPage, key string) pages.StudySection {
	s := pages.StudySection{ID: "members", Title: c.p.T("study.group.members")}
	t := &pages.StudyTable{Caption: c.p.N("count.commitments", v.Members(key)), Heads: []pages.Column{{Text: c.p.T("study.label.number")}, {Text: c.p.T("study.label.commitment")}, {Text: c.p.T("label.member")}}}
	for _, item := range v.List {
		if item.Group == key {
			t.Rows = append(t.Rows, c.itemCells(item, c.studyAt(v.ID, "/items/"+strconv.Itoa(item.Number))))
		}
	}
	if len(t.Rows) > 0 {
		s.Table = t
	} else {
		s.Notes = []string{c.p.T("study.group.empty")}
	}
	return s
}

// studyGroupSend names a group.
func (s *Site) studyGroupSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	key := c.r.PathValue("group")
	if key == newGroup {
		key = ""
	}
	err = s.App.NameGroup(c.r.Context(), c.who, c.studyID(), key, c.written(f, "name"), c.written(f, "definition"))
	return c.sendStudy(err, "?done=named", func(faults []components.Fault) error { return s.studyGroupForm(c, f, faults) })
}

// workStudyItem shows one commitment of a study, with where it stands and what was
// thought of it, and moves it.
func (s *Site) workStudyItem(c *call) error { return s.workItemForm(c, nil) }

func (s *Site) workItemForm(c *call, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, "", faults)
	c.itemHead(&p, v, item, v.Stage != study.StageCoding, c.studyAt(v.ID, "/items/"))
	p.Page.Title = c.headed(p.Page.Title, faults)
	if c.query("done") == "moved" {
		p.Done = c.p.T("study.done.moved")
	}
	if v.Stage == study.StageGrouped {
		menu := components.Menu{Name: "to", Label: c.p.T("study.move.to"), Fault: components.Of(faults, "to")}
		menu.Items = append(menu.Items, components.Choice{Value: "", Label: c.p.T("study.group.none"), Chosen: item.Group == ""})
		for _, g := range v.Groups {
			menu.Items = append(menu.Items, components.Choice{Value: g.Key, Label: c.groupName(v.Study, g.Key), Chosen: item.Group == g.Key})
		}
		p.Sections = append(p.Sections, pages.StudySection{ID: "move", Title: c.p.T("study.move.title"),
			Form: &pages.StudyForm{Action: c.studyAt(v.ID, "/items/"+strconv.Itoa(item.Number)), Menus: []components.Menu{menu}, Send: c.p.T("study.move.send")}})
	}
	p.Sections = append(p.Sections, c.trailSections(v, item)...)
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// studyMove puts a commitment into another group.
func (s *Site) studyMove(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	item, err := c.itemHere(v)
	if err != nil {
		return err
	}
	err = s.App.MoveItem(c.r.Context(), c.who, v.ID, item.Commitment, f.text("to"))
	return c.sendStudy(err, "/items/"+strconv.Itoa(item.Number)+"?done=moved", func(faults []components.Fault) error { return s.workItemForm(c, faults) })
}

// memosOn lists the memos on something with a way to write one.
func (c *call) memosOn(v app.StudyPage, about, target string) pages.StudySection {
	s := pages.StudySection{ID: "memos", Title: c.p.T("study.memos")}
	for _, m := range v.MemosOn(about, target) {
		s.Said = append(s.Said, pages.StudySaid{About: c.memoMeta(v.Study, m), Texts: phrase.All(m.Text)})
	}
	if len(s.Said) == 0 {
		s.Notes = []string{c.p.T("study.memos.none")}
	}
	if c.route.Kind == KindWork {
		s.Acts = []pages.Link{{URL: c.studyAt(v.ID, "/memo?about="+about+"&target="+url.QueryEscape(target)), Text: c.p.T("study.memo.title")}}
	}
	return s
}

// memoMeta says when a memo was written, and by which coder when it was one.
func (c *call) memoMeta(s study.Study, m study.Memo) string {
	if label := s.CoderOf(m.By); label != "" {
		return c.p.T("study.memo.by", "date", c.p.CivilDate(m.On), "label", label)
	}
	return c.p.T("study.memo.on", "date", c.p.CivilDate(m.On))
}

// studyMemo asks for a memo on what the address says.
func (s *Site) studyMemo(c *call) error {
	return s.studyMemoForm(c, &sent{values: url.Values{"about": {c.query("about")}, "target": {c.query("target")}}}, nil)
}

func (s *Site) studyMemoForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, c.p.T("study.memo.title"), faults)
	about, target := f.text("about"), f.text("target")
	if about == "" {
		about = study.OnStudy
	}
	on := c.p.T("study.memo.about.study")
	switch about {
	case study.OnGroup:
		on = c.p.T("study.memo.about.group", "group", c.groupName(v.Study, target))
	case study.OnCommitment:
		if i := v.At(civic.CommitmentID(target)); i >= 0 {
			on = c.p.T("study.memo.about.commitment", "title", v.List[i].Content.Title)
		}
	}
	p.Intro = on
	p.Sections = []pages.StudySection{{ID: "write", Title: c.p.T("study.memo.write"), Form: &pages.StudyForm{Action: c.studyAt(v.ID, "/memo"), Send: c.p.T("study.memo.send"),
		Hidden: [][2]string{{"about", about}, {"target", target}},
		Fields: []components.Field{c.studyField("memo", "study.memo", f, faults, 6, false)},
		Menus:  []components.Menu{c.writtenIn(f.text("lang"), nil)}}}}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// studyMemoSend keeps a memo.
func (s *Site) studyMemoSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	about, target := f.text("about"), f.text("target")
	on := "?done=memo"
	switch i := v.At(civic.CommitmentID(target)); {
	case about == study.OnGroup:
		on = "/groups/" + url.PathEscape(target) + on
	case about == study.OnCommitment && i >= 0:
		on = "/items/" + strconv.Itoa(i+1) + on
	}
	err = s.App.WriteMemo(c.r.Context(), c.who, v.ID, about, target, c.written(f, "memo"))
	return c.sendStudy(err, on, func(faults []components.Fault) error { return s.studyMemoForm(c, f, faults) })
}
