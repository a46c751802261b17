package store

import (
	"bytes"
	"database/sql"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"avow/internal/civic"
)

// derivedTables are the tables of each kind with one row for each subject.
var derivedTables = map[civic.Kind][]*table{
	civic.KindMember:      {memberTable},
	civic.KindInstitution: nil,
	civic.KindPlan:        {planTable},
	civic.KindCommitment:  {commitmentTable, searchTable},
	civic.KindReport:      {reportTable},
	civic.KindForum:       {forumTable},
}

// severalTables are the tables of each kind with several rows for one subject.
var severalTables = several()

func several() map[civic.Kind][]*table {
	out := map[civic.Kind][]*table{civic.KindCommitment: {placeTable}}
	for kind, read := range readers {
		if sub, err := read([]byte("{}")); err == nil {
			if _, refers := sub.(civic.Referring); refers {
				out[kind] = append(out[kind], belongingTable)
			}
		}
	}
	return out
}

// subjectRow is a subject with its newest version and its derived rows.
type subjectRow struct {
	ord, entry, number int64
	id                 string
	versionOrd         sql.NullInt64
	versionNumber      sql.NullInt64
	body               []byte
	derived            []any  // every column of every table, one after the other
	places             string // a commitment's plans with their positions
	belongs            string // what it belongs to, with the positions
}

// checkSubjects derives the rows of every subject again.
func (v *verification) checkSubjects() error {
	jobs := make(chan func(), 64)
	var workers sync.WaitGroup
	for range min(4, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for job := range jobs {
				job()
			}
		})
	}
	defer workers.Wait()
	defer close(jobs)
	for _, kind := range civic.Kinds {
		if err := v.checkKind(kind, jobs); err != nil {
			return fmt.Errorf("read every %s: %w", kind, err)
		}
	}
	return nil
}

// subjectQuery reads the subjects of a kind with everything derived from them.
func subjectQuery(kind civic.Kind) string {
	columns := []string{"s.ord", "s.entry", "s.number", "s.id", "v.ord", "v.number", "v.body"}
	joins := ""
	for _, t := range derivedTables[kind] {
		for _, c := range t.columns {
			columns = append(columns, t.name+"."+c)
		}
		joins += " LEFT JOIN " + t.name + " ON " + t.name + "." + t.columns[0] + " = s.ord"
	}
	places := "''"
	if kind == civic.KindCommitment {
		// The positions are part of the text, so that a wrong one shows.
		places = `coalesce((SELECT string_agg(p.pos || ' ' || p.plan_id, '|' ORDER BY p.pos) FROM commitment_plan p WHERE p.ord = s.ord), '')`
	}
	belongs := `coalesce((SELECT string_agg(b.pos || ' ' || b.role || ' ' || b.target, '|' ORDER BY b.pos) FROM belonging b WHERE b.ord = s.ord), '')`
	return "SELECT " + strings.Join(append(columns, places, belongs), ", ") +
		" FROM subject s LEFT JOIN version v ON v.entry = s.entry" + joins + " WHERE s.kind = $1 ORDER BY s.ord"
}

func (v *verification) checkKind(kind civic.Kind, jobs chan<- func()) error {
	rows, err := v.q.QueryContext(v.ctx, subjectQuery(kind), string(kind))
	if err != nil {
		return err
	}
	defer rows.Close()
	width := 0
	for _, t := range derivedTables[kind] {
		width += len(t.columns)
	}
	for rows.Next() {
		r := subjectRow{derived: make([]any, width)}
		into := []any{&r.ord, &r.entry, &r.number, &r.id, &r.versionOrd, &r.versionNumber, &r.body}
		for i := range r.derived {
			into = append(into, &r.derived[i])
		}
		if err := rows.Scan(append(into, &r.places, &r.belongs)...); err != nil {
			return err
		}
		jobs <- func() { v.checkSubject(kind, r) }
		v.step()
	}
	return rows.Err()
}

