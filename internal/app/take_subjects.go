package app

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// takeSubjects lays complete subjects (jsonl) on the desk. A subject is the
// known one with the same ID; else a member of the same slug or code, a plan of the same
// member and number, an institution of the same member and name, a commitment of
// the same OGP ID: references to it are turned to the known one. A commitment is
// replaced as a whole by what the file says. A plan whose slug another plan has
// gets a free one. Everything else: takeGathered.
func (d *desk) takeSubjects(ctx context.Context, p interchange.Parsed, report *ImportReport) error {
	var ids []civic.CommitmentID
	var ogpIDs []string
	for _, s := range p.Subjects {
		if c, ok := s.(civic.Commitment); ok {
			ids = append(ids, c.ID)
			if c.OGPID != "" {
				ogpIDs = append(ogpIDs, c.OGPID)
			}
		}
	}
	if err := d.fetch(ctx, ids); err != nil {
		return err
	}
	if err := d.fetchOGPIDs(ctx, ogpIDs); err != nil {
		return err
	}
	r := renaming{}
	var gathered []onLine
	for i, s := range p.Subjects {
		switch s := s.(type) {
		case civic.Member:
			known := d.memberBy[string(s.ID)]
			if known == nil {
				known = d.sameMember(s)
			}
			if known == nil {
				d.layMember(&card[civic.Member]{now: s, edition: jsonlEdition})
				continue
			}
			r[string(s.ID)] = string(known.now.ID)
			s.ID = known.now.ID
			replace(known, s)
		case civic.Institution:
			s.Member = civic.MemberID(r.of(string(s.Member)))
			if d.memberBy[string(s.Member)] == nil {
				refuse(report, lineOf(p, i), string(s.Member), string(s.ID))
				continue
			}
			known := d.institutionBy[string(s.ID)]
			if known == nil {
				known = d.institutionBy[institutionKey(s.Member, s.Name.String())]
			}
			if known == nil {
				d.layInstitution(&card[civic.Institution]{now: s, edition: jsonlEdition})
				continue
			}
			r[string(s.ID)] = string(known.now.ID)
			s.ID = known.now.ID
			replace(known, s)
		case civic.Plan:
			s.Member = civic.MemberID(r.of(string(s.Member)))
			if d.memberBy[string(s.Member)] == nil {
				refuse(report, lineOf(p, i), string(s.Member), string(s.ID))
				continue
			}
			known := d.planBy[string(s.ID)]
			if known == nil {
				known = d.planBy[planKey(s.Member, s.Number)]
			}
			if known == nil {
				s.Slug = d.freeSlug("plan/", s.Slug)
				d.layPlan(&card[civic.Plan]{now: s, edition: jsonlEdition})
				continue
			}
			if d.slugs["plan/"+s.Slug] {
				s.Slug = known.now.Slug // its own, or another plan has the one onLine
			}
			r[string(s.ID)] = string(known.now.ID)
			s.ID = known.now.ID
			if changes := ChangedPlanFacts(known.now, s); known.now.Lives() && len(changes) > 0 {
				report.Warnings = append(report.Warnings, interchange.Issue{Row: lineOf(p, i), Code: "living_plan", Args: map[string]any{
					"plan": known.now.Slug, "fields": fieldsIn(changes),
				}})
				continue
			}
			replace(known, s)
		case civic.Commitment:
			d.takeCommitment(lineOf(p, i), r.apply(s), r, report)
		default:
			gathered = append(gathered, onLine{s, lineOf(p, i)})
		}
	}
	return d.takeGathered(ctx, gathered, r, report)
}

// lineOf returns the line of the i-th subject.
func lineOf(p interchange.Parsed, i int) int {
	if i < len(p.Lines) {
		return p.Lines[i]
	}
	return 0
}

// jsonlEdition stands in the entries of subjects that came whole.
const jsonlEdition civic.Edition = "avow-jsonl"

// refuse leaves out a subject that refers to one nobody knows.
func refuse(report *ImportReport, line int, missing, ref string) {
	report.Refused++
	report.Warnings = append(report.Warnings, interchange.Issue{Row: line, Code: "unknown_reference", Args: map[string]any{"id": missing, "ref": ref}})
}

// sameMember finds the member with the slug, or else the code, of one that came
// under an ID of another record.
func (d *desk) sameMember(m civic.Member) *card[civic.Member] {
	for _, c := range d.members {
		if strings.EqualFold(c.now.Slug, m.Slug) {
			return c
		}
	}
	for _, c := range d.members {
		if m.Code != "" && strings.EqualFold(c.now.Code, m.Code) {
			return c
		}
	}
	return nil
}

func (d *desk) takeCommitment(line int, s civic.Commitment, r renaming, report *ImportReport) {
	if missing := d.unknownReference(s); missing != "" {
		refuse(report, line, missing, ref(s))
		return
	}
	known := d.commitmentBy[s.ID]
	if byOGP := d.byOGPID[s.OGPID]; s.OGPID != "" && byOGP != nil && byOGP != known {
		if known != nil {
			report.Undecided++
			report.Warnings = append(report.Warnings, interchange.Issue{Row: line, Code: "ambiguous", Args: map[string]any{
				"title": s.Title.String(), "candidates": ref(known.now) + ", " + string(byOGP.now.ID),
			}})
			return
		}
		known = byOGP
		r[string(s.ID)] = string(known.now.ID)
		s.ID = known.now.ID
	}
	switch {
	case known != nil && known.now.Lives() && len(livingChanges(known.now, s)) > 0:
		report.Undecided++
		report.Warnings = append(report.Warnings, differs(line, known.now, livingChanges(known.now, s)))
	case known == nil:
		d.layCommitment(&card[civic.Commitment]{now: s, edition: jsonlEdition})
		report.Created++
	case replace(known, s):
		d.indexCommitment(known)
		report.Updated++
	default:
		report.Unchanged++
	}
}

// unknownReference returns the first ID in a commitment that leads nowhere.
func (d *desk) unknownReference(c civic.Commitment) string {
	if d.memberBy[string(c.Member)] == nil {
		return string(c.Member)
	}
	for _, p := range c.Plans {
		if d.planBy[string(p.Plan)] == nil {
			return string(p.Plan)
		}
	}
	for _, p := range c.Parts {
		if p.Institution != "" && d.institutionBy[string(p.Institution)] == nil {
			return string(p.Institution)
		}
	}
	return ""
}

// replace puts the told subject in the place of the known one and reports
// whether that changes anything.
func replace[T civic.Subject](known *card[T], told T) bool {
	a, errA := civic.Encode(known.now)
	b, errB := civic.Encode(told)
	if errA == nil && errB == nil && bytes.Equal(a, b) {
		return false
	}
	known.now, known.verb, known.edition = told, verbUpdate, jsonlEdition
	return true
}

// renaming leads from IDs of the file to IDs of the store where they differ.
type renaming map[string]string

func (r renaming) of(id string) string {
	if known, ok := r[id]; ok {
		return known
	}
	return id
}

func (r renaming) apply(c civic.Commitment) civic.Commitment {
	c.Member = civic.MemberID(r.of(string(c.Member)))
	c.Plans, c.Parts = slices.Clone(c.Plans), slices.Clone(c.Parts) // the subject may be laid on another desk
	for i, p := range c.Plans {
		c.Plans[i].Plan = civic.PlanID(r.of(string(p.Plan)))
	}
	for i, p := range c.Parts {
		c.Parts[i].Institution = civic.InstitutionID(r.of(string(p.Institution)))
	}
	return c
}
