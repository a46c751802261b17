package tagging

import (
	"slices"

	"avow/internal/civic"
	"avow/internal/taxonomy"
	"avow/internal/text"
)

// Evaluation is a measurement on tables of their own.
type Evaluation struct {
	Scores
	LeftOut int `json:"left_out"`       // rows to learn from that stand in the test tables too: nothing was learned from them
	Shared  int `json:"shared_members"` // members with rows on both sides: to measure on countries never seen there must be none
}

// EvaluateTables learns from tables and measures on others, of which nothing is
// learned: neither what their rows say nor which of their tags were given, and a
// commitment that stands on both sides is left out of the training. Errors are those
// of Train, and civic.Errors when nothing is left to learn from or to measure.
func EvaluateTables(line *taxonomy.Timeline, train, test []Table) (Evaluation, error) {
	asked, members := map[string]bool{}, map[string]bool{}
	for _, t := range test {
		for _, r := range t.Rows {
			members[r.Member] = true
			for _, key := range r.sameKeys() {
				asked[key] = true
			}
		}
	}
	rows, task := Together(line.Newest(), train)
	if err := task.check(rows); err != nil {
		return Evaluation{}, err
	}
	given := len(rows)
	rows = slices.DeleteFunc(rows, func(r Row) bool {
		return slices.ContainsFunc(r.sameKeys(), func(key string) bool { return asked[key] })
	})
	if len(rows) == 0 {
		return Evaluation{}, notEvaluated("tagging.evaluate.same")
	}
	if err := task.check(rows); err != nil {
		return Evaluation{}, err
	}
	var all []judged
	for _, t := range test {
		own := task.For(EditionGraph(line, t.Edition), t)
		told := ours.learn(rows, own).tell(enough(rows, own, string(t.Edition)), t.Rows)
		all = append(all, judge(t.Rows, told)...)
	}
	out := Evaluation{Scores: score(all), LeftOut: given - len(rows)}
	if out.Tags == 0 {
		return Evaluation{}, notEvaluated("tagging.evaluate.nothing", "count", Least)
	}
	out.Train = len(rows)
	both := map[string]bool{}
	for _, r := range rows {
		if members[r.Member] {
			both[r.Member] = true
		}
	}
	out.Shared = len(both)
	return out, nil
}

func notEvaluated(key string, args ...any) error {
	var faults civic.Errors
	faults.Add("rows", key, args...)
	return faults.Or()
}

// titleLetters is how much of a title tells a member's commitments apart in two
// editions of a table (domain 3.1).
const titleLetters = 40

// sameKeys are what two rows share that are the same commitment, in whatever edition:
// the member with the beginning of the title, or with the text.
func (r Row) sameKeys() (out []string) {
	if title := []rune(text.TitleKey(r.Title.Text)); len(title) > 0 {
		out = append(out, r.Member+"|title|"+string(title[:min(len(title), titleLetters)]))
	}
	if body := text.MatchKey(r.Text.Text); body != "" {
		out = append(out, r.Member+"|text|"+body)
	}
	return out
}
