package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/taxonomy"
)

// tagEntry is an entry of the taxonomy in a file, with its line.
type tagEntry struct {
	taxonomy.Change
	line int
}

func (e tagEntry) compare(o tagEntry) int {
	return cmp.Or(cmp.Compare(e.Version, o.Version), cmp.Compare(e.Place, o.Place))
}

// tagDesk is the taxonomy as the desk has it: what is known, and what files added.
type tagDesk struct {
	timeline *taxonomy.Timeline
	entries  []taxonomy.Change // in the order of the record
	branched bool              // a file tells another version than the one known
}

func (d *desk) tagsKnown(ctx context.Context) error {
	if d.tags != nil {
		return nil
	}
	t := &tagDesk{}
	err := d.app.store.EachVersion(ctx, civic.KindTagChange, 0, func(v store.Version) error {
		c, err := decodeVersion[taxonomy.Change](v)
		t.entries = append(t.entries, c)
		return err
	})
	if err == nil {
		t.timeline, err = taxonomy.NewTimeline(t.entries)
	}
	if err == nil {
		d.tags = t
	}
	return err
}

// takeTagChanges lays the entries of a file on the desk, version by version: a set is
// taken whole or not at all, and only as the next version of the taxonomy. From the
// first version that is another one here nothing more is taken.
func (d *desk) takeTagChanges(ctx context.Context, all []tagEntry, report *ImportReport) error {
	if len(all) == 0 {
		return nil
	}
	if err := d.tagsKnown(ctx); err != nil {
		return err
	}
	slices.SortStableFunc(all, tagEntry.compare)
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Version == all[0].Version {
			n++
		}
		d.takeVersion(all[:n], report)
		all = all[n:]
	}
	d.tags.branched = false
	return nil
}

// takeVersion takes the entries of one version of the taxonomy.
func (d *desk) takeVersion(group []tagEntry, report *ImportReport) {
	t, first := d.tags, group[0]
	if first.Version <= len(t.timeline.Versions()) && !t.branched {
		t.branched = slices.ContainsFunc(group, func(e tagEntry) bool {
			return !slices.ContainsFunc(t.entries, func(c taxonomy.Change) bool {
				return c.ID == e.ID && c.Version == e.Version && sameSubject(c, e.Change)
			})
		})
		if !t.branched {
			report.Others.Unchanged += len(group)
			return
		}
	}
	if t.branched {
		report.Undecided += len(group)
		report.Warnings = append(report.Warnings, interchange.Issue{Row: first.line, Column: "version", Code: "taxonomy_differs",
			Args: map[string]any{"version": first.Version, "set": first.Set}})
		return
	}
	changes := make([]taxonomy.Change, len(group))
	for i, e := range group {
		changes[i] = e.Change
	}
	next, err := t.timeline.Take(changes...)
	if err != nil {
		report.Refused += len(group)
		report.Warnings = append(report.Warnings, tagIssues(group, err)...)
		return
	}
	verb := map[taxonomy.Step]string{taxonomy.StepApply: verbApplyTags, taxonomy.StepUndo: verbUndoTags, taxonomy.StepRedo: verbRedoTags}
	step := next.Versions()[len(next.Versions())-1].Step
	t.timeline, t.entries = next, append(t.entries, changes...)
	report.Others.New += len(changes)
	for _, c := range changes {
		d.more = append(d.more, change{subject: func() civic.Subject { return c }, verb: verb[step], edition: jsonlEdition})
	}
}

// tagIssues tells each fault of a version at the line of its operation.
func tagIssues(group []tagEntry, err error) []interchange.Issue {
	faults := asFaults(err)
	out := make([]interchange.Issue, 0, len(faults))
	for _, fault := range faults {
		issue := interchange.RuleIssue("tag_change", fault)
		issue.Row = group[0].line
		if e, ok := fault.(*civic.Error); ok {
			if rest, ok := strings.CutPrefix(e.Field, "changes."); ok {
				place, _, _ := strings.Cut(rest, ".")
				for _, one := range group {
					if strconv.Itoa(one.Place) == place {
						issue.Row = one.line
					}
				}
			}
		}
		out = append(out, issue)
	}
	return out
}

// asFaults takes several faults apart.
func asFaults(err error) []error {
	if many, ok := err.(civic.Errors); ok {
		return many.Unwrap()
	}
	return []error{err}
}
