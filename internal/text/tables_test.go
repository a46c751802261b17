package text

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// ogpRow is what matching across editions looks at.
type ogpRow struct{ member, plan, title, full string }

// ogpTable reads the named columns of a shared table that has the given number
// of header lines.
func ogpTable(t *testing.T, edition string, headers, member, plan, title, full int) []ogpRow {
	t.Helper()
	f, err := os.Open("../../../shared/data/ogp/commitments-" + edition + ".csv")
	if os.IsNotExist(err) && os.Getenv("CI") != "true" {
		t.Skip("the shared tables are not here (../shared/data/ogp beside the repository)")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	alias := map[string]string{"macedonia": "north macedonia", "uk": "united kingdom", "usa": "united states",
		"slovakia": "slovak republic", "south korea": "republic of korea", "turkey": "turkiye"}
	var out []ogpRow
	for _, r := range rows[headers:] {
		m := Fold(r[member])
		if a := alias[m]; a != "" {
			m = a
		}
		out = append(out, ogpRow{m, strings.TrimSpace(r[plan]), r[title], r[full]})
	}
	return out
}

func ogp2015(t *testing.T) []ogpRow { return ogpTable(t, "2015", 2, 2, 1, 3, 4) }
func ogp2017(t *testing.T) []ogpRow { return ogpTable(t, "2017", 2, 0, 1, 5, 7) }
func ogp2024(t *testing.T) []ogpRow { return ogpTable(t, "2024", 1, 1, 2, 12, 14) }

// matched pairs the rows whose key is unique on both sides and returns the
// pairs, the keys that occur on both sides but several times on one, and the
// rows left over.
func matched(a, b []ogpRow, key func(ogpRow) string) (pairs, ambiguous int, leftA, leftB []ogpRow) {
	ka, kb := map[string]int{}, map[string]int{}
	for _, r := range a {
		ka[key(r)]++
	}
	for _, r := range b {
		kb[key(r)]++
	}
	for k, n := range ka {
		if n == 1 && kb[k] == 1 {
			pairs++
		} else if kb[k] > 0 {
			ambiguous++
		}
	}
	rest := func(rows []ogpRow) (left []ogpRow) {
		for _, r := range rows {
			if k := key(r); ka[k] != 1 || kb[k] != 1 {
				left = append(left, r)
			}
		}
		return left
	}
	return pairs, ambiguous, rest(a), rest(b)
}

// Source of the figures: SOURCES.md beside the tables, "Keys".
func TestTwoEditionsMatchByTheirKeysAndNeverTwice(t *testing.T) {
	full := func(title, text func(string) string) func(ogpRow) string {
		return func(r ogpRow) string { return r.member + "|" + r.plan + "|" + title(r.title) + "|" + text(r.full) }
	}
	a, b, c := ogp2015(t), ogp2017(t), ogp2024(t)
	for _, x := range []struct {
		name         string
		a, b         []ogpRow
		key          func(ogpRow) string
		want         int
		leftA, leftB int // -1: any
	}{
		{"2015 to 2017 by match keys", a, b, full(MatchKey, MatchKey), 1157, 92, 46},
		{"2015 to 2017 by folded title and text", a, b, full(Fold, Fold), 1152, 97, 51},
		{"2015 to 2017 without the titles' numbers", a, b, full(TitleKey, MatchKey), 1166, 83, 37},
		{"2017 to 2024 without the titles' numbers", b, c, full(TitleKey, MatchKey), 66, -1, -1},
		{"2017 to 2024 by title alone", b, c, func(r ogpRow) string { return r.member + "|" + r.plan + "|" + TitleKey(r.title) }, 73, -1, -1},
	} {
		pairs, ambiguous, la, lb := matched(x.a, x.b, x.key)
		if pairs != x.want || ambiguous != 0 || x.leftA >= 0 && (len(la) != x.leftA || len(lb) != x.leftB) {
			t.Errorf("%s: %d pairs, %d ambiguous, %d and %d rows left; want %d, 0, %d and %d",
				x.name, pairs, ambiguous, len(la), len(lb), x.want, x.leftA, x.leftB)
		}
	}
}

func TestNearMatchesAmongTheRowsLeftOver(t *testing.T) {
	a, b := ogp2015(t), ogp2017(t)
	_, _, la, lb := matched(a, b, func(r ogpRow) string {
		return r.member + "|" + r.plan + "|" + MatchKey(r.title) + "|" + MatchKey(r.full)
	})
	near := 0
	for _, x := range la {
		for _, y := range lb {
			if x.member != y.member || x.plan != y.plan {
				continue
			}
			if (similarity(MatchKey(x.title), MatchKey(y.title))+similarity(MatchKey(x.full), MatchKey(y.full)))/2 >= 0.9 {
				near++
			}
		}
	}
	if near < 15 || near > 19 {
		t.Errorf("%d pairs have a mean similarity of title and text of 0.9; SOURCES.md says 17", near)
	}
	t.Logf("%d near pairs", near)
}
