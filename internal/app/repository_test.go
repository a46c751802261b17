package app

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/review"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// republic is a member with a plan in co-creation, and a clock that a test sets.
type republic struct {
	*App
	t                  *testing.T
	ctx                context.Context
	day                string
	member             civic.MemberID
	plan               civic.PlanID
	poc, forum, reader civic.Caller
}

func eachRepublic(t *testing.T, run func(t *testing.T, r *republic)) {
	t.Helper()
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		r := &republic{t: t, ctx: t.Context(), day: "2026-01-10"}
		r.App = New(s, Options{Now: func() time.Time {
			at, err := time.Parse(time.DateOnly, r.day)
			if err != nil {
				t.Fatal(err)
			}
			return at.Add(9 * time.Hour)
		}})
		m, err := r.newID()
		r.must(err)
		p, err := r.newID()
		r.must(err)
		r.member, r.plan = civic.MemberID(m), civic.PlanID(p)
		r.put(civic.Member{ID: r.member, Name: "Republic", Slug: "republic", Code: "REP", Regime: civic.National},
			civic.Plan{ID: r.plan, Member: r.member, Slug: "republic-1", Number: "1", Stage: civic.Drafting, Languages: []string{"en", "fr"},
				Start: civic.When{Date: "2026-07-01"}, End: civic.When{Date: "2028-06-30"}})
		r.poc = someone("poc", civic.PointOfContact, civic.Scope{Member: r.member})
		r.forum = someone("forum", civic.ForumMember, civic.Scope{Plan: r.plan})
		r.reader = someone("reader", civic.Reporter, civic.Scope{Member: "elsewhere"})
		run(t, r)
	})
}

func (r *republic) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *republic) put(subjects ...civic.Subject) {
	r.t.Helper()
	var edits []edit
	for _, s := range subjects {
		edits = append(edits, edit{subject: s, verb: "create"})
	}
	r.must(r.act(r.ctx, civic.Operator(), civic.MayImport, func(ask func(civic.Place) error) ([]edit, error) { return edits, ask(civic.Place{}) }))
}

// account is somebody with an account, and with a role unless it is "".
func (r *republic) account(name string, role civic.AccessRole, scope civic.Scope) civic.Caller {
	r.t.Helper()
	id, err := r.OpenAccount(r.ctx, name+"@example.org", name, "en")
	r.must(err)
	who := someone(string(id), role, scope)
	if role == "" {
		who.Grants = nil
	}
	return who
}

// move brings the plan to another stage, adopted on the clock's day.
func (r *republic) move(to civic.Stage) {
	r.t.Helper()
	p, _, err := read[civic.Plan](r.ctx, r.App, civic.KindPlan, string(r.plan))
	r.must(err)
	p.Stage = to
	if p.Adopted == nil && to.Runs() {
		p.Adopted = &civic.Adoption{On: r.day, By: "Cabinet"}
	}
	r.put(p)
}

func (r *republic) keep(name, content string) civic.File {
	r.t.Helper()
	f, err := r.KeepFile(r.ctx, r.poc, name, strings.NewReader(content))
	r.must(err)
	return f
}

func (r *republic) document(change func(*civic.Document)) (civic.DocumentID, error) {
	d := civic.Document{Member: r.member, Plan: r.plan, Kind: "letter", Title: english("Letter"), Dated: r.day, URL: "https://ogp.example/letter"}
	change(&d)
	return r.KeepDocument(r.ctx, r.poc, d, 0)
}

