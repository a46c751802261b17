package server

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
	"avow/internal/web"
)

var update = flag.Bool("update", false, "write the golden files anew")

const permissionsHead = `# Who may use which address

Made by the test TestEveryAddressAnswersEachRoleAsThePermissionsSay; every cell was asked.
"own": in the member and institution of the demonstration for which the person has the role.
Of addresses that name nothing (a list of one's own work) it says who may open them at all.
`

// place is where an address asks for its permission: what its names stand for.
func (g gate) place(t *testing.T, s sample) (on civic.Place, anywhere bool) {
	t.Helper()
	ctx := context.Background()
	pattern, address := strings.Split(s.row.Pattern, "/"), strings.Split(strings.Split(s.address, "?")[0], "/")
	anywhere = true
	read := func(kind civic.Kind, id string, into any) bool {
		v, err := g.keeper.store.Newest(ctx, kind, id)
		if err != nil || json.Unmarshal(v.Body, into) != nil {
			return false
		}
		anywhere = false
		return true
	}
	for i, name := range pattern {
		if i >= len(address) || !strings.HasPrefix(name, "{") {
			continue
		}
		value := address[i]
		if name = strings.Trim(name, "{}"); name == "ref" || name == "id" { // of the API: what stands before it tells the noun
			name = strings.TrimSuffix(pattern[i-1], "s")
		}
		switch name {
		case "member":
			m, err := g.app.Member(ctx, value)
			if err == nil {
				on.Member, anywhere = m.MemberItem.Member.ID, false
			}
		case "plan":
			if id, err := g.keeper.store.FindPlan(ctx, value); err == nil {
				var p civic.Plan
				if read(civic.KindPlan, string(id), &p) {
					on.Member, on.Plans = p.Member, []civic.PlanID{p.ID}
				}
			}
		case "commitment":
			if id, err := g.keeper.store.FindCommitment(ctx, value); err == nil {
				var c civic.Commitment
				if read(civic.KindCommitment, string(id), &c) {
					on = placeOfCommitment(c)
				}
			}
		case "draft":
			for _, plan := range append(slices.Clone(g.known.Living.Plans), elsewherePlan) {
				id, _ := g.keeper.store.FindPlan(ctx, plan)
				drafts, _ := g.app.Drafts(ctx, civic.Operator(), id)
				for _, d := range drafts {
					if d.ID == value {
						on, anywhere = placeOfCommitment(d.Content), false
					}
				}
			}
		case "grant":
			var gr civic.Grant
			if read(civic.KindGrant, value, &gr) {
				on = gr.Place()
			}
		default:
			var of struct {
				Member     civic.MemberID     `json:"member"`
				Plan       civic.PlanID       `json:"plan"`
				Commitment civic.CommitmentID `json:"commitment"`
			}
			if !slices.Contains(civic.Kinds, civic.Kind(name)) || !read(civic.Kind(name), value, &of) {
				continue
			}
			anywhere = of.Member == "" // what belongs to no member: a study
			on.Member = of.Member
			if of.Plan != "" {
				on.Plans = []civic.PlanID{of.Plan}
			}
			var c civic.Commitment
			if of.Commitment != "" && read(civic.KindCommitment, string(of.Commitment), &c) {
				on = placeOfCommitment(c)
			}
		}
	}
	return on, anywhere
}

func placeOfCommitment(c civic.Commitment) civic.Place {
	p := civic.Place{Member: c.Member, Commitment: c.ID}
	for _, e := range c.Plans {
		p.Plans = append(p.Plans, e.Plan)
	}
	for _, part := range c.Parts {
		if part.Institution != "" {
			p.Institutions = append(p.Institutions, part.Institution)
		}
	}
	return p
}

// expects tells whether somebody may have an answer, by the permissions alone.
func (g gate) expects(t *testing.T, p player, s sample) bool {
	t.Helper()
	who := g.caller(t, p)
	switch {
	case s.row.Permission == web.Everybody:
		return true
	case s.row.Permission == web.AnAccount && s.row.Name != "keep-file":
		return who.SignedIn()
	}
	if s.row.Name == "keep-file" { // its row says that it needs an account
		return who.AskAnywhere(civic.MayKeepFiles) == nil || who.AskAnywhere(civic.MayReport) == nil
	}
	on, anywhere := g.place(t, s)
	if anywhere {
		return who.AskAnywhere(s.row.Permission) == nil
	}
	return who.May(s.row.Permission, on) || wide[s.row.Name] != "" && who.AskAnywhere(s.row.Permission) == nil && reaches(who, on)
}

// wide are addresses that open for whoever has the permission in any part of the
// member, and show or take each part as the permission says: with the reason.
var wide = map[string]string{
	"workbook":        "a reporter gets the rows of the own institution alone",
	"workbook-xlsx":   "a reporter gets the rows of the own institution alone",
	"workbook-csv":    "a reporter gets the rows of the own institution alone",
	"workbook-upload": "each row of the upload is asked for by itself",
	"workbook-check":  "each row of the upload is asked for by itself",
	"workbook-take":   "each row of the upload is asked for by itself",
	"work-plan":       "a reporter sees the drafts of the own institution alone",
	"draft-new":       "a reporter begins a draft of the own institution",

	"get-workbook":     "a reporter gets the rows of the own institution alone",
	"get-workbook-csv": "a reporter gets the rows of the own institution alone",
	"take-workbook":    "each row of the upload is asked for by itself",
	"list-drafts":      "a reporter sees the drafts of the own institution alone",
	"new-draft":        "a reporter begins a draft of the own institution",
}

