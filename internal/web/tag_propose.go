package web

import (
	"slices"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/pages"
)

// standing asks for what is in force instead of what is proposed: to confirm it, or to
// take it away.
const standing civic.TagOrigin = "standing"

// cutTwice splits the field of a fault of a decision, "choices.3.reason", into its
// place and its name.
func cutTwice(field string) (place int, name string, ok bool) {
	rest, ok := strings.CutPrefix(field, "choices.")
	number, name, _ := strings.Cut(rest, ".")
	place, err := strconv.Atoi(number)
	return place, name, ok && err == nil
}

// proposedFilter reads what is looked for from an address or a form.
func proposedFilter(get func(string) string) (app.ProposalFilter, []components.Fault) {
	f := app.ProposalFilter{CommitmentFilter: app.CommitmentFilter{Q: get("q"), Member: get("member"), Tag: get("tag")},
		Origin: civic.TagOrigin(get("from")), Proposed: get("proposed")}
	if least := get("least"); least != "" {
		n, err := strconv.Atoi(least)
		if err != nil || n < 0 || n > 100 {
			return f, []components.Fault{{Field: "least"}}
		}
		f.Least = n * 10
	}
	if f.Proposed == "" && (f.Origin == standing || f.Origin == civic.FromPerson) {
		return f, []components.Fault{{Field: "proposed"}}
	}
	return f, nil
}

// wrongFilter says what is wrong with what is looked for.
func (c *call) wrongFilter(wrong []components.Fault) []components.Fault {
	for i := range wrong {
		wrong[i].Text = c.p.T(map[string]string{"least": "tagwork.least.wrong", "proposed": "tagwork.choose.name"}[wrong[i].Field])
	}
	return wrong
}

// proposedFields are the names of what is looked for.
var proposedFields = []string{"q", "member", "tag", "from", "proposed", "least", "cursor"}

// findProposals lists proposals. Those of a person are all commitments that were found
// and do not have the tag; what stands are those that have it themselves.
func (c *call) findProposals(f app.ProposalFilter, cursor string) (app.Listing[app.Proposal], error) {
	if f.Origin != standing && f.Origin != civic.FromPerson {
		return c.site.App.Proposals(c.r.Context(), f, cursor)
	}
	_, graph, err := c.site.App.Taxonomy(c.r.Context())
	if err != nil {
		return app.Listing[app.Proposal]{}, err
	}
	tag, ok := graph.Find(f.Proposed)
	if !ok {
		return app.Listing[app.Proposal]{}, nil
	}
	if f.Origin == standing && f.Tag == "" {
		f.Tag = string(tag.ID)
	}
	list, err := c.site.App.Commitments(c.r.Context(), f.CommitmentFilter, app.MostProposals, cursor)
	out := app.Listing[app.Proposal]{Total: list.Total, Next: list.Next}
	for _, it := range list.Items {
		if graph.InForce(it.Dossier.Commitment, tag.ID) == (f.Origin == standing) {
			out.Items = append(out.Items, app.Proposal{Item: it, Tag: tag, Origin: civic.FromPerson})
		}
	}
	return out, err
}

// workTags lists what is proposed.
func (s *Site) workTags(c *call) error { return s.tagDesk(c, &sent{values: c.r.URL.Query()}, nil) }