func TestAFileIsKeptGivenOutAndSwept(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		f := r.keep("Minutes\u202e of 3 March.PDF", "%PDF-1.7 minutes")
		if f.Name != "Minutes of 3 March.pdf" || f.Type != "application/pdf" || f.Size != 16 || len(f.SHA256) != 64 {
			t.Fatalf("%+v", f)
		}
		if _, err := r.File(r.ctx, f.SHA256); civic.KindOf(err) != civic.NotFound {
			t.Errorf("a file that nothing refers to is given out: %v", err)
		}
		id, err := r.document(func(d *civic.Document) {
			d.File, d.URL = &civic.File{SHA256: f.SHA256, Name: "a/../Minutes.pdf", Type: "text/html", Size: 1}, ""
		})
		r.must(err)
		kept, err := r.File(r.ctx, f.SHA256)
		if err != nil || string(kept.Content) != "%PDF-1.7 minutes" || kept.Name != "Minutes.pdf" || kept.Type != "application/pdf" || kept.Size != 16 {
			t.Errorf("%+v, %v", kept.File, err)
		}
		loose := r.keep("loose.txt", "nobody's")
		r.day = "2026-01-11"
		if n, err := r.SweepFiles(r.ctx); n != 0 || err != nil {
			t.Errorf("swept within a day: %d, %v", n, err)
		}
		r.day = "2026-01-12"
		if n, err := r.SweepFiles(r.ctx); n != 1 || err != nil {
			t.Errorf("swept after a day: %d, %v", n, err)
		}
		if _, err := r.document(func(d *civic.Document) { d.File, d.URL = &loose, "" }); !slices.Contains(planFaults(err), "file file.gone") {
			t.Errorf("a file that is gone: %v", planFaults(err))
		}
		if _, err := r.File(r.ctx, f.SHA256); err != nil {
			t.Errorf("a file that a document refers to was swept: %v", err)
		}
		r.must(r.WithdrawDocument(r.ctx, r.poc, id, "Published by mistake"))
		if _, err := r.File(r.ctx, f.SHA256); civic.KindOf(err) != civic.NotFound {
			t.Errorf("the file of a withdrawn document is given out: %v", err)
		}
		r.day = "2026-03-12"
		if n, err := r.SweepFiles(r.ctx); n != 0 || err != nil {
			t.Errorf("the file of a withdrawn document is swept: %d, %v", n, err)
		}
	})
}

// endless never ends, and counts how much was read.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return copy(p, bytes.Repeat([]byte("x"), len(p))), nil
}

