package server

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"avow/internal/store/storetest"
	"avow/internal/web"
)

// TestWhoMayDoSomethingCanDoItAndNobodyElse does every action of pages and API at
// each place (of the own institution, of another one, of another member) as each
// of the cast, with something valid to send: who has the permission there succeeds
// and the record grows by the row's verb; who has not is refused and writes nothing.
func TestWhoMayDoSomethingCanDoItAndNobodyElse(t *testing.T) {
	g, cast := atReports(t, storetest.SQLite(t))
	g.widen(t, cast)
	nouns := g.nouns(t, cast)
	stage := g.copied(t)
	done, refused, copies := 0, 0, 1
	used := map[string]bool{}
	for _, row := range g.rows {
		if !row.writes() || row.Permission == web.Everybody || strings.Contains(row.Pattern, "{upload}") {
			continue // nobody can be refused; an upload waits for its sender, who takes it at the end of "workbook-upload"
		}
		deeds := forms
		if row.Room == "api" {
			deeds = programs
		}
		d, known := deeds[row.Name]
		if row.Room == "api" && !known {
			t.Errorf("%s has no body to send: write one in programs", row.Name)
			continue
		}
		used[row.Room+" "+row.Name] = true
		order, spots := g.spots(t, row, nouns)
		if len(order) == 0 {
			t.Errorf("%s has no address to send to", row.Name)
		}
		able, needed := 0, elsewhere[row.Name] == "" && row.Permission != web.AnAccount
		for _, place := range order {
			for _, p := range cast {
				var may []spot
				for _, s := range spots[place] {
					if g.expects(t, p, s.sample) {
						may = append(may, s)
					}
				}
				if len(may) == 0 {
					refused++
					g.refuses(t, d, p, spots[place][0])
					continue
				}
				if d.fresh {
					stage = g.copied(t)
					copies++
				}
				really, said := stage.does(t, d, p, may)
				if said != "" || !really && able == 0 && needed { // perhaps because of what was done before
					stage = g.copied(t)
					copies++
					really, said = stage.does(t, d, p, may)
				}
				if really {
					able++
				}
				if done++; said != "" {
					t.Errorf("%s (%s) of %s at %s:%s", row.Name, row.Permission, p.name, place, said)
				}
			}
		}
		if able == 0 && needed {
			t.Errorf("%s %s is done by nobody at any place", row.Room, row.Name)
		}
	}
	for room, deeds := range map[string]map[string]deed{"site": forms, "api": programs} {
		for name := range deeds {
			if !used[room+" "+name] {
				t.Errorf("there is something to send to %s of the %s, which is no action that asks for a permission", name, room)
			}
		}
	}
	t.Logf("D5 %d cells of actions are done, %d are refused, with %d copies of the demonstration", done, refused, copies)
}

// refuses sends what would be right of somebody who may not.
func (g gate) refuses(t *testing.T, d deed, p player, s spot) {
	t.Helper()
	before := g.size(t)
	res := g.perform(t, d, p, s, false)
	if !saysNo(res) && res.StatusCode < 400 {
		t.Errorf("%s %s (%s): of %s: answers %d %s; by the permissions that is wrong", s.row.Method, s.address, s.row.Permission, p.name, res.StatusCode, res.Header.Get("Location"))
	}
	if g.size(t) != before {
		t.Errorf("%s %s of %s wrote %v", s.row.Method, s.address, p.name, g.entries(t)[before:])
	}
}

// does tries the addresses of one place until one lets the person do it; else it
// tells what they said. really is false where a refusal was enough.
func (g gate) does(t *testing.T, d deed, p player, spots []spot) (really bool, said string) {
	t.Helper()
	enough := false
	for _, s := range spots {
		if d.before != nil {
			d.before(t, g, p, &s)
		}
		before := g.size(t)
		res := g.perform(t, d, p, s, true)
		var wrote []string
		if g.size(t) != before {
			wrote = g.entries(t)[before:]
		}
		fits := s.row.Ledger == web.NoEntry && len(wrote) == 0
		for _, verb := range append([]string{s.row.Ledger, anew[s.row.Ledger]}, d.verbs...) {
			fits = fits || slices.Contains(wrote, verb)
		}
		text := body(t, res)
		if strings.Contains(text, "⟦") {
			t.Errorf("%s of %s answers with a key that has no message: %.300s", s.address, p.name, text)
		}
		if res.StatusCode < 400 && !saysNo(res) && fits {
			if d.after != nil {
				d.after(t, g, p, s, res)
			}
			return true, ""
		}
		unfit := []int{http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity}
		enough = enough || len(wrote) == 0 && !saysNo(res) && (d.lacks != "" && (res.StatusCode < 400 || slices.Contains(unfit, res.StatusCode)) ||
			d.none != "" && res.StatusCode == http.StatusNotFound)
		said += "\n\t" + s.address + ": " + res.Status + " " + res.Header.Get("Location") + " wrote " + strings.Join(wrote, ", ") + " " + faults(text)
	}
	if enough {
		said = ""
	}
	return false, said
}

// size is how many entries the record has.
func (g gate) size(t *testing.T) int64 {
	t.Helper()
	head, err := g.keeper.store.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head.Size
}
