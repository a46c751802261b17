package tagging

import (
	"slices"
	"sync"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// Table is an edition of a table as it was read: its rows, and the tags it has
// columns for, in its order.
type Table struct {
	Edition civic.Edition
	Tags    []taxonomy.ID
	Rows    []Row
}

// Together lays the tables of several editions side by side: what a row says of
// its own edition's tags is also told in the tags of the other editions, through
// the crosswalks. Labels are all tags of all tables, by their names in the graph;
// the habits followed are those of the newest edition that has the tag.
func Together(g *taxonomy.Graph, tables []Table) ([]Row, Task) {
	task := Task{Asked: map[string][]taxonomy.ID{}}
	editions := taxonomy.Editions()
	place := func(t Table) int { return slices.Index(editions, t.Edition) }
	tables = slices.Clone(tables)
	slices.SortStableFunc(tables, func(a, b Table) int { return place(a) - place(b) })
	walks := newWalks(editions)
	var rows []Row
	label := map[taxonomy.ID]int{}
	for _, t := range tables {
		source := string(t.Edition)
		asked := t.Tags
		if i := place(t); i >= 0 {
			asked = walks.carry(i, t.Tags)
		}
		task.Asked[source] = distinct(append(task.Asked[source], asked...))
		for _, r := range t.Rows {
			r.Source = source
			if i := place(t); i >= 0 {
				r.Yes, r.Unknown = walks.carry(i, r.Yes), walks.carry(i, r.Unknown)
			}
			rows = append(rows, r)
		}
		for _, id := range t.Tags {
			n, ok := label[id]
			if !ok {
				n = len(task.Labels)
				label[id] = n
				task.Labels = append(task.Labels, labelOf(g, id))
			}
			task.Labels[n].Habit = source
		}
	}
	return rows, task
}

// For is the task of telling the tags of one table by that table's habits, tags
// that only other tables taught among them. Which tags imply which is said by g,
// the graph of the table's time.
func (t Task) For(g *taxonomy.Graph, table Table) Task {
	out := Task{Asked: t.Asked}
	for _, id := range table.Tags {
		i := slices.IndexFunc(t.Labels, func(l Label) bool { return l.ID == id })
		l := Label{}
		if i >= 0 {
			l = t.Labels[i]
		} else {
			l = labelOf(g, id)
		}
		l.Habit, l.Below = string(table.Edition), g.Descendants(id)
		out.Labels = append(out.Labels, l)
	}
	return out
}

// Live is the task of telling the tags of a graph: those that a person would give
// today, by the habits of the newest edition that has them.
func (t Task) Live(g *taxonomy.Graph) Task {
	habit := map[taxonomy.ID]string{}
	for _, l := range t.Labels {
		habit[l.ID] = l.Habit
	}
	out := Task{Asked: t.Asked}
	for tag := range g.All() {
		if today(tag) {
			l := labelOf(g, tag.ID)
			l.Habit, l.Below = habit[tag.ID], g.Descendants(tag.ID)
			out.Labels = append(out.Labels, l)
		}
	}
	return out
}

// today reports whether a person would give a tag now: it lives, does not follow
// from others, and OGP has not replaced it by another with the same meaning.
func today(t taxonomy.Tag) bool { return t.Lives() && !t.Derived && !replaced()[t.ID] }

// replaced are the tags of an edition that the next one calls by another name.
var replaced = sync.OnceValue(func() map[taxonomy.ID]bool {
	out := map[taxonomy.ID]bool{}
	editions := taxonomy.Editions()
	for i := range max(len(editions)-1, 0) {
		kept := map[taxonomy.ID]bool{}
		for _, m := range taxonomy.Crosswalk(editions[i], editions[i+1]) {
			kept[m.To] = true
			if m.To != m.From && (m.Match == taxonomy.ExactMatch || m.Match == taxonomy.CloseMatch) {
				out[m.From] = true
			}
		}
		for id := range kept {
			delete(out, id)
		}
	}
	return out
})

func labelOf(g *taxonomy.Graph, id taxonomy.ID) Label {
	l := Label{ID: id, Names: []string{string(id)}}
	if t, ok := g.Tag(id); ok {
		l.Names = nil
		for _, n := range t.Names {
			l.Names = append(l.Names, n.Text)
		}
	}
	return l
}

// walk is where the tags of an edition lead in the next one and in the one before.
type walk struct{ on, back map[taxonomy.ID][]taxonomy.ID }

type walks []walk

// newWalks reads the crosswalks between neighbouring editions.
func newWalks(editions []civic.Edition) walks {
	out := make(walks, max(len(editions)-1, 0))
	for i := range out {
		w := walk{map[taxonomy.ID][]taxonomy.ID{}, map[taxonomy.ID][]taxonomy.ID{}}
		for _, m := range taxonomy.Crosswalk(editions[i], editions[i+1]) {
			if m.To != "" && m.Match != taxonomy.NoMatch {
				w.on[m.From] = append(w.on[m.From], m.To)
				w.back[m.To] = append(w.back[m.To], m.From)
			}
		}
		out[i] = w
	}
	return out
}

// carry adds to tags of one edition what they are in all others.
func (w walks) carry(edition int, tags []taxonomy.ID) []taxonomy.ID {
	out := slices.Clone(tags)
	now := tags
	for i := edition; i < len(w); i++ {
		now = through(w[i].on, now)
		out = append(out, now...)
	}
	now = tags
	for i := edition - 1; i >= 0; i-- {
		now = through(w[i].back, now)
		out = append(out, now...)
	}
	return distinct(out)
}

func through(m map[taxonomy.ID][]taxonomy.ID, tags []taxonomy.ID) (out []taxonomy.ID) {
	for _, id := range tags {
		out = append(out, m[id]...)
	}
	return distinct(out)
}

// distinct keeps the first of each, in order.
func distinct(tags []taxonomy.ID) []taxonomy.ID {
	seen := map[taxonomy.ID]bool{}
	return slices.DeleteFunc(slices.Clone(tags), func(id taxonomy.ID) bool {
		again := seen[id]
		seen[id] = true
		return again
	})
}

// EditionGraph is the graph of an edition's time, or the newest one.
func EditionGraph(line *taxonomy.Timeline, e civic.Edition) *taxonomy.Graph {
	for _, v := range line.Versions() {
		if v.Edition == e {
			if _, g, err := line.Version(v.Number); err == nil {
				return g
			}
		}
	}
	return line.Newest()
}