func TestAFileThatIsRefusedIsNotReadToItsEnd(t *testing.T) {
	r := &republic{t: t, App: newTestApp(t), ctx: t.Context(), poc: someone("poc", civic.PointOfContact, civic.Scope{})}
	for _, c := range []struct {
		who  civic.Caller
		name string
		want civic.ErrorKind
		most int64
	}{
		{r.poc, "large.txt", civic.TooLarge, MaxFile + 64<<10},
		{r.poc, "drawing.svg", civic.Invalid, 0},
		{r.poc, "macros.xlsm", civic.Invalid, 0},
		{civic.Caller{}, "a.txt", civic.Unauthenticated, 0},
		{someone("f", civic.Facilitator, civic.Scope{}), "a.txt", civic.Forbidden, 0},
	} {
		var content endless
		_, err := r.KeepFile(r.ctx, c.who, c.name, &content)
		if civic.KindOf(err) != c.want || content.read > c.most {
			t.Errorf("%s: %v after %d bytes", c.name, err, content.read)
		}
	}
	if _, err := r.KeepFile(r.ctx, r.poc, "broken.txt", io.MultiReader(strings.NewReader("x"), brokenReader{})); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a line that breaks: %v", err)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestADocumentIsHeldAgainstTheRules(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		other := civic.Member{ID: "othermember00000000000000a", Name: "Other", Slug: "other", Regime: civic.National}
		foreign := civic.Plan{ID: "otherplan0000000000000000a", Member: other.ID, Slug: "other-1", Number: "1", Regime: civic.National}
		r.put(other, foreign)
		late, err := r.KeepMeeting(r.ctx, r.poc, civic.Meeting{Member: r.member, Kind: "forum", On: "2026-02-01", Title: english("Forum")}, 0)
		r.must(err)
		early, err := r.KeepMeeting(r.ctx, r.poc, civic.Meeting{Member: r.member, Kind: "forum", On: "2026-01-05", Title: english("Forum")}, 0)
		r.must(err)
		for _, c := range []struct {
			name   string
			change func(*civic.Document)
			want   string
		}{
			{"no title", func(d *civic.Document) { d.Title = nil }, "title repository.fault.missing"},
			{"a title of blanks", func(d *civic.Document) { d.Title = english(" \u0000 ") }, "title repository.fault.missing"},
			{"a kind that is none", func(d *civic.Document) { d.Kind = "secret" }, "kind repository.fault.choose"},
			{"no date", func(d *civic.Document) { d.Dated = "" }, "dated repository.fault.missing"},
			{"a day that does not exist", func(d *civic.Document) { d.Dated = "2025-02-29" }, "dated repository.fault.day"},
			{"dated tomorrow", func(d *civic.Document) { d.Dated = "2026-01-11" }, "dated repository.fault.future"},
			{"dated long ago", func(d *civic.Document) { d.Dated = "0206-01-11" }, "dated repository.fault.day_range"},
			{"nothing to read", func(d *civic.Document) { d.URL = "" }, "file repository.fault.nothing"},
			{"an address that runs", func(d *civic.Document) { d.URL = "javascript:alert(1)" }, "url repository.fault.address"},
			{"an address with a password", func(d *civic.Document) { d.URL = "https://me:secret@example.org/" }, "url repository.fault.address"},
			{"a language that is none", func(d *civic.Document) { d.Lang = "<b>" }, "lang repository.fault.language"},
			{"a plan of another member", func(d *civic.Document) { d.Plan = foreign.ID }, "plan repository.fault.elsewhere"},
			{"a plan that is not there", func(d *civic.Document) { d.Plan = "nothing" }, "plan repository.fault.elsewhere"},
			{"a commitment that is not there", func(d *civic.Document) { d.Commitment = "nothing" }, "commitment repository.fault.elsewhere"},
			{"a step that is not there", func(d *civic.Document) { d.Step = "nothing" }, "step repository.fault.elsewhere"},
			{"minutes of no meeting", func(d *civic.Document) { d.Kind = "minutes" }, "meeting repository.fault.minutes_of"},
			{"minutes of a meeting still to come", func(d *civic.Document) { d.Kind, d.Meeting = "minutes", late }, "dated repository.fault.minutes_early"},
			{"minutes before the meeting", func(d *civic.Document) { d.Kind, d.Meeting, d.Dated = "minutes", early, "2026-01-04" }, "dated repository.fault.minutes_early"},
			{"a file nobody sent", func(d *civic.Document) {
				d.URL, d.File = "", &civic.File{SHA256: strings.Repeat("a", 64), Name: "a.pdf"}
			}, "file file.gone"},
			{"a file that is none", func(d *civic.Document) { d.URL, d.File = "", &civic.File{SHA256: "../../x", Name: "a.pdf"} }, "file file.gone"},
		} {
			head, err := r.Head(r.ctx)
			r.must(err)
			_, err = r.document(c.change)
			if !slices.Contains(planFaults(err), c.want) {
				t.Errorf("%s: %v, %v", c.name, planFaults(err), err)
			}
			if now, err := r.Head(r.ctx); err != nil || now.Size != head.Size {
				t.Errorf("%s: an entry was written: %v", c.name, err)
			}
		}
		if _, err := r.document(func(d *civic.Document) { d.Kind, d.Meeting = "minutes", early }); err != nil {
			t.Errorf("minutes after the meeting: %v", planFaults(err))
		}
	})
}

