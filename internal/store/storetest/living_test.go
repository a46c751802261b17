package storetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// content are the bytes of photo.
var content = []byte("\x89PNG")

var photo = civic.File{SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), Name: "a.png", Type: "image/png", Size: int64(len(content))}

// Living is one subject of each kind that a plan has which is run here, for the
// member, plan and commitment of Sample.
func living() []civic.Subject {
	m, i, p, c := Sample()
	en := func(s string) civic.Text { return civic.Text{{Lang: "en", Text: s}} }
	report := civic.Report{ID: civic.ReportID(ID(100)), Member: m.ID, Plan: p.ID, Commitment: c.ID, Institution: i.ID, Period: "2026-1", Status: civic.SelfLimited, Done: en("A portal was tested")}
	return []civic.Subject{
		civic.Grant{ID: civic.GrantID(ID(101)), Account: civic.AccountID(ID(200)), Role: civic.Reporter, Scope: civic.Scope{Member: m.ID}, By: civic.LocalOperator},
		report,
		civic.Testimony{ID: civic.TestimonyID(ID(102)), Report: report.ID, Member: m.ID, Plan: p.ID, Commitment: c.ID, Month: "2026-08"},
		civic.Dispute{ID: civic.DisputeID(ID(103)), Report: report.ID, Member: m.ID, Plan: p.ID, Commitment: c.ID, Claim: en("Nothing was tested")},
		civic.Forum{ID: civic.ForumID(ID(104)), Member: m.ID, Name: en("The forum")},
		civic.Meeting{ID: civic.MeetingID(ID(105)), Member: m.ID, Plan: p.ID, Kind: "forum", On: "2026-05-01", Title: en("First meeting")},
		civic.Step{ID: civic.StepID(ID(106)), Member: m.ID, Plan: p.ID, Kind: "outreach", Title: en("Radio"), Start: "2026-01-02"},
		civic.Document{ID: civic.DocumentID(ID(107)), Member: m.ID, Commitment: c.ID, Kind: "evidence", Title: en("Photo"), Dated: "2026-08-09", File: &photo},
		civic.Contribution{ID: civic.ContributionID(ID(108)), Member: m.ID, Plan: p.ID, Text: en("More portals"), Month: "2026-02"},
		civic.Tension{ID: civic.TensionID(ID(109)), Member: m.ID, Commitments: []civic.CommitmentID{c.ID}, Topic: en("Open data and privacy"), Laws: []string{"Act 1"}},
		civic.Tool{ID: civic.ToolID(ID(110)), Member: m.ID, Name: "Portal"},
		taxonomy.Change{ID: taxonomy.ChangeID(ID(111))},
		study.Study{ID: study.ID(ID(112)), Title: en("What is promised"), Items: []study.Item{{Commitment: c.ID, Version: 1}}, Stage: study.StageFrozen},
		study.Coding{ID: ID(113), Study: study.ID(ID(112)), Label: "A", Answers: []study.Answer{{Commitment: c.ID, Codes: []string{"g1"}}}},
	}
}

// withLiving opens a database with the samples and one subject of each kind.
func withLiving(t *testing.T, db Database) *store.Store {
	t.Helper()
	s := db.Open(t)
	if err := s.House(context.Background(), func(h *store.House) error { return h.KeepFile(photo, content, 1) }); err != nil {
		t.Fatal(err)
	}
	m, i, p, c := Sample()
	Put(t, s, append([]civic.Subject{m, i, p, c}, living()...)...)
	return s
}

func TestEveryKindComesBackAndIsFoundByWhatItBelongsTo(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		ctx, s := context.Background(), withLiving(t, db)
		kinds := []civic.Kind{civic.KindMember, civic.KindInstitution, civic.KindPlan, civic.KindCommitment}
		for _, sub := range living() {
			kinds = append(kinds, sub.SubjectKind())
			v, err := s.Newest(ctx, sub.SubjectKind(), sub.SubjectID())
			want, _ := civic.Encode(sub)
			if err != nil || string(v.Body) != string(want) {
				t.Errorf("%s came back as %s, %v", sub.SubjectKind(), v.Body, err)
			}
			for _, r := range sub.(civic.Referring).References() {
				found, err := s.Belonging(ctx, sub.SubjectKind(), r.Role, r.Target)
				if err != nil || len(found) != 1 || found[0].ID != sub.SubjectID() {
					t.Errorf("%s of %s %s: %v, %v", sub.SubjectKind(), r.Role, r.Target, found, err)
				}
			}
		}
		if !slices.Equal(kinds, civic.Kinds) {
			t.Errorf("the samples are of %v, the kinds are %v", kinds, civic.Kinds)
		}
		_, _, p, c := Sample()
		moved := living()[1].(civic.Report)
		moved.Commitment = civic.CommitmentID(ID(7))
		Put(t, s, moved)
		if found, err := s.Belonging(ctx, civic.KindReport, civic.OfCommitment, string(c.ID)); err != nil || len(found) != 0 {
			t.Errorf("after it moved, the old commitment has %v, %v", found, err)
		}
		if id, err := s.FindOnce(ctx, civic.KindReport, moved.Key()); err != nil || id != string(moved.ID) {
			t.Errorf("the report of a period is %q, %v", id, err)
		}
		if _, err := s.FindOnce(ctx, civic.KindReport, string(p.ID)+"/none"); civic.KindOf(err) != civic.NotFound {
			t.Errorf("a report that is not there: %v", err)
		}
		entries, err := s.Entries(ctx, int64(len(kinds)-1), 5)
		if err != nil || len(entries) != 2 || entries[1].Number != 2 || entries[1].ID != string(moved.ID) {
			t.Errorf("the newest entries are %v, %v", entries, err)
		}
	})
}