func (s *Site) tagDesk(c *call, f *sent, faults []components.Fault) error {
	filter, wrong := proposedFilter(f.text)
	faults = append(faults, c.wrongFilter(wrong)...)
	var list app.Listing[app.Proposal]
	done := c.query("done") != "" // what was done stands alone, until something is looked for
	if len(wrong) == 0 && !done {
		var err error
		if list, err = c.findProposals(filter, f.text("cursor")); err != nil {
			return err
		}
	}
	stands := filter.Origin == standing
	title := c.p.T("tagwork.tags")
	d := pages.TagDesk{Page: c.layout("", c.headed(title, faults)), Title: title, Faults: faults, Action: c.url("/work/tags"), Send: c.url("/work/tags-preview"),
		Count: c.p.N("tagwork.tags.count", len(list.Items), "commitments", c.p.N("count.commitments", list.Total)), Empty: c.p.T("tagwork.tags.none")}
	switch {
	case done:
		d.Count = ""
	case stands:
		d.Count, d.Empty = c.p.N("tagwork.tags.standing", len(list.Items), "commitments", c.p.N("count.commitments", list.Total)), c.p.T("tagwork.tags.standing.none")
	}
	if err := c.decidedTogether(&d); err != nil {
		return err
	}
	search := c.typed(f, faults, nil)
	search.line("q", "tagwork.field.q", "", true)
	search.line("proposed", "tagwork.field.proposed", "", true)
	search.menu("from", "tagwork.field.from", valued(append(slices.Clone(civic.TagOrigins), standing), func(o civic.TagOrigin) string { return c.p.T("tagwork.from." + string(o)) }))
	search.line("least", "tagwork.field.least", "number", true)
	d.Ask = search.out
	var again []string
	for _, name := range proposedFields {
		if v := f.text(name); v != "" {
			d.Hidden = append(d.Hidden, [2]string{name, v})
			if name != "cursor" {
				again = append(again, name, v)
			}
		}
	}
	all := append(slices.Clone(again), "cursor", f.text("cursor"), "all", "1")
	d.All = pages.Link{URL: c.url("/work/tags" + query(all...)), Text: c.p.T("tagwork.all")}
	if list.Next != "" {
		d.Next = c.url("/work/tags" + query(append(slices.Clone(again), "cursor", list.Next)...))
	}
	if f.text("cursor") != "" {
		d.First = c.url("/work/tags" + query(again...))
	}
	for i, p := range list.Items {
		row := c.proposalRow(p, stands)
		row.ID, row.Value, row.Chosen, row.Tag.URL = "pick-"+strconv.Itoa(i+1), pickOf(p), f.has("all") || slices.Contains(f.all("pick"), pickOf(p)), ""
		if p.Refused != "" {
			row.ID = "" // there is nothing to accept
		}
		d.Rows = append(d.Rows, row)
	}
	decide := c.typed(f, faults, []string{c.p.Code})
	decide.pick("verdict", "tagwork.verdict", choicesOf(c.verdicts(), filter.Origin))
	decide.text("reason", "tagwork.reason", 3, civic.MaxLine, true)
	d.Decide = decide.out
	if len(faults) > 0 {
		return c.again(pages.TagDeskPage(d))
	}
	return c.show(pages.TagDeskPage(d))
}

// choicesOf are the verdicts that can be given on what was listed: what stands is
// confirmed or taken away, and anything else is accepted, rejected or put off.
func choicesOf(verdicts []choice, from civic.TagOrigin) []choice {
	if from == standing {
		return []choice{verdicts[0], verdicts[3]}
	}
	return verdicts[:3]
}

// decidedTogether shows what was decided at once, from the entry that the address names.
func (c *call) decidedTogether(d *pages.TagDesk) error {
	value := c.query("done")
	if value == "" {
		return nil
	}
	d.Done = c.p.T("tagwork.done.decided")
	first, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		return nil
	}
	if first < 0 {
		d.Done = c.p.T("tagwork.done.nothing")
		return nil
	}
	sentences, next, err := c.site.App.DecidedTogether(c.r.Context(), first, app.MostStory)
	switch {
	case civic.KindOf(err) == civic.NotFound:
		return nil
	case err != nil:
		return err
	}
	n, last := 0, int64(-1)
	for _, s := range sentences {
		if s.Entry != last {
			n, last = n+1, s.Entry
		}
		d.Together = append(d.Together, c.storyItem(told{}, s))
	}
	d.TogetherCount = c.p.N("tagwork.together.count", n, "first", first, "last", last)
	d.InRecord = pages.Link{URL: c.url("/record/changes" + query("cursor", strconv.FormatInt(last+1, 10))), Text: c.p.T("tagwork.together.record")}
	if next > 0 {
		d.TogetherNext = pages.Link{URL: c.url("/work/tags" + query("done", strconv.FormatInt(next, 10))), Text: c.p.T("commitments.page.next")}
	}
	return nil
}

// pickOf names a proposal in a form.
func pickOf(p app.Proposal) string { return p.Item.Ref + " " + string(p.Tag.ID) }

// proposalRow is a line of the list. Of what stands it says who says so.
func (c *call) proposalRow(p app.Proposal, stands bool) pages.ProposalRow {
	w := words{c.p}
	d := p.Item.Dossier
	title := phrase.Of(d.Commitment.Title.Original())
	if title.Text == "" {
		title = phrase.Text{Text: c.p.T("commitment.title.none")}
	}
	row := pages.ProposalRow{Commitment: pages.TagName{URL: c.url("/work/tags/" + p.Item.Ref), Name: title, Note: d.Commitment.OGPID}, Member: w.memberName(d.Member),
		Tag: pages.TagName{URL: c.url("/tags/" + string(p.Tag.ID)), Name: c.tagPhrase(p.Tag.Names)}}
	if !stands {
		row.Why = []string{c.whyProposed(p)}
		return row
	}
	if _, graph, err := c.site.App.Taxonomy(c.r.Context()); err == nil {
		on, _ := c.tagsInForce(graph, d.Commitment)
		for _, one := range on {
			if one.Tag.URL == row.Tag.URL {
				row.Why = one.By
			}
		}
	}
	return row
}

