package taxonomy

import "slices"

// Scope is what the scope rule says of open digital (domain 3.4).
type Scope string

const (
	ScopeIn      Scope = "in"      // governments are developers, users or targets of the technology
	ScopeBoth    Scope = "both"    // they regulate as well: open digital and digital governance overlap
	ScopeOut     Scope = "out"     // they are regulators of what others run and nothing else: digital governance
	ScopeUnknown Scope = "unknown" // nobody has said what the government does
)

// Scopes lists them.
var Scopes = []Scope{ScopeIn, ScopeBoth, ScopeOut, ScopeUnknown}

// ScopeOf decides by the government's roles.
func ScopeOf(roles []Role) Scope {
	regulates := slices.Contains(roles, Regulator)
	acts := slices.Contains(roles, Developer) || slices.Contains(roles, User) || slices.Contains(roles, Target)
	switch {
	case acts && regulates:
		return ScopeBoth
	case acts:
		return ScopeIn
	case regulates:
		return ScopeOut
	}
	return ScopeUnknown
}

// Open reports whether the commitment may be filed under open digital. What is not
// known is no reason against it.
func (s Scope) Open() bool { return s != ScopeOut }

// Key is the message key of the reason.
func (s Scope) Key() string { return "taxonomy.scope." + string(s) }
