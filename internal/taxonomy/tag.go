package taxonomy

import "avow/internal/civic"

// ID names a tag for ever: the slug of its first name. A tag that is renamed keeps
// its ID, and its former names lead to it.
type ID string

// Tag is a subject heading. What it says is what one version of the graph says.
type Tag struct {
	ID         ID         `json:"id"`
	Names      civic.Text `json:"names"`                 // each language once, the first is the original
	Definition civic.Text `json:"definition,omitempty"`  // empty when none is known
	Source     string     `json:"source,omitempty"`      // of the definition, as it is cited
	Aliases    civic.Text `json:"aliases,omitempty"`     // other and former names, in their order of age
	Parents    []ID       `json:"parents,omitempty"`     // sorted
	Related    []ID       `json:"related,omitempty"`     // sorted; the relation holds both ways
	Facets     []Facet    `json:"facets,omitempty"`      // in the order of Facets
	Roles      []Role     `json:"roles,omitempty"`       // in the order of Roles
	Strands    []Strand   `json:"strands,omitempty"`     // in the order of Strands
	Spellings  []Spelling `json:"editions,omitempty"`    // the editions of OGP's table that have it, oldest first
	Derived    bool       `json:"derived,omitempty"`     // an intersection that OGP computes, no tag that people chose
	Unverified bool       `json:"unverified,omitempty"`  // that OGP uses it has not been seen
	Deprecated string     `json:"deprecated,omitempty"`  // YYYY-MM-DD from which it should not be given any more
	Into       []ID       `json:"into,omitempty"`        // what a person should give instead: what it was split into, or its successors
	MergedInto ID         `json:"merged_into,omitempty"` // the tag that its names lead to now; it has no parents, relations and aliases of its own any more
}

// Spelling is how an edition of OGP's table writes a tag.
type Spelling struct {
	Edition civic.Edition `json:"edition"`
	Name    string        `json:"name"`
}

// Name is the tag's name in a language, or the original one.
func (t Tag) Name(lang string) civic.Phrase { return t.Names.In(lang) }

// Lives reports whether the tag can be given: it is neither merged nor deprecated.
func (t Tag) Lives() bool { return t.MergedInto == "" && t.Deprecated == "" }

// In reports whether an edition has the tag, and how it writes it.
func (t Tag) In(edition civic.Edition) (name string, ok bool) {
	for _, s := range t.Spellings {
		if s.Edition == edition {
			return s.Name, true
		}
	}
	return "", false
}

// Facet is a side of digital government (Graph 1 of the paper).
type Facet string

// The eight facets, the three things they rest on, and civic technology by others
// than governments.
const (
	FacetOpenData     Facet = "open_data"            // open data, data sharing, data governance
	FacetOpenSource   Facet = "open_source"          // free and open source
	FacetMethods      Facet = "methods_skills"       // innovative methods and skills
	FacetServices     Facet = "service_digitisation" // digitisation of public services
	FacetScience      Facet = "data_science_ai"      // data science and artificial intelligence
	FacetConnectivity Facet = "connectivity_devices" // connectivity and devices
	FacetLegal        Facet = "legal_innovation"
	FacetThings       Facet = "internet_of_things"

	BackboneSecurity Facet = "cybersecurity"
	BackboneSystems  Facet = "it_infrastructure"
	BackboneLiteracy Facet = "digital_literacy"

	CivicTechnology Facet = "civic_technology"
)

// Facets lists the facets, then the backbone, then civic technology.
var Facets = []Facet{FacetOpenData, FacetOpenSource, FacetMethods, FacetServices, FacetScience, FacetConnectivity, FacetLegal, FacetThings,
	BackboneSecurity, BackboneSystems, BackboneLiteracy, CivicTechnology}

// Backbone reports whether the facet is what the others rest on.
func (f Facet) Backbone() bool {
	return f == BackboneSecurity || f == BackboneSystems || f == BackboneLiteracy
}

// Role is what a government does with the technology at hand (domain 3.4).
type Role string

const (
	Developer Role = "developer" // it has the technology made
	User      Role = "user"      // it works with it
	Target    Role = "target"    // the technology is aimed at it, so that it answers for what it does
	Regulator Role = "regulator" // it makes rules for what others run
)

// Roles lists them.
var Roles = []Role{Developer, User, Target, Regulator}

// Strand is one of the two ways that meet in open digital (Graph 2 of the paper).
// The paper's names and definitions look exchanged; the definitions hold (domain 9,
// point 4), so show the definition wherever a strand is named.
type Strand string

const (
	StrandTransformation  Strand = "digital_transformation_of_democracy" // government digitises itself in an open way
	StrandDemocratization Strand = "democratization_of_digital"          // technology advances open government reforms
)

// Strands lists them.
var Strands = []Strand{StrandTransformation, StrandDemocratization}

// Key is the message key of a facet's name.
func (f Facet) Key() string { return "taxonomy.facet." + string(f) }

// Key is the message key of a role's name; with ".help" what it means.
func (r Role) Key() string { return "taxonomy.role." + string(r) }

// Key is the message key of a strand's name; with ".help" its definition.
func (s Strand) Key() string { return "taxonomy.strand." + string(s) }
