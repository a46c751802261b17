package web

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/study"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// workStudy is the desk of a study: what it is, and what can be done next.
func (s *Site) workStudy(c *call) error { return s.studyDesk(c, &sent{}, nil) }

func (s *Site) studyDesk(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	name := c.inOwn(v.Title)
	p := c.studyHead(v, c.layout("", c.headed(name.Text, faults)))
	p.Trail = []pages.Link{{URL: c.url("/work/studies"), Text: c.p.T("studies.title")}}
	p.Faults = faults
	if done := c.query("done"); slices.Contains(studyDone, done) {
		p.Done = c.p.T("study.done." + done)
	}
	at := func(rest string) string { return c.studyAt(v.ID, rest) }
	p.Acts = []pages.Link{{URL: at("/again"), Text: c.p.T("study.again.title")}}
	switch v.Stage {
	case study.StageFrozen, study.StageGrouped:
		groups := c.groupsSection(v, func(key string) string { return at("/groups/" + key) })
		groups.Form = &pages.StudyForm{Action: at("/suggest"), Send: c.p.T("study.suggest.send"), Fields: []components.Field{{Name: "groups", Label: c.p.T("study.suggest.groups"),
			Hint: c.p.T("study.suggest.groups.hint"), Kind: "number", Value: f.text("groups"), Fault: components.Of(faults, "groups"), Optional: c.p.T("form.optional")}}}
		groups.Acts = []pages.Link{{URL: at("/groups/new"), Text: c.p.T("study.group.new")}}
		if v.Stage == study.StageGrouped {
			groups.Acts = append(groups.Acts, pages.Link{URL: at("/open"), Text: c.p.T("study.open.title")})
		}
		p.Sections = append(p.Sections, groups)
	case study.StageCoding:
		p.Sections = append(p.Sections, c.groupsSection(v, nil), c.coderSection(v))
	default:
		p.Sections = append(p.Sections, c.groupsSection(v, nil))
		p.Sections = append(p.Sections, c.resultSections(v, func(n int) string { return at("/settle/" + strconv.Itoa(n)) })...)
		next := pages.StudySection{ID: "next", Title: c.p.T("study.next")}
		if v.Settled() {
			next.Acts = []pages.Link{{URL: at("/tags"), Text: c.p.T("study.tags.title")}}
		} else {
			next.Notes = []string{c.p.N("study.next.open", study.Open(v.Open))}
		}
		if v.Published == "" {
			next.Form = &pages.StudyForm{Action: at("/publish"), Send: c.p.T("study.publish.send")}
		} else {
			next.Acts = append(next.Acts, pages.Link{URL: c.url("/studies/" + string(v.ID)), Text: c.p.T("study.published.see")})
		}
		p.Sections = append(p.Sections, next)
	}
	if v.Stage != study.StageCoding { // what others thought is put away while people code
		memos := c.memoSection(v, func(n int) string { return at("/items/" + strconv.Itoa(n)) })
		memos.Acts = []pages.Link{{URL: at("/memo"), Text: c.p.T("study.memo.title")}}
		p.Sections = append(p.Sections, memos)
	}
	p.Sections = append(p.Sections, c.listSection(v, v.Stage != study.StageCoding, func(n int) string { return at("/items/" + strconv.Itoa(n)) }))
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// studyDone are what may have been done a moment ago.
var studyDone = []string{"frozen", "grouped", "named", "moved", "memo", "open", "joined", "handed_in", "settled", "proposed", "published"}

// coderSection says who codes and how far the caller is: never how far others are.
func (c *call) coderSection(v app.StudyPage) pages.StudySection {
	s := pages.StudySection{ID: "coding", Title: c.p.T("study.coding.title"), Notes: []string{c.p.T("study.coding.blind")}}
	t := &pages.StudyTable{Caption: c.p.T("study.coders.caption", "joined", len(v.Coders), "wanted", v.Wanted), Heads: []pages.Column{
		{Text: c.p.T("study.coder")}, {Text: c.p.T("study.coder.joined")}, {Text: c.p.T("study.coder.handed_in")}}}
	done := false
	for _, one := range v.Coders {
		handed := c.p.T("study.coder.not_yet")
		if one.HandedIn != "" {
			handed = c.p.CivilDate(one.HandedIn)
		}
		done = done || one.Label == v.Mine && one.HandedIn != ""
		t.Rows = append(t.Rows, []pages.StudyCell{{Text: one.Label}, {Text: c.p.CivilDate(one.Joined)}, {Text: handed}})
	}
	if len(v.Coders) > 0 {
		s.Table = t
	}
	switch {
	case v.Mine == "" && len(v.Coders) < v.Wanted:
		s.Form = &pages.StudyForm{Action: c.studyAt(v.ID, "/join"), Send: c.p.T("study.join.send")}
	case done:
		s.Notes = append(s.Notes, c.p.T("study.coding.done"))
	case v.Mine != "":
		s.Notes = append(s.Notes, c.p.T("study.coding.mine", "label", v.Mine, "coded", v.Coded, "count", len(v.List)))
		s.Acts = []pages.Link{{URL: c.studyAt(v.ID, "/code/"+strconv.Itoa(c.nextToCode(v, 0))), Text: c.p.T("study.code.go")}, {URL: c.studyAt(v.ID, "/hand-in"), Text: c.p.T("study.hand_in.title")}}
	}
	return s
}

// nextToCode is the number of the first commitment after one that the caller has
// not coded; else of the one that follows.
func (c *call) nextToCode(v app.StudyPage, after int) int {
	mine, err := c.site.App.MyCoding(c.r.Context(), c.who, v.ID)
	if err == nil {
		for i := range v.List {
			at := (after + i) % len(v.List)
			if _, coded := mine.Of(v.List[at].Commitment); !coded {
				return at + 1
			}
		}
	}
	return min(after+1, len(v.List))
}

// suggestGroups has the program suggest groups.
func (s *Site) suggestGroups(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	groups := 0
	if n := f.text("groups"); n != "" {
		if groups, err = strconv.Atoi(n); err != nil || groups == 0 {
			groups = -1 // refused by the rule
		}
	}
	err = s.App.SuggestGroups(c.r.Context(), c.who, c.studyID(), groups)
	return c.sendStudy(err, "?done=grouped", func(faults []components.Fault) error { return s.studyDesk(c, f, faults) })
}

// openCoding asks for how many coders the codes are fixed.
func (s *Site) openCoding(c *call) error { return s.openCodingForm(c, &sent{}, nil) }

func (s *Site) openCodingForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, c.p.T("study.open.title"), faults)
	p.Intro = c.p.T("study.open.intro")
	chosen := f.text("coders")
	coders := components.Choices{Name: "coders", Legend: c.p.T("study.coders"), Fault: components.Of(faults, "coders")}
	for n := study.FewestCoder; n <= study.MostCoders; n++ {
		value := strconv.Itoa(n)
		coders.Items = append(coders.Items, components.Choice{Value: value, Label: c.p.Number(n), Chosen: chosen == value || chosen == "" && n == study.FewestCoder})
	}
	several := components.Choices{Name: "several", Legend: c.p.T("study.several"), Items: []components.Choice{
		{Value: "no", Label: c.p.T("study.several.no"), Chosen: f.text("several") != "yes"}, {Value: "yes", Label: c.p.T("study.several.yes"), Chosen: f.text("several") == "yes"}}}
	section := c.groupsSection(v, nil)
	if fault := components.Of(faults, "codes"); fault != "" {
		section.Notes = append(section.Notes, fault)
	}
	for i := range p.Faults {
		if p.Faults[i].Field == "codes" {
			p.Faults[i].Field = section.ID
		}
	}
	section.Form = &pages.StudyForm{Action: c.studyAt(v.ID, "/open"), Picks: []components.Choices{coders, several}, Send: c.p.T("study.open.send")}
	p.Sections = []pages.StudySection{section}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// openCodingSend opens a study for its coders.
