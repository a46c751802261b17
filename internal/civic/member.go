package civic

// Region is one of OGP's four regions, or empty when the source names none.
type Region string

const (
	Africa   Region = "africa-middle-east"
	Americas Region = "americas"
	Asia     Region = "asia-pacific"
	Europe   Region = "europe"
)

// Regions lists the four in alphabetical order of their English names.
var Regions = []Region{Africa, Americas, Asia, Europe}

// Regime is the set of OGP rules a member or a plan stands under.
type Regime string

const (
	National    Regime = "national"
	Local       Regime = "local"
	LegacyLocal Regime = "legacy_local"
	OtherRegime Regime = "other"
)

// MemberStatus is OGP's word for how a member stands; empty when no source says.
type MemberStatus string

const (
	Active                MemberStatus = "active"
	UnderProceduralReview MemberStatus = "under_procedural_review"
	EligibilityReview     MemberStatus = "eligibility_review"
	Inactive              MemberStatus = "inactive"
	Suspended             MemberStatus = "suspended"
	Withdrawn             MemberStatus = "withdrawn"
)

// Member is a government that takes part in OGP: a country or a locality.
type Member struct {
	ID      MemberID     `json:"id"`
	Slug    string       `json:"slug"`             // "north-macedonia": unique, used in URLs
	Code    string       `json:"code,omitempty"`   // the table's code: "MKD", "ARBA"
	Prefix  string       `json:"prefix,omitempty"` // letters of its OGP IDs: "MK", "BUE"
	Name    string       `json:"name"`             // English name as OGP writes it
	Aliases []string     `json:"aliases,omitempty"`
	Region  Region       `json:"region,omitempty"`
	Regime  Regime       `json:"regime"`
	Within  string       `json:"within,omitempty"` // code of the country of a locality
	Status  MemberStatus `json:"status,omitempty"`
	Joined  int          `json:"joined,omitempty"` // year
	Demo    bool         `json:"demo,omitempty"`
}

// Institution is a body that leads or supports commitments of one member.
type Institution struct {
	ID     InstitutionID `json:"id"`
	Member MemberID      `json:"member"`
	Name   Text          `json:"name"`
	Code   string        `json:"code,omitempty"` // the source's own code: "tbs-sct"
	Demo   bool          `json:"demo,omitempty"`
}
