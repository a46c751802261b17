package civic

import "strings"

// Commitment is one promise of an action plan, with everything known of it and
// who said so. It is the ledger's largest subject: milestones, tags and ratings
// are part of it.
//
// Title to Parts hold what the newest source says; what an older source said
// otherwise stays in its Source and in the earlier versions.
type Commitment struct {
	ID          CommitmentID  `json:"id"`
	OGPID       string        `json:"ogp_id,omitempty"` // assigned by OGP's Support Unit alone
	Member      MemberID      `json:"member"`
	Plans       []PlanEntry   `json:"plans"`
	Title       Text          `json:"title"`
	Short       Text          `json:"short_title,omitempty"`
	Text        Text          `json:"text,omitempty"`
	Theme       Text          `json:"theme,omitempty"`
	Start       When          `json:"start,omitzero"`
	End         When          `json:"end,omitzero"`
	Submitted   int           `json:"submitted,omitempty"` // year of submission of the plan in the source's row
	URL         string        `json:"url,omitempty"`
	Parts       []Part        `json:"institutions,omitempty"`
	Milestones  []Milestone   `json:"milestones,omitempty"`
	Tags        []EditionTags `json:"tags,omitempty"`
	Assessments []Assessment  `json:"assessments,omitempty"`
	Sources     []Source      `json:"sources,omitempty"` // oldest edition first
	Absent      []Edition     `json:"absent,omitempty"`  // later editions that hold its plan but not this commitment
	Notes       []Note        `json:"notes,omitempty"`
	Demo        bool          `json:"demo,omitempty"`
	Placeholder bool          `json:"placeholder,omitempty"` // the OGP ID exists but is not known here

	// From here on: what only a commitment that is run here has.
	LocalID    string      `json:"local_id,omitempty"` // given here to drafts, never an OGP ID (invariant 12)
	Proposed   bool        `json:"proposed,omitempty"` // published for consultation, not adopted
	Template   *Template   `json:"template,omitempty"`
	Partners   []Partner   `json:"partners,omitempty"`
	Adopted    *Adoption   `json:"adopted,omitempty"`
	Amendments []Amendment `json:"amendments,omitempty"`
	Dropped    bool        `json:"dropped,omitempty"` // an amendment took it out of its plan

	Decided []TagDecision `json:"tag_decisions,omitempty"` // of people, by tag
	Scoped  *ScopeAnswer  `json:"scoped,omitempty"`        // nil while nobody has answered
}

// Template holds the questions of OGP's commitment template that have no field
// of their own (domain 1.6). What is promised is Commitment.Text.
type Template struct {
	Problem        Text   `json:"problem,omitempty"`        // what is the public problem, with a baseline
	Causes         Text   `json:"causes,omitempty"`         // what causes it
	Past           Text   `json:"past,omitempty"`           // what has been done so far
	Solution       Text   `json:"solution,omitempty"`       // how the commitment contributes to solving it
	Results        Text   `json:"results,omitempty"`        // what will be different
	Transparency   Text   `json:"transparency,omitempty"`   // how it opens information
	Participation  Text   `json:"participation,omitempty"`  // how people take part
	Accountability Text   `json:"accountability,omitempty"` // how somebody answers for it
	More           Text   `json:"more,omitempty"`           // other programmes, sector plans
	Budget         Text   `json:"budget,omitempty"`
	Goals          []int  `json:"goals,omitempty"`   // Sustainable Development Goals, 1 to 17
	Contact        string `json:"contact,omitempty"` // an office's public address, never a person's
}

// Partner is somebody outside the state who takes part in a commitment.
type Partner struct {
	Kind string `json:"kind"` // "civil_society", "private_sector", "multilateral", "working_group"
	Name string `json:"name"`
}

// PartnerKinds lists the kinds of partners.
var PartnerKinds = []string{"civil_society", "private_sector", "multilateral", "working_group"}

// PlanEntry places a commitment in a plan under the number it has there
// ("2", "4.2.2", "C01"); Number may be empty.
type PlanEntry struct {
	Plan   PlanID `json:"plan"`
	Number string `json:"number,omitempty"`
}

// Role is the part an institution plays in a commitment.
type Role string

const (
	Lead       Role = "lead"
	Supporting Role = "supporting"
)