func (s *Site) openCodingSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	coders, _ := strconv.Atoi(f.text("coders")) // what is no number is refused by the rule
	err = s.App.OpenCoding(c.r.Context(), c.who, c.studyID(), coders, f.text("several") == "yes")
	return c.sendStudy(err, "?done=open", func(faults []components.Fault) error { return s.openCodingForm(c, f, faults) })
}

// joinCoding makes the caller a coder.
func (s *Site) joinCoding(c *call) error {
	err := s.App.JoinAsCoder(c.r.Context(), c.who, c.studyID())
	return c.sendStudy(err, "?done=joined", func(faults []components.Fault) error { return s.studyDesk(c, &sent{}, faults) })
}

// publishStudy shows a study to everybody.
func (s *Site) publishStudy(c *call) error {
	err := s.App.PublishStudy(c.r.Context(), c.who, c.studyID())
	return c.sendStudy(err, "?done=published", func(faults []components.Fault) error { return s.studyDesk(c, &sent{}, faults) })
}

// studyTags asks which tag each code stands for.
func (s *Site) studyTags(c *call) error { return s.studyTagsForm(c, nil, nil) }

func (s *Site) studyTagsForm(c *call, f *sent, faults []components.Fault) error {
	v, err := c.studyHere()
	if err != nil {
		return err
	}
	_, graph, err := s.App.Taxonomy(c.r.Context())
	if err != nil {
		return err
	}
	p := c.onStudy(v.Study, c.p.T("study.tags.title"), faults)
	p.Intro = c.p.T("study.tags.intro")
	form := &pages.StudyForm{Action: c.studyAt(v.ID, "/tags"), Send: c.p.T("study.tags.send")}
	for i, g := range v.Codes() {
		field := components.Field{Name: "tag." + g.Key, Label: c.p.T("study.tags.code", "code", g.Name), Value: g.Tag, Fault: components.Of(faults, "tag."+g.Key), Optional: c.p.T("form.optional"), Dir: "auto"}
		if t, ok := graph.Find(g.Name.String()); ok && g.Tag == "" {
			field.Value = string(t.ID)
		}
		if t, ok := graph.Find(field.Value); ok {
			field.Value = t.Names.In(c.p.Code).Text
		}
		if f != nil {
			field.Value = f.text(field.Name)
		}
		if i == 0 {
			for k := range p.Faults {
				if p.Faults[k].Field == "tags" {
					p.Faults[k].Field, field.Fault = field.Name, p.Faults[k].Text
				}
			}
		}
		form.Fields = append(form.Fields, field)
	}
	p.Sections = []pages.StudySection{{ID: "tags", Title: c.p.T("study.tags.codes"), Form: form}}
	if faults != nil {
		return c.again(pages.StudyPage(p))
	}
	return c.show(pages.StudyPage(p))
}

// studyTagsSend turns codes into proposals of tags.
func (s *Site) studyTagsSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	tags := map[string]string{}
	for name := range f.values {
		if key, ok := strings.CutPrefix(name, "tag."); ok {
			tags[key] = f.text(name)
		}
	}
	err = s.App.ProposeTags(c.r.Context(), c.who, c.studyID(), tags)
	return c.sendStudy(err, "?done=proposed", func(faults []components.Fault) error { return s.studyTagsForm(c, f, faults) })
}
