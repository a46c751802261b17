package app

import (
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// sums are what the home page, members and plans count; made with each snapshot.
type sums struct {
	milestones  int
	demo        bool
	year        map[int]int
	region      map[civic.Region]int
	completion  []int
	members     []memberSum
	plans       []planSum
	plansOf     [][]int32 // numbers of a member's plans, oldest first
	realMembers int       // members and plans with a subject of their own
	realPlans   int
	tagged      []taxonomy.Count // by tag
}

type memberSum struct{ commitments, plans, first, last int }

type planSum struct {
	commitments int
	completion  []int
}

// sum goes through the rows once.
func (s *snapshot) sum() {
	n := sums{
		year: map[int]int{}, region: map[civic.Region]int{}, completion: make([]int, len(s.completions)),
		members: make([]memberSum, len(s.members)), plans: make([]planSum, len(s.plans)),
		plansOf: make([][]int32, len(s.members)), tagged: s.tagCounts,
	}
	for _, m := range s.members {
		if m.Slug != "" {
			n.realMembers++
			n.demo = n.demo || m.Demo
		}
	}
	for _, r := range s.rows {
		n.milestones += int(r.milestones)
		n.demo = n.demo || r.demo
		n.completion[r.completion]++
		n.region[s.members[r.member].Region]++
		n.members[r.member].commitments++
		if y := s.year(r); y != 0 {
			n.year[y]++
			n.members[r.member].saw(y)
		}
		for _, p := range r.plans {
			sum := &n.plans[p.plan]
			if sum.completion == nil {
				sum.completion = make([]int, len(s.completions))
			}
			sum.commitments++
			sum.completion[r.completion]++
		}
	}
	for i, p := range s.plans {
		if p.Slug == "" {
			continue
		}
		n.realPlans++
		if m, ok := s.memberBy[string(p.Member)]; ok {
			n.plansOf[m] = append(n.plansOf[m], int32(i))
			n.members[m].plans++
			if p.Submitted != 0 {
				n.members[m].saw(p.Submitted)
			}
		}
	}
	s.sums = n
}

func (m *memberSum) saw(year int) {
	if m.first == 0 || year < m.first {
		m.first = year
	}
	m.last = max(m.last, year)
}
