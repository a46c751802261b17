package app

import (
	"context"
	"fmt"
	"testing"

	"avow/internal/civic"
)

func TestTheStoryOfATagGoesOnPageByPage(t *testing.T) {
	each(t, func(t *testing.T, a *App) {
		ctx := context.Background()
		library(t, a)
		list, err := a.Commitments(ctx, CommitmentFilter{}, 100, "")
		if err != nil {
			t.Fatal(err)
		}
		decide := func(i int, tag string, verdict civic.TagVerdict) {
			t.Helper()
			if err := a.DecideTags(ctx, civic.Operator(), []TagChoice{{Commitment: list.Items[i].Ref, Tag: tag, Verdict: verdict, Reason: inEnglish("So.")}}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 8 {
			decide(i, "Gender", civic.TagAccepted)
		}
		if _, err := a.TagStory(ctx, "gender", StoryPage{}); err != nil { // the index is there already
			t.Fatal(err)
		}
		decide(0, "Health", civic.TagAccepted) // of another tag
		decide(1, "Gender", civic.TagAccepted) // said again: no entry
		decide(2, "Gender", civic.TagDeferred) // takes it off
		decide(2, "Gender", civic.TagRejected) // it was off
		decide(3, "Gender", civic.TagRemoved)  // takes it off
		decide(9, "Gender", civic.TagRejected) // it was never on
		decide(9, "Gender", civic.TagAccepted) // puts it on
		if _, err := a.ApplyTags(ctx, civic.Operator(), setOf(t, `{"change_set": "girls", "title": "Girls", "reason": "They are looked for.", "changes": [
			{"op": "alias", "tag": "Gender", "aliases": "Women and girls"}, {"op": "alias", "tag": "Health", "aliases": "Being well"}]}`)); err != nil {
			t.Fatal(err)
		}
		var keys []string
		var entries []int64
		for before, pages := int64(0), 0; pages < 20; pages++ {
			part, err := a.TagStory(ctx, "women and girls", StoryPage{Before: before, Limit: 3})
			if err != nil {
				t.Fatal(err)
			}
			if len(part) == 0 {
				break
			}
			for _, s := range part {
				keys, entries = append(keys, s.Key), append(entries, s.Entry)
			}
			before = part[len(part)-1].Entry
		}
		want := "[story.tag.alias story.tagged.accepted story.tagged.removed story.tagged.deferred"
		for range 8 {
			want += " story.tagged.accepted"
		}
		if got := fmt.Sprint(keys); got != want+"]" {
			t.Errorf("got %s\nwant %s]", got, want)
		}
		for i := 1; i < len(entries); i++ {
			if entries[i] >= entries[i-1] {
				t.Errorf("entry %d after %d", entries[i], entries[i-1])
			}
		}
		_, err = a.TagStory(ctx, "no such tag", StoryPage{})
		refused(t, err, civic.NotFound, "a tag that is not there")
	})
}
