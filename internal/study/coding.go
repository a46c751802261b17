package study

import (
	"cmp"
	"slices"

	"avow/internal/civic"
)

// Coding is what one coder said of each commitment, as it stands in the record:
// handed in, and no longer blind.
type Coding struct {
	ID      string   `json:"id"`
	Study   ID       `json:"study"`
	Label   string   `json:"label"` // of the coder: "A"
	Answers []Answer `json:"answers"`
	On      string   `json:"on"` // YYYY-MM-DD
	Demo    bool     `json:"demo,omitempty"`
}

// Answer is what a coder said of one commitment. One without codes says that none
// of them fits; a commitment without an answer was not coded.
type Answer struct {
	Commitment civic.CommitmentID `json:"commitment"`
	Codes      []string           `json:"codes"` // keys of groups, sorted, each once
	Note       string             `json:"note,omitempty"`
}

func (s Coding) SubjectKind() civic.Kind { return KindCoding }
func (s Coding) SubjectID() string       { return s.ID }

// References finds the codings of a study.
func (s Coding) References() []civic.Reference {
	return []civic.Reference{{Role: civic.OfStudy, Target: string(s.Study)}}
}

// Of returns the answer on a commitment; ok is false when it was not coded.
func (s Coding) Of(c civic.CommitmentID) (Answer, bool) {
	i := slices.IndexFunc(s.Answers, func(a Answer) bool { return a.Commitment == c })
	if i < 0 {
		return Answer{}, false
	}
	return s.Answers[i], true
}

// With returns the coding with an answer in the place of the one on the same commitment.
func (s Coding) With(a Answer) Coding {
	s.Answers = slices.DeleteFunc(slices.Clone(s.Answers), func(o Answer) bool { return o.Commitment == a.Commitment })
	s.Answers = append(s.Answers, a)
	return s.Sorted()
}

// Sorted returns the coding with its answers in the order of the commitments' IDs.
func (s Coding) Sorted() Coding {
	s.Answers = slices.Clone(s.Answers)
	slices.SortFunc(s.Answers, func(a, b Answer) int { return cmp.Compare(a.Commitment, b.Commitment) })
	return s
}

// Results are the agreement of the coders, counted once when all had handed in.
type Results struct {
	Coded   []Done    `json:"coded"` // per coder
	Units   int       `json:"units"` // commitments that at least two coders coded
	Agreed  int       `json:"agreed"`
	Overall Agreement `json:"overall"`
	Codes   []OfCode  `json:"codes"`
	Pairs   []Pair    `json:"pairs,omitempty"` // with more than two coders
}

// Done is how many commitments a coder coded.
type Done struct {
	Label string `json:"label"`
	Coded int    `json:"coded"`
}

// Agreement holds the three measures side by side; none is worked out of another.
type Agreement struct {
	Cohen  Measure `json:"cohen"`
	Fleiss Measure `json:"fleiss"`
	Alpha  Measure `json:"alpha"`
}

// OfCode is the agreement on one code: given or not given.
type OfCode struct {
	Code   string `json:"code"`
	Given  []int  `json:"given"` // how often, per coder
	Agreed int    `json:"agreed"`
	Agreement
}

// Pair is Cohen's kappa of two of several coders.
type Pair struct {
	A     string  `json:"a"`
	B     string  `json:"b"`
	Cohen Measure `json:"cohen"`
}

// Count tells the agreement of the codings, which are in the order of their
// letters. With one code per commitment the categories are the codes and "none of
// them"; with several, each code is a yes or no, and the overall agreement is over
// all of those answers, drawn commitment by commitment. The same codings and seed
// give the same results.
func Count(s Study, codings []Coding, seed uint64) Results {
	codes := s.Codes()
	var out Results
	of := answersOf(codings)
	single := make([]Table, len(s.Items)) // one row per commitment
	yesNo := make([]Table, len(s.Items))  // one row per commitment and code
	for i, item := range s.Items {
		single[i] = Table{make([]int, len(codings))}
		yesNo[i] = make(Table, len(codes))
		for c := range codes {
			yesNo[i][c] = make([]int, len(codings))
		}
		for k := range codings {
			a, coded := of[k][item.Commitment]
			single[i][0][k] = category(a, coded, codes)
			for c, code := range codes {
				yesNo[i][c][k] = yes(a, coded, code.Key)
			}
		}
	}
	for k, coding := range codings {
		out.Coded = append(out.Coded, Done{coding.Label, len(of[k])})
	}
	out.Units, out.Agreed = Compared(sets(s, of))
	whole := single
	if s.Several {
		whole = yesNo
	}
	out.Overall = agreement(whole, len(codings), seed)
	for c, code := range codes {
		one := make([]Table, len(s.Items))
		given := make([]int, len(codings))
		for i := range s.Items {
			one[i] = yesNo[i][c : c+1]
			for k, v := range yesNo[i][c] {
				given[k] += max(v, 0)
			}
		}
		_, agreed := Compared(slices.Concat(one...))
		out.Codes = append(out.Codes, OfCode{code.Key, given, agreed, agreement(one, len(codings), seed)})
	}
	for a := range codings {
		for b := a + 1; b < len(codings) && len(codings) > 2; b++ {
			out.Pairs = append(out.Pairs, Pair{codings[a].Label, codings[b].Label,
				measure(whole, seed, func(t Table) (float64, string) { return Cohen(t, a, b) })})
		}
	}
	return out
}

func agreement(units []Table, coders int, seed uint64) Agreement {
	a := Agreement{Cohen: Measure{Why: NotTwo}, Fleiss: measure(units, seed, Fleiss), Alpha: measure(units, seed, Alpha)}
	if coders == 2 {
		a.Cohen = measure(units, seed, func(t Table) (float64, string) { return Cohen(t, 0, 1) })
	}
	return a
}

// answersOf indexes the codings' answers.
func answersOf(codings []Coding) []map[civic.CommitmentID]Answer {
	out := make([]map[civic.CommitmentID]Answer, len(codings))
	for k, coding := range codings {
		out[k] = make(map[civic.CommitmentID]Answer, len(coding.Answers))
		for _, a := range coding.Answers {
			out[k][a.Commitment] = a
		}
	}
	return out
}

// category is the place of an answer's only code, the number of codes for none.
func category(a Answer, coded bool, codes []Group) int {
	switch {
	case !coded:
		return Missing
	case len(a.Codes) == 0:
		return len(codes)
	}
	return slices.IndexFunc(codes, func(g Group) bool { return g.Key == a.Codes[0] })
}

func yes(a Answer, coded bool, key string) int {
	switch {
	case !coded:
		return Missing
	case slices.Contains(a.Codes, key):
		return 1
	}
	return 0
}

// sets gives each different set of codes a number: whether coders agree on all of
// a commitment.
func sets(s Study, of []map[civic.CommitmentID]Answer) Table {
	out := make(Table, len(s.Items))
	for i, item := range s.Items {
		out[i] = make([]int, len(of))
		var seen [][]string
		for k := range of {
			a, coded := of[k][item.Commitment]
			if !coded {
				out[i][k] = Missing
				continue
			}
			at := slices.IndexFunc(seen, func(o []string) bool { return slices.Equal(o, a.Codes) })
			if at < 0 {
				at, seen = len(seen), append(seen, a.Codes)
			}
			out[i][k] = at
		}
	}
	return out
}
