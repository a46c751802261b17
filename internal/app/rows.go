package app

import (
	"cmp"
	"strings"

	"avow/internal/civic"
)

// row is what the index keeps of a commitment. Members, plans, tags, languages
// and completions are numbers in the index's dictionaries. A row never changes:
// a changed commitment gets a new one.
type row struct {
	id         civic.CommitmentID
	ogpID      string
	ord        int64
	entry      int64
	plans      []place
	tags       []uint32
	member     int32
	milestones int32
	completion uint32
	lang       uint32
	year       int16
	demo       bool
	proposed   bool // on its plan's page alone
}

// place is a commitment's place in a plan; number is its sort key.
type place struct {
	plan   int32
	number string
}

// orderKey is a row's place in every list: newest year of submission first, then
// the member's name, the plan, the number in the plan, the order of creation. It
// holds the values themselves, so that a cursor stays good when the index changes.
type orderKey struct {
	Year   int    `json:"y"`
	Member string `json:"m"`
	Plan   string `json:"p"`
	Number string `json:"n"`
	Ord    int64  `json:"o"`
}

func (k orderKey) compare(o orderKey) int {
	return cmp.Or(
		cmp.Compare(o.Year, k.Year),
		cmp.Compare(k.Member, o.Member),
		cmp.Compare(k.Plan, o.Plan),
		cmp.Compare(k.Number, o.Number),
		cmp.Compare(k.Ord, o.Ord),
	)
}

// naturalKey turns a number as people write it ("2", "10", "4.2.2", "C01") into
// a text that sorts as they count: each run of digits becomes its length and its
// digits without leading zeros, and runs of digits stand before anything else.
func naturalKey(number string) string {
	var b strings.Builder
	s := strings.ToLower(strings.TrimSpace(number))
	for s != "" {
		n := 0
		for n < len(s) && s[n] >= '0' && s[n] <= '9' {
			n++
		}
		if n == 0 {
			b.WriteByte(s[0])
			s = s[1:]
			continue
		}
		digits := strings.TrimLeft(s[:n], "0")
		b.WriteByte(byte(1 + min(len(digits), 30)))
		b.WriteString(digits)
		s = s[n:]
	}
	return sortKey(b.String())
}

// maxSortKey is how many bytes of a text lists are sorted by: a cursor holds such
// texts, so they have a bound. What is alike up to there stands in the order of
// creation.
const maxSortKey = 64

// sortKey cuts a text between two characters: half of one would not come back
// from a cursor.
func sortKey(s string) string {
	if len(s) <= maxSortKey {
		return s
	}
	return strings.ToValidUTF8(s[:maxSortKey], "")
}
