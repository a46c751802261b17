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

// mostProposals is how many proposals one page shows.
const mostProposals = 100

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
	return f, nil
}

// proposedFields are the names of what is looked for.
var proposedFields = []string{"q", "member", "tag", "from", "proposed", "least", "cursor"}

// findProposals lists proposals; those of a person are all commitments that were found
// and do not have the tag.
func (c *call) findProposals(f app.ProposalFilter, cursor string) (app.Listing[app.Proposal], error) {
	if f.Origin != civic.FromPerson || f.Proposed == "" {
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
	list, err := c.site.App.Commitments(c.r.Context(), f.CommitmentFilter, mostProposals, cursor)
	out := app.Listing[app.Proposal]{Total: list.Total, Next: list.Next}
	for _, it := range list.Items {
		if !graph.InForce(it.Dossier.Commitment, tag.ID) {
			out.Items = append(out.Items, app.Proposal{Item: it, Tag: tag, Origin: civic.FromPerson})
		}
	}
	return out, err
}

// workTags lists what is proposed.
func (s *Site) workTags(c *call) error { return s.tagDesk(c, &sent{values: c.r.URL.Query()}, nil) }

func (s *Site) tagDesk(c *call, f *sent, faults []components.Fault) error {
	filter, wrong := proposedFilter(f.text)
	for _, w := range wrong {
		faults = append(faults, components.Fault{Field: w.Field, Text: c.p.T("tagwork.least.wrong")})
	}
	list, err := c.findProposals(filter, f.text("cursor"))
	if err != nil {
		return err
	}
	cut := max(0, len(list.Items)-mostProposals)
	list.Items = list.Items[:len(list.Items)-cut]
	title := c.p.T("tagwork.tags")
	d := pages.TagDesk{Page: c.layout("", c.headed(title, faults)), Title: title, Faults: faults, Action: c.url("/work/tags"), Send: c.url("/work/tags-preview"),
		Count: c.p.N("tagwork.tags.count", len(list.Items), "commitments", c.p.N("count.commitments", list.Total))}
	if c.query("done") != "" {
		d.Done = c.p.T("tagwork.done.decided")
	}
	if cut > 0 {
		d.Count += " " + c.p.N("tagwork.tags.cut", cut)
	}
	search := c.typed(f, faults, nil)
	search.line("q", "tagwork.field.q", "", true)
	search.line("proposed", "tagwork.field.proposed", "", true)
	search.menu("from", "tagwork.field.from", valued(civic.TagOrigins, func(o civic.TagOrigin) string { return c.p.T("tagwork.from." + string(o)) }))
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
		row := c.proposalRow(p)
		row.ID, row.Value, row.Chosen, row.Tag.URL = "pick-"+strconv.Itoa(i+1), pickOf(p), f.has("all") || slices.Contains(f.all("pick"), pickOf(p)), ""
		d.Rows = append(d.Rows, row)
	}
	decide := c.typed(f, faults, []string{c.p.Code})
	decide.pick("verdict", "tagwork.verdict", c.verdicts()[:3])
	decide.text("reason", "tagwork.reason", 3, civic.MaxLine, true)
	d.Decide = decide.out
	if len(faults) > 0 {
		return c.again(pages.TagDeskPage(d))
	}
	return c.show(pages.TagDeskPage(d))
}

// pickOf names a proposal in a form.
func pickOf(p app.Proposal) string { return p.Item.Ref + " " + string(p.Tag.ID) }

func (c *call) proposalRow(p app.Proposal) pages.ProposalRow {
	w := words{c.p}
	d := p.Item.Dossier
	title := phrase.Of(d.Commitment.Title.Original())
	if title.Text == "" {
		title = phrase.Text{Text: c.p.T("commitment.title.none")}
	}
	return pages.ProposalRow{Commitment: pages.TagName{URL: c.url("/work/tags/" + p.Item.Ref), Name: title, Note: d.Commitment.OGPID}, Member: w.memberName(d.Member),
		Tag: pages.TagName{URL: c.url("/tags/" + string(p.Tag.ID)), Name: c.tagPhrase(p.Tag.Names)}, Why: []string{c.whyProposed(p)}}
}

// picked reads which proposals of the list were chosen, as they are proposed now.
func (c *call) picked(f *sent) (out []app.Proposal, faults []components.Fault, err error) {
	filter, wrong := proposedFilter(f.text)
	if len(wrong) > 0 {
		return nil, []components.Fault{{Field: "least", Text: c.p.T("tagwork.least.wrong")}}, nil
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
	if !slices.Contains(civic.TagVerdicts[:3], civic.TagVerdict(f.text("verdict"))) {
		faults = append(faults, components.Fault{Field: "verdict", Text: c.p.T("tagwork.choose.verdict")})
	}
	if civic.TagVerdict(f.text("verdict")) == civic.TagRejected && len(textOf(f, "reason", []string{c.p.Code})) == 0 {
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
		row := c.proposalRow(one)
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
	err = s.App.DecideTags(c.r.Context(), c.who, choices)
	if faults, ok := c.setFaults(err, func(field string) string { return decisionField(field, c.p.Code, 0, false) }); ok {
		return s.tagDesk(c, f, faults)
	}
	if err != nil {
		return err
	}
	return c.goOn("/work/tags?done=1")
}
