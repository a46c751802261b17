package app

import (
	"slices"
	"strings"

	"avow/internal/taxonomy"
)

// wordOf is what a number of the index's dictionary of tags stands for: a tag of the
// snapshot, and whether a person put it on or took it off; or, with tag -1, a part of an
// answer. With neither it counts for nothing: a person's decision on a tag that the
// taxonomy does not have.
type wordOf struct {
	name  string // the tag as it is named there: a slug; "" for a part of an answer
	tag   int32
	off   bool
	frame frame
}

// numberTags gives the snapshot's tags their numbers: those of the graph, then those of
// sources that the graph does not know. It returns what the dictionary's words mean.
func (s *snapshot) numberTags(words []string) []wordOf {
	s.tags, s.tagFrames = make([]string, 0, s.graph.Len()), make([]frame, 0, s.graph.Len())
	for t := range s.graph.All() {
		s.tags, s.tagFrames = append(s.tags, string(t.ID)), append(s.tagFrames, proposedBy(t))
	}
	s.strangeTags = map[string]int{}
	out := make([]wordOf, len(words))
	for i, word := range words {
		if f, ok := answered(word); ok {
			out[i] = wordOf{tag: -1, frame: f}
			continue
		}
		slug := strings.TrimLeft(word, "+-")
		n, known := s.graph.Number(slug)
		switch {
		case known:
		case slug != word:
			n = -1
		default:
			n = int32(len(s.tags))
			s.strangeTags[slug] = int(n)
			s.tags, s.tagFrames = append(s.tags, slug), append(s.tagFrames, frame{})
		}
		out[i] = wordOf{name: slug, tag: n, off: strings.HasPrefix(word, "-")}
	}
	return out
}

// fillTags fills in the place of each row in digital government, and its tags: those in
// force with every tag above them that the scope rule lets it count for, each once, so
// that a commitment counts once for each ancestor.
func (s *snapshot) fillTags(of []wordOf) {
	s.tagCounts = make([]taxonomy.Count, len(s.tags))
	s.tagWords, s.frames = of, make([]frame, len(s.rows))
	for i, r := range s.rows {
		on, _ := s.marked(r)
		s.frames[i] = s.frameOf(r, on)
		begin := len(s.tagged)
		for _, t := range on {
			counted := s.counted(t, s.scopeOf(i))
			if len(counted) > 0 {
				s.tagCounts[t].Direct++
			}
			for _, up := range counted {
				if !slices.Contains(s.tagged[begin:], up) {
					s.tagged = append(s.tagged, up)
					s.tagCounts[up].Rolled++
				}
			}
		}
		s.facts[i].tags = uint32(len(s.tagged))
	}
}

// marked returns the numbers of the tags in force on a commitment, and of those that
// a person says do not hold. What holds by one word and not by another does not.
func (s *snapshot) marked(r *row) (on, off []int32) {
	for _, t := range r.tags {
		if w := s.tagWords[t]; w.off && w.tag >= 0 {
			off = append(off, w.tag)
		}
	}
	for _, t := range r.tags {
		if w := s.tagWords[t]; w.tag >= 0 && !w.off && !slices.Contains(on, w.tag) && !slices.Contains(off, w.tag) {
			on = append(on, w.tag)
		}
	}
	return on, off
}

// said returns what is said of the tags of a commitment, with the names that are used:
// those that it has, and those that a person says do not hold. A tag may be named twice.
func (s *snapshot) said(r *row) (on, off []taxonomy.ID) {
	for _, t := range r.tags {
		switch w := s.tagWords[t]; {
		case w.name == "":
		case w.off:
			off = append(off, taxonomy.ID(w.name))
		default:
			on = append(on, taxonomy.ID(w.name))
		}
	}
	return on, off
}

// counted are a tag and all tags above it for which a commitment of that scope counts.
func (s *snapshot) counted(n int32, scope taxonomy.Scope) []int32 {
	if int(n) < s.graph.Len() {
		return s.graph.Counted(n, scope)
	}
	return []int32{n}
}

// scopeOf is what the scope rule says of the row at a position.
func (s *snapshot) scopeOf(i int) taxonomy.Scope { return taxonomy.Scopes[s.frames[i].scope()] }

// tagNumber is the number of the tag that a name leads to; -1 when there is none.
func (s *snapshot) tagNumber(name string) int {
	if n, ok := s.graph.Number(name); ok {
		return int(n)
	}
	if n, ok := s.strangeTags[TagSlug(name)]; ok {
		return n
	}
	return -1
}
