package civic

import "slices"

// AccountID names a person's account. What is known of the person (address, name)
// stays outside the public record, which holds the ID alone.
type (
	AccountID string
	GrantID   string
)

// Actor is who changed something, as the public record names it: the person who
// runs the program on the machine, an account, a citizen whose account the record
// does not tell, or the program itself.
type Actor string

const (
	LocalOperator Actor = "local-operator" // the person at the command line
	CitizenActor  Actor = "citizen"        // a contribution: its account is not told
	ProgramActor  Actor = "program"        // what a clock decided
)

const accountActor = "account:"

// ActorOf names an account in the record.
func ActorOf(id AccountID) Actor { return Actor(accountActor + string(id)) }

// AccountOf returns the account of an actor, "" when it is none.
func (a Actor) AccountOf() AccountID {
	if len(a) > len(accountActor) && a[:len(accountActor)] == accountActor {
		return AccountID(a[len(accountActor):])
	}
	return ""
}

// AccessRole is what somebody may do here (the part that an institution plays in
// a commitment is a Role).
type AccessRole string

const (
	Visitor        AccessRole = "visitor" // nobody in particular: not signed in
	Citizen        AccessRole = "citizen" // everybody with an account
	Facilitator    AccessRole = "facilitator"
	ForumMember    AccessRole = "forum_member"
	Reporter       AccessRole = "reporter"
	PointOfContact AccessRole = "point_of_contact"
	Reviewer       AccessRole = "reviewer"
	Moderator      AccessRole = "moderator"
	SupportUnit    AccessRole = "support_unit"
	Administrator  AccessRole = "administrator"
)

// AccessRoles lists those that are given to people, from the narrowest on.
var AccessRoles = []AccessRole{Facilitator, ForumMember, Reporter, PointOfContact, Reviewer, Moderator, SupportUnit, Administrator}

// Scope says where a role holds: in everything that fits each field that is set.
// The zero Scope is everywhere.
type Scope struct {
	Member      MemberID      `json:"member,omitempty"`
	Plan        PlanID        `json:"plan,omitempty"`
	Commitment  CommitmentID  `json:"commitment,omitempty"`
	Institution InstitutionID `json:"institution,omitempty"`
}

// Place is where a permission is asked for. Empty fields say that the question
// is about something that has none: a role in one plan does not reach a place
// without a plan.
type Place struct {
	Member       MemberID
	Plans        []PlanID
	Commitment   CommitmentID
	Institutions []InstitutionID
	Own          bool // the account itself wrote the thing
}

// Covers reports whether a place lies in the scope.
func (s Scope) Covers(on Place) bool {
	return (s.Member == "" || s.Member == on.Member) &&
		(s.Plan == "" || slices.Contains(on.Plans, s.Plan)) &&
		(s.Commitment == "" || s.Commitment == on.Commitment) &&
		(s.Institution == "" || slices.Contains(on.Institutions, s.Institution))
}

// Grant is a role given to an account: who gave it to whom is in the record.
// A grant is never deleted; it ends.
type Grant struct {
	ID      GrantID    `json:"id"`
	Account AccountID  `json:"account"`
	Role    AccessRole `json:"role"`
	Scope
	By     Actor  `json:"by"`               // who gave it
	Until  string `json:"until,omitempty"`  // last day, YYYY-MM-DD; "" without an end
	Ended  Actor  `json:"ended,omitempty"`  // who ended it, "" while it holds
	Reason string `json:"reason,omitempty"` // why it was given or ended, in the giver's words
}

// Holds reports whether the grant is in force on a day (YYYY-MM-DD).
func (g Grant) Holds(today string) bool { return g.Ended == "" && (g.Until == "" || today <= g.Until) }

// Caller is who asks for something, with the roles that hold at that moment.
// The zero Caller is a visitor.
type Caller struct {
	Actor   Actor
	Account AccountID // "" for visitors and for the local operator
	Name    string    // shown to the person alone, never written to the record
	Grants  []Grant   // in force
	Strong  bool      // signed in with two factors, or with a passkey
}

// Operator is the person at the command line.
func Operator() Caller { return Caller{Actor: LocalOperator, Strong: true} }

// SignedIn reports whether the caller has an account.
func (c Caller) SignedIn() bool { return c.Account != "" }

// RoleFor is the role by which the caller has a permission somewhere; "" for the local
// operator, who needs none.
func (c Caller) RoleFor(p Permission, on Place) AccessRole {
	for _, r := range Holders(p) {
		if c.Has(r, on) {
			return r
		}
	}
	return ""
}

// Has reports whether the caller holds a role at a place.
func (c Caller) Has(role AccessRole, on Place) bool {
	switch role {
	case Visitor:
		return true
	case Citizen:
		return c.SignedIn()
	}
	return slices.ContainsFunc(c.Grants, func(g Grant) bool { return g.Role == role && g.Covers(on) })
}

// Ask returns nil when the caller may do p at a place, else a *Error of kind
// Unauthenticated (somebody who signs in might), Unproven (the role is there and
// a second factor is not), or Forbidden.
func (c Caller) Ask(p Permission, on Place) error {
	if c.Actor == LocalOperator && c.Account == "" {
		return nil
	}
	args := map[string]any{"permission": string(p)}
	unproven := false
	for _, role := range Holders(p) {
		if !c.Has(role, on) {
			continue
		}
		if !NeedsSecondFactor(role) || c.Strong {
			return nil
		}
		unproven = true
	}
	switch {
	case unproven:
		return &Error{Kind: Unproven, Key: "error.second_factor", Args: args}
	case !c.SignedIn():
		return &Error{Kind: Unauthenticated, Key: "error.sign_in", Args: args}
	}
	return &Error{Kind: Forbidden, Key: "error.forbidden", Args: args}
}

// May is Ask as a yes or no: what a page offers.
func (c Caller) May(p Permission, on Place) bool { return c.Ask(p, on) == nil }

func (g Grant) SubjectKind() Kind { return KindGrant }
func (g Grant) SubjectID() string { return string(g.ID) }

// References finds the grants of an account and those within a member or a plan.
func (g Grant) References() []Reference {
	return refer(OfAccount, string(g.Account), OfMember, string(g.Member), OfPlan, string(g.Plan), OfCommitment, string(g.Commitment))
}

// AskAnywhere is Ask for somewhere: whether there is any place at which the
// caller may do p.
func (c Caller) AskAnywhere(p Permission) error {
	places := []Place{{}}
	for _, g := range c.Grants {
		on := Place{Member: g.Member, Commitment: g.Commitment, Plans: []PlanID{g.Plan}, Institutions: []InstitutionID{g.Institution}}
		places = append(places, on)
	}
	var first error
	for _, on := range places {
		err := c.Ask(p, on)
		if err == nil {
			return nil
		}
		if first == nil || KindOf(err) == Unproven {
			first = err
		}
	}
	return first
}
