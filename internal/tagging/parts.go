package tagging

import (
	"cmp"
	"hash/fnv"
	"slices"
)

// membersApart cuts the rows into k parts of about the same size so that all rows
// of a member are in one: for each row the number of its part. The largest member
// is dealt first, always to the smallest part.
func membersApart(rows []Row, k int) []int {
	sizes := map[string]int{}
	for _, r := range rows {
		sizes[r.Member]++
	}
	members := make([]string, 0, len(sizes))
	for m := range sizes {
		members = append(members, m)
	}
	slices.SortFunc(members, func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(dealt(a), dealt(b)), cmp.Compare(a, b))
	})
	filled := make([]int, k)
	part := make(map[string]int, len(members))
	for _, m := range members {
		least := 0
		for i := range filled {
			if filled[i] < filled[least] {
				least = i
			}
		}
		part[m] = least
		filled[least] += sizes[m]
	}
	out := make([]int, len(rows))
	for i, r := range rows {
		out[i] = part[r.Member]
	}
	return out
}

// dealt puts members of one size into an order that has nothing to do with the alphabet.
func dealt(member string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(member + "x1"))
	return h.Sum32()
}
