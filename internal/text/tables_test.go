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

func TestProbe(t *testing.T) {
	a, b, c := ogp2015(t), ogp2017(t), ogp2024(t)
	for name, ff := range map[string][2]func(string) string{"Fold": {Fold, Fold}, "FoldTitle": {FoldTitle, Fold}, "MatchKey": {MatchKey, MatchKey}, "TitleKey": {TitleKey, MatchKey}} {
		f, g := ff[0], ff[1]
		full := func(r ogpRow) string { return r.member + "|" + r.plan + "|" + f(r.title) + "|" + g(r.full) }
		p, amb, la, lb := matched(a, b, full)
		t.Log(name, "2015-2017", p, amb, len(la), len(lb))
		for _, m := range []string{"title", "full", "both", "min", "max", "textonly"} {
			n, used := 0, map[int]bool{}
			any := 0
			for _, x := range la {
				best, at := 0.0, -1
				for i, y := range lb {
					if x.member != y.member || x.plan != y.plan {
						continue
					}
					var s float64
					st, sf := Similarity(f(x.title), f(y.title)), Similarity(g(x.full), g(y.full))
					switch m {
					case "title":
						s = st
					case "full":
						s = sf
					case "both":
						s = Similarity(f(x.title)+" "+g(x.full), f(y.title)+" "+g(y.full))
					case "min":
						s = min(st, sf)
					case "max":
						s = max(st, sf)
					case "textonly":
						s = (st + sf) / 2
					}
					if s >= 0.9 {
						any++
					}
					if s > best && !used[i] {
						best, at = s, i
					}
				}
				if best >= 0.9 {
					n++
					used[at] = true
				}
			}
			t.Log("  ", m, n, any)
		}
		p, amb, la, lb = matched(b, c, func(r ogpRow) string { return r.member + "|" + r.plan + "|" + f(r.title) })
		t.Log(name, "2017-2024 title", p, amb)
		p, amb, la, lb = matched(b, c, func(r ogpRow) string { return r.member + "|" + r.plan + "|" + f(r.title) + "|" + g(r.full) })
		t.Log(name, "2017-2024 title+full", p, amb)
	}
}
