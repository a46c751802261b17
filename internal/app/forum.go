package app

import (
	"context"
	"strings"

	"avow/internal/civic"
	"avow/internal/store"
)

// KeepForum describes a member's forum: a first time, or anew (see KeepDocument).
// A member has one; its ID is found by the member.
func (a *App) KeepForum(ctx context.Context, who civic.Caller, f civic.Forum, seen int) (civic.ForumID, error) {
	f.Name, f.Website, f.Repository = cleanText(f.Name), strings.TrimSpace(f.Website), strings.TrimSpace(f.Repository)
	known, err := a.store.FindOnce(ctx, civic.KindForum, string(f.Member))
	if err != nil && civic.KindOf(err) != civic.NotFound {
		return "", err
	}
	id, err := keep(ctx, a, who, keeping[civic.Forum]{
		kind: civic.KindForum, id: known, seen: seen, add: verbDescribeForum, correct: verbCorrectForum,
		place: func(f civic.Forum) civic.Place { return civic.Place{Member: f.Member} },
		make: func(ctx context.Context, id string, before civic.Forum) (civic.Forum, error) {
			after := f
			after.ID = civic.ForumID(id)
			after.Demo = after.Demo || before.Demo
			var e civic.Errors
			if _, _, err := a.within(ctx, &e, after.Member, "", ""); err != nil {
				return after, err
			}
			if after.Rules != "" {
				d, _, err := read[civic.Document](ctx, a, civic.KindDocument, string(after.Rules))
				if civic.KindOf(err) == civic.NotFound || err == nil && (d.Member != after.Member || d.Withdrawn != "") {
					e.Add("rules", "repository.fault.elsewhere")
				} else if err != nil {
					return after, err
				}
			}
			e = append(e, civic.CheckForum(after)...)
			return after, e.Or()
		},
	})
	return civic.ForumID(id), err
}

// forumOf returns a member's forum with its version; ok is false when none is described.
func (a *App) forumOf(ctx context.Context, member civic.MemberID) (f civic.Forum, v store.Version, ok bool, err error) {
	id, err := a.store.FindOnce(ctx, civic.KindForum, string(member))
	if civic.KindOf(err) == civic.NotFound {
		return f, v, false, nil
	}
	if err != nil {
		return f, v, false, err
	}
	if v, err = a.store.Newest(ctx, civic.KindForum, id); err != nil || v.Erased {
		return f, v, false, err
	}
	f, err = decodeVersion[civic.Forum](v)
	return f, v, err == nil, err
}
