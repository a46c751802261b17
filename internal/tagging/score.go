package tagging

import (
	"cmp"
	"math"
	"slices"

	"avow/internal/taxonomy"
)

// Told is what a method says of rows: for each row and tag a confidence, and the
// confidence of the tag from which on it is suggested.
type Told struct {
	Tags       []taxonomy.ID
	Confidence [][]float64 // by row, then by tag
	Thresholds []float64   // by tag
}

// Scores is how well a method did. Tags with fewer than Least commitments on
// either side are not scored, nor rows of which it is unknown whether they have one.
type Scores struct {
	Train       int        `json:"train"`
	Test        int        `json:"test"`
	Tags        int        `json:"tags"`
	MicroF1     float64    `json:"micro_f1"`
	MacroF1     float64    `json:"macro_f1"`
	PrecisionAt float64    `json:"precision_at_3"`
	RecallAt    float64    `json:"recall_at_10"`
	Calibration float64    `json:"calibration_error"` // expected calibration error over ten bins, 0 to 1
	Dead        int        `json:"dead"`              // scored tags that were never suggested rightly
	Languages   []Language `json:"languages"`
	PerTag      []TagScore `json:"per_tag"`
}

// TagScore is how well a tag did. Support is how many of the test rows have it.
type TagScore struct {
	Tag       taxonomy.ID `json:"tag"`
	Support   int         `json:"support"`
	Precision float64     `json:"precision"`
	Recall    float64     `json:"recall"`
	F1        float64     `json:"f1"`
}

// Language is how well the rows of a language did.
type Language struct {
	Lang    string  `json:"lang"`
	Rows    int     `json:"rows"`
	MicroF1 float64 `json:"micro_f1"`
}

// hits are right, wrong and missed suggestions.
type hits struct{ right, wrong, missed float64 }

func (h *hits) add(yes, given bool) {
	switch {
	case yes && given:
		h.right++
	case given:
		h.wrong++
	case yes:
		h.missed++
	}
}

func (h *hits) sum(o hits) {
	h.right, h.wrong, h.missed = h.right+o.right, h.wrong+o.wrong, h.missed+o.missed
}

func (h hits) f1() float64 {
	if h.right == 0 {
		return 0
	}
	return 2 * h.right / (2*h.right + h.wrong + h.missed)
}

// judged is one test row with what was told of it.
type judged struct {
	member, lang string
	yes, unknown map[taxonomy.ID]bool
	told         *Told
	at           int // of told's rows
}

// judge lays rows beside what was told of them.
func judge(test []Row, told *Told) []judged {
	out := make([]judged, len(test))
	for i, r := range test {
		out[i] = judged{member: r.Member, lang: language(r.Title.Lang, r.Text.Lang, r.Title.Text, r.Text.Text), yes: setOf(r.Yes), unknown: setOf(r.Unknown), told: told, at: i}
	}
	return out
}

// scored are the tags that count: those with Least commitments in the test rows at
// least, among those that a method could tell because as many are in its training rows.
func scored(rows []judged) map[taxonomy.ID]bool {
	support := map[taxonomy.ID]int{}
	for _, r := range rows {
		for _, id := range r.told.Tags {
			if r.yes[id] {
				support[id]++
			}
		}
	}
	out := map[taxonomy.ID]bool{}
	for id, n := range support {
		if n >= Least {
			out[id] = true
		}
	}
	return out
}

// score adds everything up.
func score(rows []judged) Scores {
	count := scored(rows)
	tags := map[taxonomy.ID]*hits{}
	langs := map[string]*hits{}
	langRows := map[string]int{}
	var all hits
	var bins [10][3]float64 // how many, their confidences, how many are right
	precise, recalled, some := 0.0, 0.0, 0.0
	for _, r := range rows {
		if langs[r.lang] == nil {
			langs[r.lang] = &hits{}
		}
		langRows[r.lang]++
		for t, id := range r.told.Tags {
			if !count[id] || r.unknown[id] {
				continue
			}
			if tags[id] == nil {
				tags[id] = &hits{}
			}
			p, yes := r.told.Confidence[r.at][t], r.yes[id]
			given := p > r.told.Thresholds[t]
			for _, h := range []*hits{tags[id], langs[r.lang], &all} {
				h.add(yes, given)
			}
			b := &bins[min(max(int(p*10), 0), 9)]
			b[0]++
			b[1] += p
			if yes {
				b[2]++
			}
		}
		if p, q, ok := r.ranked(count); ok {
			precise, recalled, some = precise+p, recalled+q, some+1
		}
	}
	out := Scores{PerTag: []TagScore{}, Languages: []Language{}, Test: len(rows), Tags: len(tags), MicroF1: all.f1(), PrecisionAt: precise / max(some, 1), RecallAt: recalled / max(some, 1), Calibration: calibration(bins)}
	for id, h := range tags {
		s := TagScore{Tag: id, Support: int(h.right + h.missed), Precision: h.right / max(h.right+h.wrong, 1), Recall: h.right / max(h.right+h.missed, 1), F1: h.f1()}
		out.PerTag = append(out.PerTag, s)
		if h.right == 0 {
			out.Dead++
		}
	}
	slices.SortFunc(out.PerTag, func(a, b TagScore) int { return cmp.Compare(a.Tag, b.Tag) })
	for _, s := range out.PerTag {
		out.MacroF1 += s.F1 / float64(len(out.PerTag))
	}
	for l, h := range langs {
		out.Languages = append(out.Languages, Language{l, langRows[l], h.f1()})
	}
	slices.SortFunc(out.Languages, func(a, b Language) int { return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Lang, b.Lang)) })
	return out
}

// ranked is the precision of the three surest tags and the recall of the ten
// surest; ok is false for a row without tags.
func (r judged) ranked(count map[taxonomy.ID]bool) (precision, recall float64, ok bool) {
	order := make([]int, 0, len(r.told.Tags))
	yes := 0.0
	for t, id := range r.told.Tags {
		if count[id] && !r.unknown[id] {
			order = append(order, t)
			if r.yes[id] {
				yes++
			}
		}
	}
	if yes == 0 {
		return 0, 0, false
	}
	p := r.told.Confidence[r.at]
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
	for k, t := range order[:min(len(order), 10)] {
		if r.yes[r.told.Tags[t]] {
			recall++
			if k < 3 {
				precision++
			}
		}
	}
	return precision / 3, recall / yes, true
}

// calibration is the expected calibration error: how far confidences are from how
// often they are right, over ten bins by size.
func calibration(bins [10][3]float64) float64 {
	n, off := 0.0, 0.0
	for _, b := range bins {
		n += b[0]
		off += math.Abs(b[1] - b[2])
	}
	return off / max(n, 1)
}
