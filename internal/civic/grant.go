package civic

import (
	"slices"
	"unicode/utf8"
)

// MaxReason is how long the reason for giving or ending a role may be, in characters.
const MaxReason = 500

// Place is where a scope's own things are asked for: the place of somebody who
// wants to give a role there.
func (s Scope) Place() Place {
	on := Place{Member: s.Member, Commitment: s.Commitment}
	if s.Plan != "" {
		on.Plans = []PlanID{s.Plan}
	}
	if s.Institution != "" {
		on.Institutions = []InstitutionID{s.Institution}
	}
	return on
}

// GivenBy is the permission with which a role is given and ended.
func GivenBy(role AccessRole) Permission {
	if slices.Contains(GrantedWithin, role) {
		return MayGrantWithin
	}
	return MayGrant
}

// withinMember are the roles that somebody has in a member, never everywhere.
var withinMember = []AccessRole{Facilitator, ForumMember, Reporter, PointOfContact}

// CheckGrant says what is wrong with a grant that is to begin today: its fields
// are account, role, member, institution, until, reason. Whether its scope exists
// is for who reads the record.
func CheckGrant(g Grant, today string) Errors {
	var e Errors
	if g.Account == "" {
		e.Add("mail", "grant.fault.account")
	}
	switch {
	case !slices.Contains(AccessRoles, g.Role):
		e.Add("role", "grant.fault.role")
	case slices.Contains(withinMember, g.Role) && g.Member == "":
		e.Add("member", "grant.fault.member")
	case g.Role == Administrator && g.Scope != (Scope{}):
		e.Add("member", "grant.fault.everywhere")
	case g.Institution != "" && g.Role != Reporter:
		e.Add("institution", "grant.fault.institution")
	}
	switch {
	case g.Until == "":
	case !IsDay(g.Until):
		e.Add("until", "grant.fault.day", "value", g.Until)
	case g.Until < today:
		e.Add("until", "grant.fault.past", "value", g.Until)
	}
	if n := utf8.RuneCountInString(g.Reason); n > MaxReason {
		e.Add("reason", "grant.fault.reason_long", "max", MaxReason, "count", n)
	}
	return e
}

// CheckGrantEnd says what is wrong with the reason for ending a grant: there must be one.
func CheckGrantEnd(reason string) Errors {
	var e Errors
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		e.Add("reason", "grant.fault.reason")
	case n > MaxReason:
		e.Add("reason", "grant.fault.reason_long", "max", MaxReason, "count", n)
	}
	return e
}