func TestThereIsOneReportForACommitmentAndPeriod(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s := withLiving(t, db)
		second := living()[1].(civic.Report)
		second.ID = civic.ReportID(ID(300))
		err := s.Write(context.Background(), func(tx *store.Tx) error { _, err := PutIn(tx, second); return err })
		if civic.KindOf(err) != civic.Conflict {
			t.Errorf("a second report: %v", err)
		}
		second.Period = ""
		Put(t, s, second)
	})
}

func TestWhatSubjectsBelongToIsVerified(t *testing.T) {
	Each(t, func(t *testing.T, db Database) {
		s := withLiving(t, db)
		c := checkpointOf(t, s)
		if r := verify(t, s, c); !r.OK() {
			t.Fatalf("untouched: %+v", r.Problems)
		}
		raw := unlocked(t, db)
		for _, change := range []struct{ table, do, undo string }{
			{"belonging", "UPDATE belonging SET target = 'x' WHERE ord = 5 AND pos = 1", "UPDATE belonging SET target = '" + ID(3) + "' WHERE ord = 5 AND pos = 1"},
			{"belonging", "UPDATE belonging SET role = 'x' WHERE ord = 5 AND pos = 1", "UPDATE belonging SET role = 'plan' WHERE ord = 5 AND pos = 1"},
			{"belonging", "UPDATE belonging SET pos = 9 WHERE ord = 5 AND pos = 1", "UPDATE belonging SET pos = 1 WHERE ord = 5 AND pos = 9"},
			{"belonging", "UPDATE belonging SET ord = 0 WHERE ord = 5 AND pos = 1", "UPDATE belonging SET ord = 5 WHERE ord = 0 AND pos = 1"},
			{"belonging", "INSERT INTO belonging VALUES (900, 0, 'plan', 'x')", "DELETE FROM belonging WHERE ord = 900"},
			{"belonging", "INSERT INTO belonging VALUES (5, 9, 'plan', 'x')", "DELETE FROM belonging WHERE ord = 5 AND pos = 9"},
			{"belonging", "DELETE FROM belonging WHERE ord = 14", fmt.Sprintf("INSERT INTO belonging VALUES (14, 0, 'member', '%s')", ID(1))},
			{"report", "UPDATE report SET once = 'x'", "UPDATE report SET once = '" + living()[1].(civic.Report).Key() + "'"},
			{"report", "INSERT INTO report VALUES (2, 'y')", "DELETE FROM report WHERE ord = 2"},
			{"forum", "UPDATE forum SET once = 'x'", "UPDATE forum SET once = '" + ID(1) + "'"},
			{"forum", "DELETE FROM forum", "INSERT INTO forum VALUES (8, '" + ID(1) + "')"},
		} {
			if _, err := raw.Exec(change.do); err != nil {
				t.Fatalf("%s: %v", change.do, err)
			}
			report := verify(t, s, c)
			if report.OK() || !slices.ContainsFunc(report.Problems, func(p store.Problem) bool { return p.Table == change.table }) {
				t.Errorf("%s: the report is %+v", change.do, report.Problems)
			}
			if _, err := raw.Exec(change.undo); err != nil {
				t.Fatalf("%s: %v", change.undo, err)
			}
		}
		if r := verify(t, s, c); !r.OK() {
			t.Errorf("afterwards: %+v", r.Problems)
		}
	})
}

// record are the tables that the narrow door must not know.
var record = []string{"log", "ledger_entry", "subject", "version", "member", "plan", "commitment", "commitment_plan", "search", "belonging", "report", "forum"}

func TestTheNarrowDoorWritesToNoTableOfTheRecord(t *testing.T) {
	changes := regexp.MustCompile(`(?i)\b(?:insert\s+into|update|delete\s+from)\s+([a-z_]+)`)
	files, err := filepath.Glob(filepath.Join("..", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !isHouse(f.Recv.List[0].Type) {
				continue
			}
			ast.Inspect(f, func(n ast.Node) bool {
				lit, ok := n.(*ast.BasicLit)
				if !ok || lit.Kind != token.STRING {
					return true
				}
				for _, m := range changes.FindAllStringSubmatch(lit.Value, -1) {
					found++
					if slices.Contains(record, strings.ToLower(m[1])) {
						t.Errorf("%s: %s changes %s", filepath.Base(path), f.Name.Name, m[1])
					}
				}
				return true
			})
		}
	}
	if found == 0 {
		t.Log("no statement of the narrow door was found")
	}
}

func isHouse(e ast.Expr) bool {
	star, ok := e.(*ast.StarExpr)
	if !ok {
		return false
	}
	name, ok := star.X.(*ast.Ident)
	return ok && name.Name == "House"
}