// reaches reports whether somebody has a role in the member of a place.
func reaches(who civic.Caller, on civic.Place) bool {
	return slices.ContainsFunc(who.Grants, func(g civic.Grant) bool { return g.Member == "" || g.Member == on.Member })
}

// saysNo reports whether an answer says no to the person.
func saysNo(res *http.Response) bool {
	to := res.Header.Get("Location")
	return res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden ||
		res.StatusCode == http.StatusSeeOther && (strings.Contains(to, "/sign-in?") || strings.Contains(to, "/second-factor?"))
}

func TestEveryAddressAnswersEachRoleAsThePermissionsSay(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	seen := map[string]string{} // row to its line
	var order []string
	for _, s := range append(g.workSamples(t), g.samples(t)...) {
		if s.lang != "" && s.lang != "en" {
			continue
		}
		var may []string
		for _, p := range cast {
			want := g.expects(t, p, s)
			res := g.by(p, "GET", s.address, nil)
			if res.StatusCode >= 500 {
				t.Errorf("%s of %s answers %d", s.address, p.name, res.StatusCode)
			}
			// What somebody may not see may also be said not to be there.
			if no := saysNo(res) || !want && res.StatusCode == http.StatusNotFound; no == want {
				t.Errorf("%s (%s, %s): of %s: answers %d %s; by the permissions that is wrong", s.address, s.row.Name, s.row.Permission, p.name, res.StatusCode, res.Header.Get("Location"))
			}
			if want {
				may = append(may, p.name)
			}
		}
		key := "GET " + s.row.Pattern
		if _, twice := seen[key]; !twice {
			order = append(order, key)
			seen[key] = fmt.Sprintf("%-80s %-18s %s", key, orEverybody(s.row), people(may, len(cast)))
		}
	}
	for _, s := range g.actions(t) {
		if s.lang != "" && s.lang != "en" || seen[s.row.Method+" "+s.row.Pattern] != "" {
			continue
		}
		var may []string
		for _, p := range cast {
			want := g.expects(t, p, s)
			if want {
				may = append(may, p.name)
			}
			if s.row.Permission == web.Everybody {
				continue // nobody can be refused
			}
			if want && s.row.Permission == web.AnAccount {
				continue // the scripts do these: here they would end the session
			}
			if before := g.entries(t); !want {
				res := g.attempt(p, s)
				if !saysNo(res) && res.StatusCode < 400 {
					t.Errorf("%s %s (%s): of %s: answers %d %s; by the permissions that is wrong", s.row.Method, s.address, s.row.Permission, p.name, res.StatusCode, res.Header.Get("Location"))
				}
				if now := g.entries(t); len(now) != len(before) {
					t.Errorf("%s %s of %s wrote %v", s.row.Method, s.address, p.name, now[len(before):])
				}
			}
		}
		key := s.row.Method + " " + s.row.Pattern
		order = append(order, key)
		seen[key] = fmt.Sprintf("%-80s %-18s %s", key, orEverybody(s.row), people(may, len(cast)))
	}
	for _, row := range g.rows {
		if row.Room == "operator" {
			continue
		}
		key := row.Method + " " + row.Pattern
		if row.Method == "" {
			key = "GET " + row.Pattern
		}
		if seen[key] == "" && !strings.Contains(row.Pattern, "{upload}") { // which waits for its sender alone
			t.Errorf("%s is asked by nobody: no sample is known for it", key)
		}
	}
	slices.SortFunc(order, func(a, b string) int {
		return strings.Compare(strings.SplitN(a, " ", 2)[1]+a, strings.SplitN(b, " ", 2)[1]+b)
	})
	out := permissionsHead + "\n"
	for _, key := range order {
		out += strings.TrimRight(seen[key], " ") + "\n"
	}
	golden(t, "permissions.txt", out)
}

// attempt sends an empty form, or an empty object.
func (g gate) attempt(p player, s sample) *http.Response {
	if s.row.Room == "api" {
		return g.json(p, s.row.Method, s.address, "{}")
	}
	return g.by(p, s.row.Method, s.address, url.Values{})
}

// entries are the verbs of the record, oldest first.
func (g gate) entries(t *testing.T) []string {
	t.Helper()
	all, err := g.verbs()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (g gate) verbs() (out []string, err error) {
	for {
		versions, err := g.keeper.store.Entries(context.Background(), int64(len(out)), 1000)
		if err != nil || len(versions) == 0 {
			return out, err
		}
		for _, v := range versions {
			out = append(out, v.Verb)
		}
	}
}

func orEverybody(row Row) string {
	if row.Permission == web.Everybody {
		return "-"
	}
	return string(row.Permission)
}

// people lists who may, in few words.
func people(names []string, all int) string {
	switch {
	case len(names) == all:
		return "everybody"
	case len(names) == all-1 && !slices.Contains(names, "nobody"):
		return "everybody with an account"
	case len(names) == 0:
		return "nobody"
	}
	return strings.Join(names, ", ")
}

// golden compares a text with its file.
func golden(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, have)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: write it with -update", err)
	}
	if string(want) != have {
		a, b := strings.Split(string(want), "\n"), strings.Split(have, "\n")
		for i := range max(len(a), len(b)) {
			if i >= len(a) || i >= len(b) || a[i] != b[i] {
				t.Errorf("%s differs from line %d on (-update writes it anew)", path, i+1)
				return
			}
		}
	}
}