// picked reads which proposals of the list were chosen, as they are proposed now.
func (c *call) picked(f *sent) (out []app.Proposal, faults []components.Fault, err error) {
	filter, wrong := proposedFilter(f.text)
	if len(wrong) > 0 {
		return nil, c.wrongFilter(wrong), nil
	}
	if len(f.all("pick")) == 0 {
		return nil, []components.Fault{{Field: "pick-1", Text: c.p.T("tagwork.choose.tag")}}, nil
	}
	list, err := c.findProposals(filter, f.text("cursor"))
	if err != nil {
		return nil, nil, err
	}
	for _, p := range list.Items {
		if slices.Contains(f.all("pick"), pickOf(p)) {
			out = append(out, p)
		}
	}
	if len(out) < len(f.all("pick")) {
		faults = append(faults, components.Fault{Text: c.p.T("tagwork.moved")})
	}
	verdict := f.text("verdict")
	if !slices.ContainsFunc(choicesOf(c.verdicts(), filter.Origin), func(o choice) bool { return o.value == verdict }) {
		key := "tagwork.choose.verdict"
		if filter.Origin == standing {
			key = "tagwork.choose.take"
		}
		faults = append(faults, components.Fault{Field: "verdict", Text: c.p.T(key)})
	}
	if (civic.TagVerdict(verdict) == civic.TagRejected || civic.TagVerdict(verdict) == civic.TagRemoved) && len(textOf(f, "reason", []string{c.p.Code})) == 0 {
		faults = append(faults, components.Fault{Field: "reason." + c.p.Code, Text: c.p.T("tagwork.choose.reason")})
	}
	return out, faults, nil
}

// previewTags shows every decision before it is written.
func (s *Site) previewTags(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	chosen, faults, err := c.picked(f)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return s.tagDesk(c, f, faults)
	}
	filter, _ := proposedFilter(f.text)
	verdict := f.text("verdict")
	p := pages.TagPreview{Page: c.layout("", c.p.T("tagwork.tags.preview")), Title: c.p.T("tagwork.tags.preview"),
		Trail:  []pages.Link{{URL: c.url("/work/tags"), Text: c.p.T("tagwork.tags")}},
		Intro:  c.p.N("tagwork.tags.ready", len(chosen), "verdict", c.p.T("tagwork.verdict."+verdict)),
		Action: c.url("/work/tags"), Send: c.p.N("tagwork.tags.send", len(chosen)), Hidden: [][2]string{{"verdict", verdict}, {"reason." + c.p.Code, f.text("reason." + c.p.Code)}}}
	for _, name := range proposedFields {
		if v := f.text(name); v != "" {
			p.Hidden = append(p.Hidden, [2]string{name, v})
		}
	}
	for _, one := range chosen {
		p.Hidden = append(p.Hidden, [2]string{"pick", pickOf(one)})
		row := c.proposalRow(one, filter.Origin == standing)
		row.After = c.p.T("tagwork.verdict." + verdict)
		p.Rows = append(p.Rows, row)
	}
	return c.show(pages.TagPreviewPage(p))
}

// workTagsSend writes decisions on many proposals at once: all or none.
func (s *Site) workTagsSend(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	chosen, faults, err := c.picked(f)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return s.tagDesk(c, f, faults)
	}
	choices := make([]app.TagChoice, 0, len(chosen))
	for _, p := range chosen {
		one := choiceOf(chosen, p.Item.Ref, string(p.Tag.ID))
		one.Verdict, one.Reason = civic.TagVerdict(f.text("verdict")), textOf(f, "reason", []string{c.p.Code})
		choices = append(choices, one)
	}
	first, err := s.App.DecideTagsTogether(c.r.Context(), c.who, choices)
	if faults, ok := c.setFaults(err, func(field string) string { return decisionField(field, c.p.Code, 0, false) }); ok {
		return s.tagDesk(c, f, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/tags?done=" + strconv.FormatInt(first, 10))
}
