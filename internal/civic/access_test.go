package civic

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// some draws an ID of a handful, or none.
func some[T ~string](r *rand.Rand, kind string) T {
	if n := r.IntN(4); n > 0 {
		return T(fmt.Sprint(kind, n))
	}
	return ""
}

func anyScope(r *rand.Rand) Scope {
	return Scope{Member: some[MemberID](r, "member"), Plan: some[PlanID](r, "plan"), Commitment: some[CommitmentID](r, "commitment"), Institution: some[InstitutionID](r, "institution")}
}

func anyPlace(r *rand.Rand) Place {
	on := Place{Member: some[MemberID](r, "member"), Commitment: some[CommitmentID](r, "commitment")}
	for range r.IntN(3) {
		if p := some[PlanID](r, "plan"); p != "" {
			on.Plans = append(on.Plans, p)
		}
	}
	for range r.IntN(3) {
		if i := some[InstitutionID](r, "institution"); i != "" {
			on.Institutions = append(on.Institutions, i)
		}
	}
	return on
}

func TestAScopeReachesNothingBesideIt(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		s, on := anyScope(r), anyPlace(r)
		if !s.Covers(on) {
			continue
		}
		switch {
		case s.Member != "" && s.Member != on.Member:
			t.Fatalf("%+v reaches another member: %+v", s, on)
		case s.Plan != "" && !slices.Contains(on.Plans, s.Plan):
			t.Fatalf("%+v reaches another plan: %+v", s, on)
		case s.Commitment != "" && s.Commitment != on.Commitment:
			t.Fatalf("%+v reaches another commitment: %+v", s, on)
		case s.Institution != "" && !slices.Contains(on.Institutions, s.Institution):
			t.Fatalf("%+v reaches another institution: %+v", s, on)
		}
	}
}

func TestAScopeCoversItsOwnPlaceAndWhatIsNarrower(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		s := anyScope(r)
		if !s.Covers(s.Place()) {
			t.Fatalf("%+v does not cover its own place", s)
		}
		narrower := s
		if narrower.Plan == "" {
			narrower.Plan = "plan9"
		}
		if narrower.Commitment == "" {
			narrower.Commitment = "commitment9"
		}
		if !s.Covers(narrower.Place()) {
			t.Fatalf("%+v does not cover %+v", s, narrower)
		}
		if narrower != s && narrower.Covers(s.Place()) {
			t.Fatalf("%+v reaches out to %+v", narrower, s)
		}
	}
}

func TestARoleInOnePlanNeverReachesAnotherPlan(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 20_000 {
		role := AccessRoles[r.IntN(len(AccessRoles))]
		who := Caller{Actor: ActorOf("a"), Account: "a", Strong: r.IntN(2) == 0, Grants: []Grant{{ID: "g", Account: "a", Role: role, Scope: Scope{Plan: "mine"}}}}
		on := anyPlace(r)
		for _, p := range Permissions() {
			if slices.Contains(Holders(p), Citizen) {
				continue // everybody with an account may
			}
			if err := who.Ask(p, on); KindOf(err) != Forbidden {
				t.Fatalf("%s of one plan may %s at %+v: %v", role, p, on, err)
			}
		}
	}
}

func TestAnEndedOrExpiredGrantGivesNothing(t *testing.T) {
	for _, c := range []struct {
		says  string
		grant Grant
		today string
		holds bool
	}{
		{"without an end", Grant{}, "2026-11-23", true},
		{"on its last day", Grant{Until: "2026-11-23"}, "2026-11-23", true},
		{"on the day after", Grant{Until: "2026-11-23"}, "2026-11-24", false},
		{"ended by somebody", Grant{Ended: "account:b"}, "2026-11-23", false},
		{"ended before its last day", Grant{Ended: "account:b", Until: "2027-01-01"}, "2026-11-23", false},
	} {
		if got := c.grant.Holds(c.today); got != c.holds {
			t.Errorf("a grant %s holds: %v", c.says, got)
		}
	}
}

func TestWhoLacksTheSecondFactorIsToldSoBeforeBeingRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 20_000 {
		scope, on := anyScope(r), anyPlace(r)
		role := AccessRoles[r.IntN(len(AccessRoles))]
		weak := Caller{Actor: ActorOf("a"), Account: "a", Grants: []Grant{{Role: role, Scope: scope}}}
		strong := weak
		strong.Strong = true
		for _, p := range Permissions() {
			with, without := strong.Ask(p, on), weak.Ask(p, on)
			switch {
			case with != nil && KindOf(without) != KindOf(with):
				t.Fatalf("%s may not %s: with two factors %v, with one %v", role, p, with, without)
			case with == nil && without != nil && KindOf(without) != Unproven:
				t.Fatalf("%s may %s with two factors, and is told %v with one", role, p, without)
			case with == nil && without == nil && NeedsSecondFactor(role) && !slices.Contains(Holders(p), Citizen):
				t.Fatalf("%s may %s with one factor", role, p)
			}
		}
	}
}

func TestAVisitorIsAskedToSignIn(t *testing.T) {
	for _, p := range Permissions() {
		if err := (Caller{}).Ask(p, Place{}); KindOf(err) != Unauthenticated {
			t.Errorf("a visitor who wants to %s is told %v", p, err)
		}
	}
}

func TestARoleIsCheckedBeforeItIsGiven(t *testing.T) {
	member := Scope{Member: "m"}
	for _, c := range []struct {
		says  string
		grant Grant
		field string
	}{
		{"a reporter of an institution", Grant{Account: "a", Role: Reporter, Scope: Scope{Member: "m", Institution: "i"}, Until: "2026-11-23"}, ""},
		{"an administrator everywhere", Grant{Account: "a", Role: Administrator}, ""},
		{"nobody", Grant{Role: Administrator}, "mail"},
		{"a role that is none", Grant{Account: "a", Role: "king", Scope: member}, "role"},
		{"everybody's role", Grant{Account: "a", Role: Citizen}, "role"},
		{"a reporter of everything", Grant{Account: "a", Role: Reporter}, "member"},
		{"an administrator of a member", Grant{Account: "a", Role: Administrator, Scope: member}, "member"},
		{"a facilitator of an institution", Grant{Account: "a", Role: Facilitator, Scope: Scope{Member: "m", Institution: "i"}}, "institution"},
		{"a day that is past", Grant{Account: "a", Role: Moderator, Until: "2026-11-22"}, "until"},
		{"a day that is none", Grant{Account: "a", Role: Moderator, Until: "2026-02-30"}, "until"},
	} {
		found := ""
		if faults := CheckGrant(c.grant, "2026-11-23"); len(faults) > 0 {
			found = faults[0].Field
		}
		if found != c.field {
			t.Errorf("%s: the fault is at %q, not %q", c.says, found, c.field)
		}
	}
}