func TestWhoKeepsARepositoryAndWhere(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		doc := civic.Document{Member: r.member, Plan: r.plan, Kind: "letter", Title: english("Letter"), Dated: r.day, URL: "https://ogp.example"}
		without := doc
		without.Plan = ""
		weak := r.poc
		weak.Strong = false
		for _, c := range []struct {
			name string
			who  civic.Caller
			doc  civic.Document
			want civic.ErrorKind
		}{
			{"a visitor", civic.Caller{}, doc, civic.Unauthenticated},
			{"a reporter of another member", r.reader, doc, civic.Forbidden},
			{"a point of contact of another member", someone("x", civic.PointOfContact, civic.Scope{Member: "elsewhere"}), doc, civic.Forbidden},
			{"a point of contact with one factor", weak, doc, civic.Unproven},
			{"a forum member of the plan", r.forum, doc, ""},
			{"a forum member of the plan, outside of it", r.forum, without, civic.Forbidden},
			{"the point of contact", r.poc, without, ""},
		} {
			if _, err := r.KeepDocument(r.ctx, c.who, c.doc, 0); civic.KindOf(err) != c.want || c.want == "" && err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		from, err := r.Head(r.ctx)
		r.must(err)
		id, err := r.KeepDocument(r.ctx, r.poc, doc, 0)
		r.must(err)
		doc.ID, doc.Title = id, english("A better title")
		if _, err := r.KeepDocument(r.ctx, r.reader, doc, 1); civic.KindOf(err) != civic.Forbidden {
			t.Errorf("corrected by a stranger: %v", err)
		}
		if _, err := r.KeepDocument(r.ctx, r.poc, doc, 1); err != nil {
			t.Error(err)
		}
		if _, err := r.KeepDocument(r.ctx, r.poc, doc, 1); civic.KindOf(err) != civic.Conflict {
			t.Errorf("a page two versions old: %v", err)
		}
		if _, err := r.KeepDocument(r.ctx, r.poc, doc, 2); err != nil {
			t.Errorf("nothing changed: %v", err)
		}
		r.must(r.WithdrawDocument(r.ctx, r.poc, id, "Wrong file"))
		if err := r.WithdrawDocument(r.ctx, r.poc, id, "Again"); civic.KindOf(err) != civic.Conflict {
			t.Errorf("withdrawn twice: %v", err)
		}
		if _, err := r.KeepDocument(r.ctx, r.poc, doc, 0); civic.KindOf(err) != civic.Conflict {
			t.Errorf("corrected after it was withdrawn: %v", err)
		}
		if got, want := verbsFrom(t, r.App, from.Size), []string{"document publish_document", "document correct_document", "document withdraw_document"}; !slices.Equal(got, want) {
			t.Errorf("the record says %v", got)
		}
		if list, err := r.Documents(r.ctx, "republic", DocumentFilter{}); err != nil || len(list.Documents) != 2 || list.Withdrawn != 1 {
			t.Errorf("%d documents, %d withdrawn, %v", len(list.Documents), list.Withdrawn, err)
		}
	})
}

func TestAMemberHasOneForum(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		f := civic.Forum{Member: r.member, Name: english("<script>alert(1)</script>"), Government: 3, Civil: 3, Website: "https://ogp.example"}
		first, err := r.KeepForum(r.ctx, r.poc, f, 0)
		r.must(err)
		f.Civil = 4
		second, err := r.KeepForum(r.ctx, r.poc, f, 1)
		if err != nil || second != first {
			t.Errorf("%s and %s, %v", first, second, err)
		}
		for _, c := range []struct {
			change func(*civic.Forum)
			want   string
		}{
			{func(f *civic.Forum) { f.Government = -1 }, "government repository.fault.number"},
			{func(f *civic.Forum) { f.Civil = 1_000_000 }, "civil repository.fault.number"},
			{func(f *civic.Forum) { f.Website = "ftp://x" }, "website repository.fault.address"},
			{func(f *civic.Forum) { f.Rules = "nothing" }, "rules repository.fault.elsewhere"},
			{func(f *civic.Forum) { f.Name = nil }, "name repository.fault.missing"},
		} {
			bad := f
			c.change(&bad)
			if _, err := r.KeepForum(r.ctx, r.poc, bad, 0); !slices.Contains(planFaults(err), c.want) {
				t.Errorf("want %s: %v", c.want, planFaults(err))
			}
		}
	})
}

