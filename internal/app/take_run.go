package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"avow/internal/civic"
	"avow/internal/interchange"
	"avow/internal/store"
	"avow/internal/study"
	"avow/internal/taxonomy"
)

// onLine is a subject of a file with its line.
type onLine struct {
	subject civic.Subject
	line    int
}

// gathered is what is known of the kinds that a plan gathers while it is run.
type gathered struct {
	sums map[string][sha256.Size]byte // of the bodies, by ID
	kind map[string]civic.Kind        // by ID
	keys map[string]string            // ID by kind and key
	refs map[string][]civic.Reference // by ID
}

// runKinds are the kinds from grants to tools.
var runKinds = slices.DeleteFunc(slices.Clone(civic.Kinds), func(k civic.Kind) bool {
	return slices.Contains([]civic.Kind{civic.KindMember, civic.KindInstitution, civic.KindPlan, civic.KindCommitment,
		civic.KindTagChange, civic.KindStudy, civic.KindCoding}, k)
})

// ofDocument is the role in which a forum and a meeting refer to a document.
const ofDocument = "document"

// gather reads what is known, once.
func (d *desk) gather(ctx context.Context) error {
	if d.run != nil {
		return nil
	}
	d.run = &gathered{sums: map[string][sha256.Size]byte{}, kind: map[string]civic.Kind{}, keys: map[string]string{}, refs: map[string][]civic.Reference{}}
	for _, kind := range runKinds {
		err := d.app.store.EachNewest(ctx, kind, func(v store.Version) error {
			if v.Erased {
				d.run.kind[v.ID] = kind // its place is taken
				return nil
			}
			s, err := interchange.DecodeSubject(kind, v.Body)
			if err == nil {
				d.run.add(s, v.Body)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *gathered) add(s civic.Subject, body []byte) {
	id := s.SubjectID()
	g.sums[id], g.kind[id], g.refs[id] = sha256.Sum256(body), s.SubjectKind(), refersTo(s)
	if k, ok := s.(civic.Keyed); ok && k.Key() != "" {
		g.keys[string(s.SubjectKind())+" "+k.Key()] = id
	}
}

// same reports whether a subject is known just as it is: nothing is asked of it then.
func (g *gathered) same(s civic.Subject) bool {
	body, err := civic.Encode(s)
	return err == nil && g.sums[s.SubjectID()] == sha256.Sum256(body)
}

// refersTo lists everything that a subject needs, more than what it is found by.
func refersTo(s civic.Subject) []civic.Reference {
	var out []civic.Reference
	if r, ok := s.(civic.Referring); ok {
		out = r.References()
	}
	add := func(role, target string) {
		if target != "" {
			out = append(out, civic.Reference{Role: role, Target: target})
		}
	}
	switch s := s.(type) {
	case civic.Grant:
		add(civic.OfInstitution, string(s.Institution))
	case civic.Report:
		add(civic.OfInstitution, string(s.Institution))
		for _, m := range s.Steps {
			add(civic.OfMilestone, string(m.Milestone))
		}
	case civic.Forum:
		add(ofDocument, string(s.Rules))
	case civic.Meeting:
		add(ofDocument, string(s.Minutes))
	}
	return out
}

// takeRun lays subjects of the kinds that a plan gathers on the desk. What is known
// here and says otherwise stays: people wrote it here. What refers to something that
// is neither in the file nor known is refused, and what refers to that as well; so is
// a role of an account of this database, and what needs a file that is not kept here.
func (d *desk) takeRun(ctx context.Context, all []onLine, report *ImportReport) error {
	if len(all) == 0 {
		return nil
	}
	if err := d.gather(ctx); err != nil {
		return err
	}
	var ids []civic.CommitmentID
	for _, one := range all {
		for _, ref := range refersTo(one.subject) {
			if ref.Role == civic.OfCommitment {
				ids = append(ids, civic.CommitmentID(ref.Target))
			}
		}
	}
	if err := d.fetch(ctx, ids); err != nil {
		return err
	}
	in := map[string]civic.Kind{} // what the file has, less what is refused
	for _, one := range all {
		in[one.subject.SubjectID()] = one.subject.SubjectKind()
	}
	issues := map[string]interchange.Issue{}
	for changed := true; changed; {
		changed = false
		for _, one := range all {
			id := one.subject.SubjectID()
			if _, refused := issues[id]; refused || d.run.same(one.subject) {
				continue
			}
			issue, err := d.lacks(ctx, one.subject, in)
			if err != nil {
				return err
			}
			if issue != nil {
				issue.Row = one.line
				issues[id], changed = *issue, true
				delete(in, id)
			}
		}
	}
	for _, one := range all {
		counts := &report.Others
		if one.subject.SubjectKind() == civic.KindReport {
			counts = &report.Reports
		}
		if issue, refused := issues[one.subject.SubjectID()]; refused {
			report.Refused++
			report.Warnings = append(report.Warnings, issue)
			continue
		}
		if err := d.takeOne(one, counts, report); err != nil {
			return err
		}
	}
	return nil
}

// takeOne takes a subject whose references are all there.
func (d *desk) takeOne(one onLine, counts *ReportCounts, report *ImportReport) error {
	s, id := one.subject, one.subject.SubjectID()
	body, err := civic.Encode(s)
	if err != nil {
		return err
	}
	other := ""
	if k, ok := s.(civic.Keyed); ok && k.Key() != "" {
		other = d.run.keys[string(s.SubjectKind())+" "+k.Key()]
	}
	_, taken := d.run.kind[id]
	switch {
	case d.run.same(s):
		counts.Unchanged++
	case taken || other != "":
		report.Undecided++
		report.Warnings = append(report.Warnings, interchange.Issue{Row: one.line, Code: "known_differs", Args: map[string]any{"kind": string(s.SubjectKind()), "ref": id}})
	default:
		counts.New++
		d.run.add(s, body)
		d.more = append(d.more, change{subject: func() civic.Subject { return s }, verb: verbCreate, edition: jsonlEdition})
	}
	return nil
}

// lacks says what a subject needs and is not there, nil when nothing is.
func (d *desk) lacks(ctx context.Context, s civic.Subject, in map[string]civic.Kind) (*interchange.Issue, error) {
	refs := refersTo(s)
	target := func(role string) string {
		i := slices.IndexFunc(refs, func(r civic.Reference) bool { return r.Role == role })
		if i < 0 {
			return ""
		}
		return refs[i].Target
	}
	member, commitment := target(civic.OfMember), civic.CommitmentID(target(civic.OfCommitment))
	_, known := d.run.kind[s.SubjectID()]
	for _, ref := range refs {
		issue := &interchange.Issue{Column: ref.Role, Code: "unknown_reference", Args: map[string]any{"id": ref.Target, "ref": s.SubjectID()}}
		there, of, err := d.there(ctx, ref, commitment, in)
		switch {
		case err != nil:
			return nil, err
		case ref.Role == civic.OfAccount && there && !known:
			return &interchange.Issue{Column: ref.Role, Code: "grant_here", Args: map[string]any{"value": ref.Target}}, nil
		case ref.Role == civic.OfAccount:
		case ref.Role == civic.OfFile && !there:
			return &interchange.Issue{Column: ref.Role, Code: "file_elsewhere", Args: map[string]any{"value": ref.Target}}, nil
		case !there:
			return issue, nil
		case member != "" && of != "" && of != member:
			return &interchange.Issue{Column: ref.Role, Code: "other_member", Args: map[string]any{"ref": s.SubjectID(), "id": ref.Target}}, nil
		}
	}
	return nil, nil
}

// there reports whether the target of a reference is known or in the file, and whose
// it is, "" where that is not asked. commitment is the one whose milestones are meant.
func (d *desk) there(ctx context.Context, ref civic.Reference, commitment civic.CommitmentID, in map[string]civic.Kind) (ok bool, of string, err error) {
	switch ref.Role {
	case civic.OfMember:
		return d.memberBy[ref.Target] != nil, "", nil
	case civic.OfPlan:
		if p := d.planBy[ref.Target]; p != nil {
			return true, string(p.now.Member), nil
		}
		return false, "", nil
	case civic.OfInstitution:
		if i := d.institutionBy[ref.Target]; i != nil {
			return true, string(i.now.Member), nil
		}
		return false, "", nil
	case civic.OfCommitment:
		if c := d.commitmentBy[civic.CommitmentID(ref.Target)]; c != nil {
			return true, string(c.now.Member), nil
		}
		return false, "", nil
	case civic.OfMilestone:
		if c := d.commitmentBy[commitment]; c != nil {
			_, ok = c.now.MilestoneBy(ref.Target)
		}
		return ok, "", nil
	case civic.OfAccount, civic.OfFile:
		if ref.Role == civic.OfFile {
			_, err = d.app.store.File(ctx, ref.Target)
		} else {
			_, err = d.app.store.Account(ctx, civic.AccountID(ref.Target))
		}
		if civic.KindOf(err) == civic.NotFound {
			return false, "", nil
		}
		return err == nil, "", err
	}
	kind := civic.Kind(ref.Role) // a report, meeting, step or document
	return in[ref.Target] == kind || d.run.kind[ref.Target] == kind, "", nil
}

// renameIDs puts the known IDs in the place of those of the file, wherever a value of
// the subject is one of them.
func (r renaming) renameIDs(s civic.Subject) (civic.Subject, error) {
	if len(r) == 0 {
		return s, nil
	}
	body, err := civic.Encode(s)
	if err != nil {
		return nil, err
	}
	parts := bytes.Split(body, []byte{'"'})
	changed := false
	for i, p := range parts {
		if known, ok := r[string(p)]; ok && known != string(p) {
			parts[i], changed = []byte(known), true
		}
	}
	if !changed {
		return s, nil
	}
	if s, err = interchange.DecodeSubject(s.SubjectKind(), bytes.Join(parts, []byte{'"'})); err != nil {
		return nil, fmt.Errorf("rename the references of %s: %w", s.SubjectID(), err)
	}
	if c, ok := s.(study.Coding); ok {
		s = c.Sorted()
	}
	return s, nil
}

// takeGathered takes everything of a file beside members, institutions, plans and
// commitments, in the order in which one refers to the other.
func (d *desk) takeGathered(ctx context.Context, all []onLine, r renaming, report *ImportReport) error {
	var run, studies, codings []onLine
	var changes []tagEntry
	for _, one := range all {
		s, err := r.renameIDs(one.subject)
		if err != nil {
			return err
		}
		switch s := s.(type) {
		case taxonomy.Change:
			changes = append(changes, tagEntry{s, one.line})
		case study.Study:
			studies = append(studies, onLine{s, one.line})
		case study.Coding:
			codings = append(codings, onLine{s, one.line})
		default:
			run = append(run, onLine{s, one.line})
		}
	}
	if err := d.takeRun(ctx, run, report); err != nil {
		return err
	}
	if err := d.takeTagChanges(ctx, changes, report); err != nil {
		return err
	}
	return d.takeStudies(ctx, studies, codings, report)
}
