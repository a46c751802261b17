package app

import (
	"context"
	"testing"
)

// What is sent is filed first and thrown away after: a program that is stopped
// between the two must not hold the person's own report against them.
func TestAReportThatWasFiledIsNotWrittenAgainAfterAStop(t *testing.T) {
	eachLiving(t, func(t *testing.T, l *living) {
		ctx, who := context.Background(), l.reporter(leadBody)
		open := func() ReportDraft {
			t.Helper()
			d, err := l.DraftReport(ctx, who, l.plan.Slug, "2026-1", string(l.c[0].ID), WholeCommitment)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		write := func(text string) ReportDraft {
			t.Helper()
			d, in := open(), l.on(0, "2026-1")
			d.Input.Status, d.Input.Done, d.Input.Challenges, d.Input.Evidence = in.Status, bothTexts(text), in.Challenges, in.Evidence
			if err := l.KeepReportDraft(ctx, who, d); err != nil {
				t.Fatal(err)
			}
			return open()
		}
		for i, text := range []string{"the first text", "the second text"} {
			d := write(text)
			if !d.Kept {
				t.Fatalf("%q is not kept", text)
			}
			if _, err := l.SaveReport(ctx, who, d.Input); err != nil { // and here it stops
				t.Fatal(err)
			}
			if d = open(); d.Kept || d.Version != i+1 || d.Input.Version != i+1 {
				t.Errorf("after %q was filed: kept %v, version %d, from version %d", text, d.Kept, d.Version, d.Input.Version)
			}
		}
		d := write("the third text")
		if _, err := l.SendReportDraft(ctx, who, d); err != nil {
			t.Errorf("the third text is refused: %v", err)
		}
		if d = open(); d.Kept || d.Version != 3 {
			t.Errorf("at the end: kept %v, version %d", d.Kept, d.Version)
		}
	})
}
