package app

import (
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/text"
)

// merge lays what an edition says over what is known. Tags and ratings stand
// beside those of other editions; title, text, dates and institutions are those
// of the newest edition. What the source does not say is not changed. A commitment
// that is run here keeps its promise: that changes by amendments alone.
func merge(known, told civic.Commitment) civic.Commitment {
	edition := told.Sources[0].Edition
	told.Assessments = keepCorrected(known.Assessments, told.Assessments)
	row := interchange.FullRow(edition, told) // nil for a source that is no table of OGP's
	c := known
	if c.OGPID == "" {
		c.OGPID = told.OGPID
	}
	c.Absent = slices.DeleteFunc(slices.Clone(known.Absent), func(e civic.Edition) bool { return e == edition })
	if len(c.Absent) == 0 {
		c.Absent = nil
	}
	c.Tags = replaceEdition(known.Tags, told.Tags, func(t civic.EditionTags) civic.Edition { return t.Edition })
	c.Assessments = replaceEdition(known.Assessments, told.Assessments, func(a civic.Assessment) civic.Edition { return a.Edition })
	c.Sources = replaceEdition(known.Sources, keepRow(known.Sources, told.Sources), func(s civic.Source) civic.Edition { return s.Edition })
	if !told.Demo {
		c.Demo = false
	}
	if c.OGPID != "" {
		c.Placeholder = false
	}
	if c.Sources[len(c.Sources)-1].Edition != edition {
		c = complete(c, told)
	} else {
		c.Plans = mergePlans(known.Plans, told.Plans)
		c.Title = mergeText(known.Title, told.Title)
		c.Short = mergeText(known.Short, told.Short)
		c.Text = mergeText(known.Text, told.Text)
		c.Theme = mergeText(known.Theme, told.Theme)
		c.Start = mergeWhen(known.Start, told.Start)
		c.End = mergeWhen(known.End, told.End)
		if told.Submitted != 0 {
			c.Submitted = told.Submitted
		}
		if told.URL != "" {
			c.URL = told.URL
		}
		if told.Parts != nil {
			c.Parts = told.Parts
		}
		if told.Milestones != nil {
			c.Milestones = mergeMilestones(known.Milestones, told.Milestones)
		}
	}
	c.Notes = mergeNotes(known.Notes, told.Notes)
	if known.Lives() {
		c = keepPromise(known, c)
	}
	c.Sources = slices.Clone(c.Sources)
	for i, s := range c.Sources {
		said := row
		if s.Edition != edition {
			said = interchange.FullRow(s.Edition, known) // what one source says does not change what another said
		}
		if said != nil {
			c.Sources[i] = interchange.Pack(s.Edition, c, said)
		}
	}
	return c
}

// keepPromise puts the promise of a commitment that is run here back in its place.
// Only the plans it is part of may become more.
func keepPromise(known, merged civic.Commitment) civic.Commitment {
	c := merged
	c.Title, c.Short, c.Text, c.Theme = known.Title, known.Short, known.Text, known.Theme
	c.Start, c.End, c.URL = known.Start, known.End, known.URL
	c.Parts, c.Milestones = known.Parts, known.Milestones
	c.Plans = completePlaces(known.Plans, merged.Plans)
	return c
}

// complete takes from an older edition what no newer one says: as if the older
// one had come first.
func complete(c, told civic.Commitment) civic.Commitment {
	c.Plans = completePlaces(c.Plans, told.Plans)
	c.Title = mergeText(told.Title, c.Title)
	c.Short = mergeText(told.Short, c.Short)
	c.Text = mergeText(told.Text, c.Text)
	c.Theme = mergeText(told.Theme, c.Theme)
	c.Start = mergeWhen(told.Start, c.Start)
	c.End = mergeWhen(told.End, c.End)
	if c.Submitted == 0 {
		c.Submitted = told.Submitted
	}
	if c.URL == "" {
		c.URL = told.URL
	}
	if c.Parts == nil {
		c.Parts = told.Parts
	}
	if c.Milestones == nil {
		c.Milestones = told.Milestones
	}
	return c
}

// keepCorrected keeps a rating that a person corrected as long as the source
// still says what it said then. A source that says something new is heard.
func keepCorrected(known, told []civic.Assessment) []civic.Assessment {
	corrected := map[string]civic.Rating{}
	key := func(a civic.Assessment, r civic.Rating) string {
		return string(a.Edition) + "/" + string(a.Product) + "/" + a.Unit + "/" + r.Variable
	}
	for _, a := range known {
		for _, r := range a.Ratings {
			if r.Corrects != "" {
				corrected[key(a, r)] = r
			}
		}
	}
	if len(corrected) == 0 {
		return told
	}
	out := slices.Clone(told)
	for i, a := range out {
		out[i].Ratings = slices.Clone(a.Ratings)
		for j, r := range a.Ratings {
			if c, ok := corrected[key(a, r)]; ok && c.Corrects == ratingValue(r) {
				out[i].Ratings[j] = c
			}
		}
	}
	return out
}

// mergeNotes adds the told notes that are not known yet.
func mergeNotes(known, told []civic.Note) []civic.Note {
	out := known
	for _, n := range told {
		if !slices.ContainsFunc(out, func(o civic.Note) bool { return o.Source == n.Source && o.Text.String() == n.Text.String() }) {
			out = append(slices.Clone(out), n)
		}
	}
	return out
}

