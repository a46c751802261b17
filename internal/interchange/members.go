package interchange

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"avow/internal/civic"
)

// membersCSV is the reference list of OGP's members, national and local, past
// and present: one line each, aliases separated by "|". Regions, codes and ID
// prefixes are those of OGP's own table of 2024 where it has the member; years of
// joining are OGP's. What no source at hand says is left empty.
//
//go:embed members.csv
var membersCSV string

var membersColumns = []string{"code", "prefix", "slug", "name", "aliases", "region", "regime", "within", "joined", "status"}

type memberIndex struct {
	list   []civic.Member
	byCode map[string]int // upper-case code
	byName map[string]int // folded name or alias
}

var members = sync.OnceValue(func() memberIndex {
	x, err := readMembers(membersCSV)
	if err != nil {
		panic("embedded members.csv: " + err.Error()) // a test reads it: it cannot be wrong in a build that passed
	}
	return x
})

// FindMember looks a reference up in the reference list: by its code, then by its
// name or an alias, without regard to case, marks and punctuation. A code of the
// list decides even when the name says otherwise (MemberClash tells); a code that
// the list does not have leaves the name to decide. It reports false for a member
// that is not in the list; such a member is made with NewMember.
func FindMember(ref MemberRef) (civic.Member, bool) {
	x := members()
	i, ok := x.byCode[strings.ToUpper(strings.TrimSpace(ref.Code))]
	if !ok {
		i, ok = x.byName[civic.Slug(ref.Name)]
	}
	if !ok {
		return civic.Member{}, false
	}
	m := x.list[i]
	m.Aliases = append([]string(nil), m.Aliases...)
	return m, true
}

// MemberClash reports whether the code and the name of a reference are both in
// the list and mean two members.
func MemberClash(ref MemberRef) bool {
	x := members()
	code, ok := x.byCode[strings.ToUpper(strings.TrimSpace(ref.Code))]
	name, known := x.byName[civic.Slug(ref.Name)]
	return ok && known && code != name
}

// NewMember returns the member of the reference list, or one that holds only what
// the reference says, without an ID. What the list leaves open is taken from the
// reference. A member without a regime in its source stands under the national one.
func NewMember(ref MemberRef) civic.Member {
	m, ok := FindMember(ref)
	if !ok {
		m = civic.Member{Slug: civic.Slug(ref.Name), Code: strings.TrimSpace(ref.Code), Name: strings.TrimSpace(ref.Name), Regime: ref.Regime}
	}
	if m.Region == "" {
		m.Region = ref.Region
	}
	if m.Code == "" {
		m.Code = strings.TrimSpace(ref.Code)
	}
	if m.Regime == "" {
		m.Regime = civic.National
	}
	return m
}

func readMembers(text string) (memberIndex, error) {
	x := memberIndex{byCode: map[string]int{}, byName: map[string]int{}}
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = len(membersColumns)
	rows, err := r.ReadAll()
	if err != nil {
		return x, err
	}
	if got, want := strings.Join(rows[0], ","), strings.Join(membersColumns, ","); got != want {
		return x, fmt.Errorf("header is %q, want %q", got, want)
	}
	for i, row := range rows[1:] {
		m := civic.Member{Code: row[0], Prefix: row[1], Slug: row[2], Name: row[3], Region: civic.Region(row[5]),
			Regime: civic.Regime(row[6]), Within: row[7], Status: civic.MemberStatus(row[9])}
		if row[4] != "" {
			m.Aliases = strings.Split(row[4], "|")
		}
		if row[8] != "" {
			if m.Joined, err = strconv.Atoi(row[8]); err != nil {
				return x, fmt.Errorf("line %d: year of joining: %w", i+2, err)
			}
		}
		if m.Code != "" {
			if _, twice := x.byCode[m.Code]; twice {
				return x, fmt.Errorf("line %d: code %s is there twice", i+2, m.Code)
			}
			x.byCode[m.Code] = i
		}
		for _, name := range append([]string{m.Name}, m.Aliases...) {
			key := civic.Slug(name)
			if other, twice := x.byName[key]; twice {
				return x, fmt.Errorf("line %d: name %q is there already on line %d", i+2, name, other+2)
			}
			x.byName[key] = i
		}
		x.list = append(x.list, m)
	}
	return x, nil
}