// Part is an institution's part in a commitment. Missing is set instead of the
// institution when the source says that there is none or does not know.
type Part struct {
	Role        Role          `json:"role"`
	Institution InstitutionID `json:"institution,omitempty"`
	Name        string        `json:"name,omitempty"` // as this commitment's source writes it
	Missing     *Missing      `json:"missing,omitempty"`
}

// Milestone is a step of a commitment with a deliverable, or an indicator below one.
type Milestone struct {
	ID     MilestoneID `json:"id"`
	Code   string      `json:"code,omitempty"`   // the source's: "C01.1"
	Parent string      `json:"parent,omitempty"` // code of the milestone above an indicator
	Kind   string      `json:"kind"`             // "milestone" or "indicator"
	Title  Text        `json:"title"`
	Text   Text        `json:"text,omitempty"`
	Start  When        `json:"start,omitzero"`
	Due    When        `json:"due,omitzero"`
	DueIn  Text        `json:"due_in,omitempty"` // the deadline in the source's words
	Lead   string      `json:"lead,omitempty"`
	URL    Text        `json:"url,omitempty"`
	Cells  []Cell      `json:"cells,omitempty"` // every other field of the source, as it stands there
}

// EditionTags are the tags of one edition as the source gave them. A tag of the
// edition that is in neither list was answered with 0.
type EditionTags struct {
	Edition Edition      `json:"edition"`
	Yes     []string     `json:"yes,omitempty"` // the source's names, in its column order
	Unknown []UnknownTag `json:"unknown,omitempty"`
}

// UnknownTag is a tag cell that holds no answer ("ND", "NR").
type UnknownTag struct {
	Name    string  `json:"name"`
	Missing Missing `json:"missing"`
}

// Assessment is what one IRM product found, as one source reports it. Ratings
// belong to it and not to the commitment; two assessments are never merged.
type Assessment struct {
	Product Product  `json:"product"`
	Edition Edition  `json:"edition"`        // the source
	Year    int      `json:"year,omitempty"` // publication of the report
	NoYear  *Missing `json:"no_year,omitempty"`
	Unit    string   `json:"unit,omitempty"` // review unit: "" the commitment itself, "cluster" or "part"
	Ratings []Rating `json:"ratings"`
}

// Product is an IRM product; the values and their generations are in review.
type Product string

// Rating is one variable on one version of its scale. Value is a value of that
// scale, or empty with Missing set.
type Rating struct {
	Variable string   `json:"variable"` // "completion"
	Scale    string   `json:"scale"`    // "completion/2017": see review.Scales
	Value    string   `json:"value,omitempty"`
	Missing  *Missing `json:"missing,omitempty"`
	Label    string   `json:"label,omitempty"`    // the source's label where it is not the edition's usual one
	Corrects string   `json:"corrects,omitempty"` // what the source says, where a person corrected it: its value, or "missing:KIND:CODE"
	Coded    *string  `json:"coded,omitempty"`    // the source's code where it is not the edition's code of the value: a clash
}

// Edition names a published state of a source: "ogp-2015", "ogp-2017",
// "ogp-2024", "canada-nap4-2018-2020", "us-nap5", "table-NAME", "demo".
type Edition string

// OGP reports whether it is an edition of OGP's table.
func (e Edition) OGP() bool { return strings.HasPrefix(string(e), "ogp-20") }

// Source is what one edition said of a commitment beyond the fields above: its
// row, and the cells that the fields alone would not give back.
type Source struct {
	Edition Edition `json:"edition"`
	Row     int     `json:"row,omitempty"` // the spreadsheet's row when first read, header lines counted
	Key     string  `json:"key,omitempty"` // the source's own key ("C01"), matched within the edition
	Cells   []Cell  `json:"cells,omitempty"`
}

// Cell is one named value of a source, as it stands there.
type Cell struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

// Note is a sentence about a commitment with its source: "described as high
// ambition in the paper (2022)". A note is never a rating.
type Note struct {
	Text   Text   `json:"text"`
	Source string `json:"source"`
	Year   int    `json:"year,omitempty"`
}

// Dossier is a commitment with the subjects it refers to.
type Dossier struct {
	Commitment   Commitment
	Member       Member
	Plans        []Plan // in the order of Commitment.Plans
	Institutions map[InstitutionID]Institution
}
