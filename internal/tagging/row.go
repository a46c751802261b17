package tagging

import (
	"cmp"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// Row is one commitment with the tags that people gave it: what a model learns
// from, and what it is measured on.
type Row struct {
	Key    string // tells commitments apart: its ID, or the table's row
	Place  int    // its row in a table, 0 when it is of none
	Member string // a validation never has a member on both sides
	Source string // who gave the tags: an edition of a table, or "" for people here
	Title  civic.Phrase
	Text   civic.Phrase // languages "" and "und" are guessed
	Yes    []taxonomy.ID

	Unknown []taxonomy.ID // tags of which the source says neither yes nor no ("ND")
}

// Label is a tag that can be suggested.
type Label struct {
	ID    taxonomy.ID
	Names []string      // in any language: what a tag is called is evidence too
	Below []taxonomy.ID // tags that are never given without it
	Habit string        // the source whose habits of tagging are followed; "" for the one with the most rows
}

// Task is what a model learns: which tags, and what each source was asked. A row
// that does not have a tag says no to it only if its source was asked for it.
type Task struct {
	Labels []Label
	Asked  map[string][]taxonomy.ID // by source; a source that is not in it was asked for all labels
}

// Least is the number of commitments with a tag below which the tag is not
// learned; it is then suggested by its name alone (see Model.Reports).
const Least = 5

// MostRows is how many rows a model learns from at most; of more, every k-th is taken.
const MostRows = 6000

// check refuses what nothing can be learned from. Two rows with one key are the
// same commitment twice.
func (t Task) check(rows []Row) error {
	var faults civic.Errors
	fault := func(key string, args ...any) { faults.Add("rows", key, args...) }
	keys := make(map[string]int, len(rows)) // the place of each
	classes := map[taxonomy.ID]int{}
	texts := 0
	for _, r := range rows {
		if first, again := keys[r.Key]; again && r.Key != "" {
			fault("tagging.train.twice", "first", first, "second", r.Place, "commitment", cmp.Or(clip(r.Title.Text, 120), clip(r.Text.Text, 120), r.Key))
			if len(faults) >= mostFaults {
				return faults.Or()
			}
		}
		keys[r.Key] = r.Place
		if hasWord(r.Title.Text) || hasWord(r.Text.Text) {
			texts++
		}
		for _, id := range r.Yes {
			classes[id]++
		}
	}
	given, enough := 0, 0
	for _, l := range t.Labels {
		n := classes[l.ID]
		given += min(n, 1)
		if n >= Least && n < len(rows) {
			enough++
		}
	}
	switch {
	case len(rows) == 0:
		fault("tagging.train.empty")
	case texts == 0:
		fault("tagging.train.wordless")
	case given < 2:
		fault("tagging.train.one")
	case enough == 0:
		fault("tagging.train.few", "count", Least)
	}
	return faults.Or()
}

// mostFaults bounds how many faults of one table are told.
const mostFaults = 20

// asks tells for each source and label whether a row of the source answers it.
func (t Task) asks() func(source string, label int) bool {
	sets := make(map[string]map[taxonomy.ID]bool, len(t.Asked))
	for s, ids := range t.Asked {
		sets[s] = make(map[taxonomy.ID]bool, len(ids))
		for _, id := range ids {
			sets[s][id] = true
		}
	}
	return func(source string, label int) bool {
		set, ok := sets[source]
		return !ok || set[t.Labels[label].ID]
	}
}

// TextKey is a key for a row of a table: at one place (a plan of a member), what has
// the same title and the same text is the same commitment.
func TextKey(place, title, body string) string {
	return place + "|" + text.TitleKey(title) + "|" + text.MatchKey(body)
}