func TestAMemberMeetsItsRequirementsStepByStep(t *testing.T) {
	eachRepublic(t, func(t *testing.T, r *republic) {
		stands := func(on string) map[string]review.Result {
			t.Helper()
			p, err := r.Requirements(r.ctx, "REP", on)
			r.must(err)
			out := map[string]review.Result{}
			for _, q := range p.Requirements {
				out[q.ID] = q.Result
			}
			return out
		}
		check := func(on string, want map[string]review.Result) {
			t.Helper()
			got := stands(on)
			for id, w := range want {
				if got[id] != w {
					t.Errorf("on %s %s is %s, want %s", on, id, got[id], w)
				}
			}
		}
		all := func(r review.Result) map[string]review.Result {
			out := map[string]review.Result{}
			for _, id := range review.RuleSets[2].Asks {
				out[id] = r
			}
			return out
		}
		check("", all(review.CannotTell))

		rules, err := r.document(func(d *civic.Document) { d.Kind = "forum_rules" })
		r.must(err)
		_, err = r.KeepForum(r.ctx, r.poc, civic.Forum{Member: r.member, Name: english("Forum"), Government: 4, Civil: 4, Rules: rules, Website: "https://ogp.example"}, 0)
		r.must(err)
		step := func(kind, start, end string) civic.StepID {
			id, err := r.KeepStep(r.ctx, r.poc, civic.Step{Member: r.member, Plan: r.plan, Kind: kind, Title: english(kind), Start: start, End: end}, 0)
			r.must(err)
			return id
		}
		step("co_creation_start", "2026-01-24", "") // announced today, 14 days ahead
		check("", map[string]review.Result{"1.1": review.CannotTell, "2.1": review.Met, "3.1": review.Met, "3.2": review.CannotTell})

		r.day = "2026-01-25"
		meeting, err := r.KeepMeeting(r.ctx, r.poc, civic.Meeting{Member: r.member, Kind: "forum", On: "2026-01-25", Title: english("First"), Government: 3, Civil: 3}, 0)
		r.must(err)
		step("outreach", "2026-01-25", "")
		step("input", "2026-01-26", "2026-02-08")
		_, err = r.document(func(d *civic.Document) { d.Kind, d.Meeting = "minutes", meeting })
		r.must(err)
		check("", map[string]review.Result{"1.1": review.Met, "3.2": review.Met, "3.3": review.CannotTell, "4.1": review.CannotTell})

		citizen := r.account("citizen", "", civic.Scope{})
		id, err := r.Contribute(r.ctx, citizen, ContributionInput{Plan: "republic-1", Text: english("Publish the budget")})
		r.must(err)
		r.day = "2026-02-08"
		check("", map[string]review.Result{"3.3": review.Met, "4.1": review.CannotTell})
		r.day = "2026-03-01"
		r.move(civic.AdoptedStage)
		r.day = "2026-03-02"
		check("", map[string]review.Result{"4.1": review.NotMet, "5.1": review.CannotTell})
		r.must(r.AnswerContribution(r.ctx, r.poc, AnswerInput{Contribution: id, Decision: "adopted",
			Response: civic.Text{{Lang: "en", Text: "Taken up."}, {Lang: "fr", Text: "Retenue."}}}))
		check("", map[string]review.Result{"4.1": review.Met})
		check("2026-03-01", map[string]review.Result{"4.1": review.CannotTell}) // as of the day before

		r.day = "2026-07-25"
		check("", map[string]review.Result{"1.1": review.Met})
		r.day = "2026-07-26"
		check("", map[string]review.Result{"1.1": review.NotMet})
		check("2026-07-25", map[string]review.Result{"1.1": review.Met})
		check("2026-01-24", map[string]review.Result{"1.1": review.CannotTell})

		if _, err := r.Requirements(r.ctx, "REP", "yesterday"); civic.KindOf(err) != civic.Invalid {
			t.Errorf("a day that is none: %v", err)
		}
		p, err := r.Requirements(r.ctx, "REP", "2019-01-01")
		if err != nil || p.Rules.Key != "iap2-2018" {
			t.Errorf("the rules of 2019: %+v, %v", p.Rules, err)
		}
	})
}