// checkSubject compares a subject's derived rows with those that its newest version gives.
func (v *verification) checkSubject(kind civic.Kind, r subjectRow) {
	wrong := func(table, column, key string) {
		v.report(Problem{Entry: r.entry, Kind: string(kind), Subject: r.id, Table: table, Column: column, Key: key})
	}
	if !r.versionOrd.Valid {
		wrong("subject", "entry", ProblemSubjectExtra)
		return
	}
	if r.versionOrd.Int64 != r.ord {
		wrong("subject", "ord", ProblemSubjectDiffers)
		return
	}
	if r.versionNumber.Int64 != r.number {
		wrong("subject", "number", ProblemSubjectDiffers)
	}
	if r.body == nil {
		return // that the text is missing was said with its entry
	}
	subject, err := decode(kind, r.body)
	if err != nil {
		wrong("version", "body", ProblemTextUnreadable)
		return
	}
	if subject.SubjectID() != r.id {
		wrong("subject", "id", ProblemSubjectDiffers)
		return
	}
	p, err := Prepare(subject)
	if err != nil {
		wrong("version", "body", ProblemTextUnreadable)
		return
	}
	at := 0
	for i, t := range derivedTables[kind] {
		have := r.derived[at : at+len(t.columns)]
		at += len(t.columns)
		if have[0] == nil {
			wrong(t.name, t.columns[0], ProblemDerivedMissing)
			continue
		}
		for c, want := range p.rows[i].values {
			if !same(have[c+1], want) {
				wrong(t.name, t.columns[c+1], ProblemDerivedDiffers)
			}
		}
	}
	var places []string
	for i, plan := range p.places {
		places = append(places, fmt.Sprintf("%d %s", i, plan))
	}
	if strings.Join(places, "|") != r.places {
		wrong(placeTable.name, "plan_id", ProblemDerivedDiffers)
	}
	var belongs []string
	for i, b := range p.belongs {
		belongs = append(belongs, fmt.Sprintf("%d %s %s", i, b.Role, b.Target))
	}
	if strings.Join(belongs, "|") != r.belongs {
		wrong(belongingTable.name, "target", ProblemDerivedDiffers)
	}
}

// same compares a value from a database with a derived one.
func same(have, want any) bool {
	switch w := want.(type) {
	case string:
		switch h := have.(type) {
		case string:
			return h == w
		case []byte:
			return bytes.Equal(h, []byte(w))
		}
	case int64:
		h, ok := have.(int64)
		return ok && h == w
	}
	return false
}

// checkExtras looks for rows that belong to nothing.
func (v *verification) checkExtras() error {
	checks := []struct{ table, column, key, query string }{
		{"version", "entry", ProblemVersionExtra, "SELECT v.entry FROM version v LEFT JOIN ledger_entry l ON l.idx = v.entry WHERE l.idx IS NULL ORDER BY 1"},
		{"subject", "kind", ProblemSubjectExtra, "SELECT s.ord FROM subject s WHERE s.kind NOT IN (" + kindList() + ") ORDER BY 1"},
		{"belonging", "ord", ProblemDerivedExtra, "SELECT DISTINCT b.ord FROM belonging b LEFT JOIN subject s ON s.ord = b.ord WHERE s.ord IS NULL ORDER BY 1"},
		{"commitment_plan", "ord", ProblemDerivedExtra, "SELECT DISTINCT p.ord FROM commitment_plan p LEFT JOIN commitment c ON c.ord = p.ord WHERE c.ord IS NULL ORDER BY 1"},
	}
	for kind, tables := range derivedTables {
		for _, t := range tables {
			checks = append(checks, struct{ table, column, key, query string }{t.name, t.columns[0], ProblemDerivedExtra,
				fmt.Sprintf("SELECT t.%s FROM %s t LEFT JOIN subject s ON s.ord = t.%s AND s.kind = '%s' WHERE s.ord IS NULL ORDER BY 1", t.columns[0], t.name, t.columns[0], kind)})
		}
	}
	for _, c := range checks {
		if err := v.eachNumber(c.query, func(n int64) { v.report(Problem{Entry: n, Table: c.table, Column: c.column, Key: c.key}) }); err != nil {
			return fmt.Errorf("look for rows of %s that belong to nothing: %w", c.table, err)
		}
	}
	return nil
}

// kindList writes the known kinds to stand after IN.
func kindList() string {
	quoted := make([]string, len(civic.Kinds))
	for i, k := range civic.Kinds {
		quoted[i] = "'" + string(k) + "'"
	}
	return strings.Join(quoted, ", ")
}

func (v *verification) eachNumber(query string, fn func(int64)) error {
	rows, err := v.q.QueryContext(v.ctx, query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return err
		}
		fn(n)
	}
	return rows.Err()
}