// keepRow keeps the row number under which an edition's row was first read:
// a table in another order is not a changed table.
// Where one file tells only a part of an edition, what another told stays.
func keepRow(known, told []civic.Source) []civic.Source {
	out := slices.Clone(told)
	for i := range out {
		for _, k := range known {
			if k.Edition != out[i].Edition {
				continue
			}
			out[i].Row = k.Row
			if interchange.Partial(k.Edition) {
				out[i].Cells = mergeCells(k.Cells, out[i].Cells)
			}
		}
	}
	return out
}

// replaceEdition puts told in the place of what the same edition said before;
// editions stand oldest first.
func replaceEdition[T any](known, told []T, edition func(T) civic.Edition) []T {
	if len(told) == 0 {
		return known
	}
	e := edition(told[0])
	out := make([]T, 0, len(known)+len(told))
	for _, k := range known {
		if edition(k) != e {
			out = append(out, k)
		}
	}
	at := len(out)
	for i, k := range out {
		if interchange.EditionRank(edition(k)) > interchange.EditionRank(e) {
			at = i
			break
		}
	}
	return slices.Insert(out, at, told...)
}

// mergePlans adds the told places to the known ones and takes over the number
// under which a plan lists the commitment now.
func mergePlans(known, told []civic.PlanEntry) []civic.PlanEntry {
	out := slices.Clone(known)
	for _, t := range told {
		at := slices.IndexFunc(out, func(k civic.PlanEntry) bool { return k.Plan == t.Plan })
		switch {
		case at < 0:
			out = append(out, t)
		case t.Number != "":
			out[at].Number = t.Number
		}
	}
	return out
}

// completePlaces adds the places and the numbers that are not known yet.
func completePlaces(known, told []civic.PlanEntry) []civic.PlanEntry {
	out := slices.Clone(known)
	for _, t := range told {
		at := slices.IndexFunc(out, func(k civic.PlanEntry) bool { return k.Plan == t.Plan })
		switch {
		case at < 0:
			out = append(out, t)
		case out[at].Number == "":
			out[at].Number = t.Number
		}
	}
	return out
}

// mergeText takes the told phrases over, one language at a time. A language that
// a person corrected stays as long as the words are the same.
func mergeText(known, told civic.Text) civic.Text {
	if len(told) == 0 {
		return known
	}
	out := slices.Clone(told)
	for i, p := range out {
		for _, k := range known {
			if p.Guessed && text.Fold(k.Text) == text.Fold(p.Text) {
				out[i].Lang, out[i].Guessed = k.Lang, k.Guessed
			}
		}
	}
	for _, k := range known {
		if !k.Guessed && !slices.ContainsFunc(out, func(p civic.Phrase) bool { return p.Lang == k.Lang || p.Guessed }) {
			out = append(out, k)
		}
	}
	return out
}

// mergeWhen takes the told date over, unless it is no date and the known one is.
// An undecided date (04/05/2012) that the known month (2012-04) decides becomes
// that reading.
func mergeWhen(known, told civic.When) civic.When {
	if told.IsZero() {
		return known
	}
	if told.Decided() || !known.Decided() || told.Missing != nil {
		return told
	}
	var fits []string
	for _, r := range readings(told) {
		if reading := (civic.When{Date: r}); reading.SameAs(known) && !slices.Contains(fits, r) {
			fits = append(fits, r)
		}
	}
	if len(fits) == 1 {
		return civic.When{Date: fits[0]}
	}
	return told
}

// mergeMilestones matches milestones by their code (or by title where there is
// none) and keeps the known ID; of several with one code or title the first is
// the first, the second the second. A milestone that the source no longer has stays.
func mergeMilestones(known, told []civic.Milestone) []civic.Milestone {
	key := func(m civic.Milestone) string {
		if m.Code != "" {
			return "code " + m.Code
		}
		return "title " + text.Fold(m.Title.String())
	}
	places := make(map[string][]int, len(known))
	for i, k := range known {
		places[key(k)] = append(places[key(k)], i)
	}
	out := slices.Clone(known)
	for _, t := range told {
		fits := places[key(t)]
		if len(fits) == 0 {
			out = append(out, t)
			continue
		}
		at := fits[0]
		places[key(t)] = fits[1:]
		k := out[at]
		k.Kind = t.Kind
		k.Title = mergeText(k.Title, t.Title)
		k.Text = mergeText(k.Text, t.Text)
		k.DueIn = mergeText(k.DueIn, t.DueIn)
		k.URL = mergeText(k.URL, t.URL)
		k.Start = mergeWhen(k.Start, t.Start)
		k.Due = mergeWhen(k.Due, t.Due)
		if t.Parent != "" {
			k.Parent = t.Parent
		}
		if t.Lead != "" {
			k.Lead = t.Lead
		}
		k.Cells = mergeCells(k.Cells, t.Cells)
		out[at] = k
	}
	return out
}

// mergeCells lays the told cells over the known ones; cells of columns that this
// file does not have stay, and so does the order.
func mergeCells(known, told []civic.Cell) []civic.Cell {
	out := slices.Clone(known)
	for _, t := range told {
		at := slices.IndexFunc(out, func(k civic.Cell) bool { return k.Column == t.Column })
		if at < 0 {
			out = append(out, t)
			continue
		}
		out[at].Value = t.Value
	}
	return out
}
