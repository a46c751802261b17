package api

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/tell"
)

type changesIn struct {
	Since int64 `query:"since" minimum:"0" default:"0" doc:"The entry from which to go on: the next of the page before" example:"0"`
	Limit int   `query:"limit" minimum:"1" maximum:"500" default:"100" doc:"Entries on a page"`
}

// Changes are sentences of the record's history. Next is where to go on.
type Changes struct {
	Items []tell.Happened `json:"items" nullable:"false"`
	Next  int64           `json:"next" doc:"Ask with since=NEXT for what comes after; when nothing has happened it is the since that was asked with"`
}

type storyIn struct {
	Ref    string `path:"ref" maxLength:"200" doc:"ID, code or slug, in any case" example:"LT0031"`
	Before int64  `query:"before" minimum:"1" doc:"Entries below this one: the next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Entries on a page"`
}

type memberStoryIn struct {
	Ref    string `path:"ref" maxLength:"200" doc:"The table's code, our slug or our ID, in any case" example:"LTU"`
	Before int64  `query:"before" minimum:"1" doc:"Entries below this one: the next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Entries on a page"`
}

type planStoryIn struct {
	Ref    string `path:"ref" maxLength:"200" doc:"Our slug or ID, or the source's ID" example:"lithuania-5"`
	Before int64  `query:"before" minimum:"1" doc:"Entries below this one: the next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Entries on a page"`
}

type tagStoryIn struct {
	Ref    string `path:"ref" maxLength:"300" doc:"Any name of the tag, or its slug" example:"open-data"`
	Before int64  `query:"before" minimum:"1" doc:"Entries below this one: the next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"Entries on a page"`
}

// Story is a part of a history, newest first.
type Story struct {
	Items []tell.Happened `json:"items" nullable:"false"`
	Next  *int64          `json:"next" doc:"Ask with before=NEXT for what was earlier; null at the end"`
}

func (a *API) mountHistory() {
	mount(a, "list-changes", func(ctx context.Context, in *changesIn) (*body[Changes], error) {
		list, next, err := a.App.ChangesSince(ctx, in.Since, in.Limit)
		if err != nil {
			return nil, err
		}
		return answer(Changes{each(list, a.change), next}), nil
	})
	mount(a, "commitment-history", func(ctx context.Context, in *storyIn) (*body[Story], error) {
		p, err := a.App.Commitment(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return a.story(ctx, civic.KindCommitment, string(p.Dossier.Commitment.ID), in.Before, in.Limit)
	})
	mount(a, "plan-history", func(ctx context.Context, in *planStoryIn) (*body[Story], error) {
		p, err := a.App.Plan(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return a.story(ctx, civic.KindPlan, string(p.ID), in.Before, in.Limit)
	})
	mount(a, "member-history", func(ctx context.Context, in *memberStoryIn) (*body[Story], error) {
		p, err := a.App.Member(ctx, in.Ref)
		if err != nil {
			return nil, err
		}
		return a.story(ctx, civic.KindMember, string(p.ID), in.Before, in.Limit)
	})
	mount(a, "tag-history", func(ctx context.Context, in *tagStoryIn) (*body[Story], error) {
		list, err := a.App.TagStory(ctx, in.Ref, app.StoryPage{Before: in.Before, Limit: in.Limit})
		return a.storyOf(list, in.Limit, err)
	})
}

func (a *API) change(s app.Sentence) tell.Happened { return tell.ForPrograms(a.Words, a.BaseURL, s) }

func (a *API) story(ctx context.Context, kind civic.Kind, id string, before int64, limit int) (*body[Story], error) {
	list, err := a.App.Story(ctx, kind, id, app.StoryPage{Before: before, Limit: limit})
	return a.storyOf(list, limit, err)
}

// storyOf is the page of a story that was asked for with a limit of entries.
func (a *API) storyOf(list []app.Sentence, limit int, err error) (*body[Story], error) {
	if err != nil {
		return nil, err
	}
	out := Story{Items: each(list, a.change)}
	entries, last := 0, int64(-1)
	for _, s := range list {
		if s.Entry != last {
			entries, last = entries+1, s.Entry
		}
	}
	if entries == limit && last > 0 {
		out.Next = &last
	}
	return answer(out), nil
}
