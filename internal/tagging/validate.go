package tagging

import (
	"slices"

	"avow/internal/taxonomy"
)

// Method learns from rows and tells of others. Only tags with Least commitments in
// the rows of the source are told; thresholds are chosen on the training rows.
type Method func(train []Row, task Task, source string, test []Row) (*Told, error)

// Learner is this package's own method.
func Learner(train []Row, task Task, source string, test []Row) (*Told, error) {
	m, err := Train(train, task)
	if err != nil {
		return nil, err
	}
	return m.tell(enough(train, task, source), test), nil
}

// enough lists the tags with Least commitments among the rows of a source, or of
// all when the source has none, in the order of the task.
func enough(rows []Row, task Task, source string) []taxonomy.ID {
	n := map[taxonomy.ID]int{}
	all := !slices.ContainsFunc(rows, func(r Row) bool { return r.Source == source })
	for _, r := range rows {
		if all || r.Source == source {
			for _, id := range r.Yes {
				n[id]++
			}
		}
	}
	var out []taxonomy.ID
	for _, l := range task.Labels {
		if n[l.ID] >= Least {
			out = append(out, l.ID)
		}
	}
	return out
}

// tell says what the model says of rows; a text of which it cannot tell has no tag.
func (m *Model) tell(tags []taxonomy.ID, test []Row) *Told {
	at := make([]int, len(tags))
	out := &Told{Tags: tags, Confidence: make([][]float64, len(test)), Thresholds: make([]float64, len(tags))}
	for i, id := range tags {
		at[i] = slices.IndexFunc(m.labels, func(l label) bool { return l.id == id })
		out.Thresholds[i] = sigmoid(float64(m.labels[at[i]].threshold))
	}
	each(len(test), func(i int) {
		row := make([]float64, len(tags))
		if all := m.Confidences(test[i].Title, test[i].Text); all != nil {
			for t, l := range at {
				row[t] = all[l]
			}
		}
		out.Confidence[i] = row
	})
	return out
}

// Evaluate learns from rows and measures on others, which nothing is learned from:
// training rows of a member that is among the test rows are left out. source is
// the source of the test rows.
func Evaluate(method Method, train []Row, task Task, source string, test []Row) (Scores, error) {
	members := map[string]bool{}
	for _, r := range test {
		members[r.Member] = true
	}
	train = slices.DeleteFunc(slices.Clone(train), func(r Row) bool { return members[r.Member] })
	told, err := method(train, task, source, test)
	if err != nil {
		return Scores{}, err
	}
	s := score(judge(test, told))
	s.Train = len(train)
	return s, nil
}

// Validation is a cross-validation by member: every row of the source was told by
// a model that had not seen its member in any source.
type Validation struct {
	Scores
	rows []judged
}

// CrossValidate measures a method on the rows of one source, in folds parts; rows
// of other sources only help to learn.
func CrossValidate(method Method, rows []Row, task Task, source string, folds int) (Validation, error) {
	own := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Source != source })
	part := membersApart(own, folds)
	var v Validation
	for f := range folds {
		var test []Row
		seen := map[string]bool{}
		for i, r := range own {
			if part[i] == f {
				test = append(test, r)
				seen[r.Member] = true
			}
		}
		if len(test) == 0 {
			continue
		}
		train := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return seen[r.Member] })
		told, err := method(train, task, source, test)
		if err != nil {
			return Validation{}, err
		}
		v.rows = append(v.rows, judge(test, told)...)
	}
	v.Scores = score(v.rows)
	v.Train = len(rows)
	return v, nil
}
