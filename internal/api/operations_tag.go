package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/taxonomy"

	"github.com/danielgtaylor/huma/v2"
)

type taxonomyAt struct {
	On      string `query:"on" format:"date" maxLength:"10" doc:"As it was in force on that day, by what is known now" example:"2022-05-01"`
	Version int    `query:"version" minimum:"1" maximum:"1000000" doc:"As that version left it; not together with on"`
}

type tagQualityIn struct {
	Tag string `query:"tag" maxLength:"300" doc:"Look at the commitments that have this tag alone; digital-governance when it is left out" example:"digital-governance"`
}

type tagSet struct {
	Body struct {
		Shipped  string            `json:"shipped,omitempty" maxLength:"100" doc:"A set that is part of the program" example:"open-digital"`
		Set      json.RawMessage   `json:"set,omitempty" doc:"A set of changes: docs/formats/tag-changes.md"`
		Settings map[string]string `json:"settings,omitempty" doc:"How what the set leaves open is decided"`
		DryRun   bool              `json:"dry_run,omitempty" doc:"Say what it would do, change nothing"`
	}
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

type turnedSet struct {
	Set  string `path:"set" maxLength:"100" doc:"Name of the set" example:"open-digital"`
	Body struct {
		Why []Phrase `json:"why" maxItems:"20"`
	}
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

// TagChoice is a decision on a tag of a commitment.
type TagChoice struct {
	Commitment string   `json:"commitment" maxLength:"200" doc:"OGP ID, or ours"`
	Tag        string   `json:"tag" maxLength:"300" doc:"Any name of the tag"`
	Verdict    string   `json:"verdict" maxLength:"20" doc:"accepted, rejected, deferred or removed"`
	Reason     []Phrase `json:"reason,omitempty" maxItems:"20" doc:"Required to reject or remove"`
}

type tagChoices struct {
	Body struct {
		Choices []TagChoice `json:"choices" maxItems:"2000"`
	}
	Key string `header:"Idempotency-Key" maxLength:"200" doc:"The same key gives the first request's answer again"`
}

func (a *API) mountTags() {
	mount(a, "list-tags", func(ctx context.Context, _ *none) (*body[Page[Tag]], error) {
		t, err := a.App.Tags(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(t, a.tag))), nil
	})
	mount(a, "get-tag", a.getTag)
	mount(a, "get-taxonomy", a.getTaxonomy)
	mount(a, "list-taxonomy-versions", func(ctx context.Context, _ *none) (*body[Page[TaxonomyVersion]], error) {
		timeline, _, err := a.App.Taxonomy(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(timeline.Versions(), taxonomyVersion))), nil
	})
	mount(a, "list-tag-losses", func(ctx context.Context, _ *none) (*body[Page[TagLoss]], error) {
		losses, err := a.App.LostTags(ctx)
		if err != nil {
			return nil, err
		}
		return answer(page(each(losses, tagLoss))), nil
	})
	mount(a, "tag-quality", func(ctx context.Context, in *tagQualityIn) (*body[TagQuality], error) {
		q, err := a.App.TagQuality(ctx, in.Tag)
		if err != nil {
			return nil, err
		}
		return answer(tagQuality(q)), nil
	})
	mount(a, "list-proposed-tags", func(ctx context.Context, in *byRef) (*body[Page[ProposedTag]], error) {
		list, err := a.App.ProposalsFor(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return answer(page(each(list, proposedTag))), nil
	})
	mount(a, "taxonomy-turtle", a.exportTaxonomy("taxonomy-turtle", "ttl"))
	mount(a, "taxonomy-jsonld", a.exportTaxonomy("taxonomy-jsonld", "jsonld"))
	mount(a, "taxonomy-csv", a.exportTaxonomy("taxonomy-csv", "csv"))
	change(a, "apply-tags", a.applyTags)
	change(a, "undo-tags", func(ctx context.Context, who civic.Caller, in *turnedSet) (*body[Done], error) {
		return done(in.Set, a.App.UndoTags(ctx, who, in.Set, textOf(in.Body.Why)))
	})
	change(a, "redo-tags", func(ctx context.Context, who civic.Caller, in *turnedSet) (*body[Done], error) {
		return done(in.Set, a.App.RedoTags(ctx, who, in.Set, textOf(in.Body.Why)))
	})
	change(a, "decide-tags", func(ctx context.Context, who civic.Caller, in *tagChoices) (*body[Done], error) {
		choices := each(in.Body.Choices, func(c TagChoice) app.TagChoice {
			return app.TagChoice{Commitment: c.Commitment, Tag: c.Tag, Verdict: civic.TagVerdict(c.Verdict), Reason: textOf(c.Reason)}
		})
		choices, err := a.App.Answering(ctx, who, choices)
		if err != nil {
			return nil, err
		}
		return done("", a.App.DecideTags(ctx, who, choices))
	})
}

func (a *API) getTag(ctx context.Context, in *bySlug) (*body[TagDetail], error) {
	t, err := a.App.Tag(ctx, in.Slug)
	if err != nil {
		return nil, err
	}
	timeline, graph, err := a.App.Taxonomy(ctx)
	if err != nil {
		return nil, err
	}
	return answer(a.tagDetail(t, graph, timeline.History(t.Tag.ID))), nil
}

func (a *API) getTaxonomy(ctx context.Context, in *taxonomyAt) (*body[Taxonomy], error) {
	v, graph, err := a.App.TaxonomyAt(ctx, in.On, in.Version)
	if err != nil {
		return nil, err
	}
	out := Taxonomy{Version: v.Number, Effective: v.Effective, Tags: []json.RawMessage{}}
	if in.Version == 0 {
		out.InForce = &v.InForce
	}
	for t := range graph.All() {
		b, err := json.Marshal(t)
		if err != nil {
			return nil, err
		}
		out.Tags = append(out.Tags, b)
	}
	return answer(out), nil
}

func (a *API) exportTaxonomy(operation, format string) func(context.Context, *none) (*exportOut, error) {
	media := rowOf(operation).Media + "; charset=utf-8"
	return func(context.Context, *none) (*exportOut, error) {
		return &exportOut{`attachment; filename="taxonomy.` + format + `"`, func(hc huma.Context) {
			a.streamed(hc, media, func(ctx context.Context, w io.Writer) error { return a.App.ExportTaxonomy(ctx, format, a.BaseURL, w) })
		}}, nil
	}
}

func (a *API) applyTags(ctx context.Context, who civic.Caller, in *tagSet) (*body[TagOutlook], error) {
	set, err := taxonomy.ShippedSet(in.Body.Shipped)
	if len(in.Body.Set) > 0 {
		set, err = taxonomy.ReadSet(bytes.NewReader(in.Body.Set))
	}
	if err != nil {
		return nil, err
	}
	if set, err = set.Choose(in.Body.Settings); err != nil {
		return nil, err
	}
	var o app.TagOutlook
	if in.Body.DryRun {
		o, err = a.App.TryTags(ctx, set)
	} else {
		o, err = a.App.ApplyTags(ctx, who, set)
	}
	if err != nil {
		return nil, err
	}
	return answer(tagOutlook(set.Name, in.Body.DryRun, o)), nil
}
