package civic

import "slices"

// Permission names what somebody wants to do. Everybody may read what is public:
// that asks for none.
type Permission string

const (
	MayImport       Permission = "import"              // read a whole table in
	MayCorrect      Permission = "correct"             // correct a rating of a table
	MayAdminister   Permission = "administer"          // see accounts, end sessions, settings
	MayGrant        Permission = "grant"               // give and end any role
	MayGrantWithin  Permission = "grant_within"        // give and end the roles of a member: facilitator, forum member, reporter
	MayReadDraft    Permission = "read_draft"          // see what is not published
	MayDraft        Permission = "draft"               // write drafts of commitments
	MayPlan         Permission = "plan"                // open a plan, its periods and stages; publish and amend its commitments
	MayAssignID     Permission = "assign_id"           // give a commitment its OGP ID (invariant 12)
	MayReport       Permission = "report"              // report progress
	MayTestify      Permission = "testify"             // say what one has seen
	MayTestifyFor   Permission = "testify_for"         // write down what somebody else has seen, off line
	MayContribute   Permission = "contribute"          // send an idea or a comment to a plan
	MayContributeBy Permission = "contribute_for"      // write down somebody else's contribution, off line
	MayAnswer       Permission = "answer"              // answer contributions and disputes
	MayDispute      Permission = "dispute"             // contest a report
	MaySettle       Permission = "settle"              // settle a dispute
	MayModerate     Permission = "moderate"            // hide a contribution by a rule, with a reason
	MayKeepFiles    Permission = "keep_repository"     // documents, forum, meetings, steps
	MayKeepDuties   Permission = "keep_responsibility" // tensions and tools
	MayHook         Permission = "webhook"             // have changes sent to an address
	MayCode         Permission = "code"                // work on studies: group, name and code commitments
	MayTaxonomy     Permission = "taxonomy"            // change the tags: apply, undo and redo sets of changes
	MayTag          Permission = "tag"                 // decide which tags a commitment has
)

// holders is the permission matrix: each permission with the roles that have it,
// within their scope. docs/permissions.md shows it to everybody.
var holders = []struct {
	permission Permission
	roles      []AccessRole
}{
	{MayImport, nil}, // the local operator alone
	{MayCorrect, nil},
	{MayAdminister, []AccessRole{Administrator}},
	{MayGrant, []AccessRole{Administrator}},
	{MayGrantWithin, []AccessRole{PointOfContact, Administrator}},
	{MayReadDraft, []AccessRole{ForumMember, Reporter, PointOfContact, SupportUnit}},
	{MayDraft, []AccessRole{Reporter, PointOfContact}},
	{MayPlan, []AccessRole{PointOfContact}},
	{MayAssignID, []AccessRole{SupportUnit}},
	{MayReport, []AccessRole{Reporter, PointOfContact}},
	{MayTestify, []AccessRole{Citizen}},
	{MayTestifyFor, []AccessRole{Facilitator}},
	{MayContribute, []AccessRole{Citizen}},
	{MayContributeBy, []AccessRole{Facilitator}},
	{MayAnswer, []AccessRole{PointOfContact}},
	{MayDispute, []AccessRole{ForumMember, Reviewer}},
	{MaySettle, []AccessRole{SupportUnit}},
	{MayModerate, []AccessRole{Moderator}},
	{MayKeepFiles, []AccessRole{ForumMember, PointOfContact}},
	{MayKeepDuties, []AccessRole{PointOfContact}},
	{MayHook, []AccessRole{PointOfContact, Administrator}},
	{MayCode, []AccessRole{Reviewer, SupportUnit}},
	{MayTaxonomy, []AccessRole{SupportUnit}},
	{MayTag, []AccessRole{SupportUnit, Reviewer}},
}

// Permissions lists every permission in the order of the matrix.
func Permissions() []Permission {
	out := make([]Permission, 0, len(holders))
	for _, h := range holders {
		out = append(out, h.permission)
	}
	return out
}

// Holders returns the roles that have a permission; none: the local operator alone.
func Holders(p Permission) []AccessRole {
	for _, h := range holders {
		if h.permission == p {
			return h.roles
		}
	}
	return nil
}

// NeedsSecondFactor reports whether a role publishes in somebody's name, so that
// one factor is not enough.
func NeedsSecondFactor(r AccessRole) bool {
	return slices.Contains([]AccessRole{Reporter, PointOfContact, Reviewer, Moderator, SupportUnit, Administrator}, r)
}

// GrantedWithin are the roles that a point of contact gives within its member.
var GrantedWithin = []AccessRole{Facilitator, ForumMember, Reporter}
