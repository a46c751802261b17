package app

import (
	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// NeverAssessed is the choice of the filter "completion" for commitments of which
// no source reports an assessment.
const NeverAssessed = "none"

// Listing is a page of a list. Total is exact; Next is the cursor of the next
// page, or "" on the last.
type Listing[T any] struct {
	Total int
	Items []T
	Next  string
}

// CommitmentFilter selects commitments. Empty fields select all. Member is the
// table's code or our slug; Tag is a tag's slug; Year is that of submission;
// Completion is a value of the completion scale, or a missing kind, as the latest
// assessment gives it; Lang is the language of the text.
type CommitmentFilter struct {
	Q          string
	Member     string
	Region     string
	Tag        string
	Facet      string // of digital government: one of taxonomy.Facets
	Scope      string // of open digital: one of taxonomy.Scopes
	Year       int
	Completion string
	Lang       string
	Plan       string // slug
}

// CommitmentItem is a commitment in a list.
type CommitmentItem struct {
	Ref        string // OGP ID, or our ID when there is none: the last part of its address
	Dossier    civic.Dossier
	Completion string // value or missing kind of the latest assessment, "" when never assessed
	Entry      int64  // ledger entry of the newest version
	graph      *taxonomy.Graph
}

// TagSlug names the tag that a name leads to today, whatever its source called it: a
// merged tag leads on. A name that the taxonomy does not know is its own slug.
func (c CommitmentItem) TagSlug(name string) string {
	if c.graph != nil {
		if id := c.graph.Resolve(name); id != "" {
			return string(id)
		}
	}
	return TagSlug(name)
}

// Held lists the tags that count for the commitment itself; those above them count
// rolled up.
func (c CommitmentItem) Held() []taxonomy.ID {
	if c.graph == nil {
		return nil
	}
	return c.graph.Held(c.Dossier.Commitment)
}

// Frame is where the commitment stands in digital government under the taxonomy of today.
func (c CommitmentItem) Frame() taxonomy.Frame {
	if c.graph == nil {
		return taxonomy.Frame{}
	}
	return c.graph.FrameOf(c.Dossier.Commitment)
}

// Facet is one filter with its choices.
type Facet struct {
	Name    string // "region", "member", "tag", "facet", "scope", "year", "completion", "lang"
	Choices []Choice
	Names   map[string]civic.Text // of tags, by Value
}

// Choice is a value of a filter and how many commitments of the current result it would leave.
type Choice struct {
	Value    string
	Label    string // only where it is data (member and tag names); otherwise the page translates Value
	Count    int
	Selected bool
}

// CommitmentList is a page of commitments with the filters' counts.
type CommitmentList struct {
	Listing[CommitmentItem]
	Facets []Facet
}

// CommitmentPage is everything known of one commitment.
type CommitmentPage struct {
	CommitmentItem
	Ratings []RatingView // newest source first within a product, never merged
	Tags    []TagView
	Sources []SourceView
	History []Change // newest first
}

// RatingView is a rating with the assessment it belongs to. Current is false
// when a newer edition of the source reports the same variable of the same product.
type RatingView struct {
	civic.Rating
	Product civic.Product
	Edition civic.Edition
	Year    int
	NoYear  *civic.Missing
	Unit    string
	Current bool
}

// TagView is a tag on a commitment: Value is "yes" or a missing kind, Code the source's missing code.
type TagView struct {
	Slug    string
	Name    string
	Edition civic.Edition
	Value   string
	Code    string
}

// SourceView is a row of a source with every public column, as the source writes it.
type SourceView struct {
	Edition civic.Edition
	Row     int
	Columns []civic.Cell
}

// Change is one field that one entry of the record changed.
type Change struct {
	At     int64 // microseconds since 1970
	By     civic.Actor
	Verb   string
	Source civic.Edition
	Field  string // "title", "rating.completion.progress_report", "milestone.C01.1.due"
	Before string // canonical value or text; "" when there was none
	After  string
	Ledger int64 // entry number from 0
}

// MemberItem is a member with its counts.
type MemberItem struct {
	civic.Member
	Plans       int
	Commitments int
	FirstYear   int
	LastYear    int
}

// PlanItem is a plan with its member and counts by completion of the latest assessment.
type PlanItem struct {
	civic.Plan
	MemberSlug  string
	MemberName  string
	MemberCode  string
	Commitments int
	Completion  []Choice // every value and missing kind that occurs and NeverAssessed, in the scale's order
}

// MemberPage is a member with its plans, oldest first.
type MemberPage struct {
	MemberItem
	PlanItems    []PlanItem
	Institutions []InstitutionItem
}

// InstitutionItem is an institution and how many commitments it leads and supports.
type InstitutionItem struct {
	civic.Institution
	Leads    int
	Supports int
}

// PlanPage is a plan with its commitments in the order of their numbers.
type PlanPage struct {
	PlanItem
	Items []CommitmentItem
}

// TagItem is a tag as the sources give it: the editions that have it, with the
// name they use and how many commitments carry it there.
type TagItem struct {
	Slug        string       // its ID in the taxonomy
	Name        string       // the original one
	Names       civic.Text   // in the languages there are
	Tag         taxonomy.Tag // zero for one that the taxonomy does not know
	Commitments int          // that have it or a tag below it, each once
	Direct      int          // that have it themselves
	Editions    []TagEdition
}

// TagEdition is a tag in one edition.
type TagEdition struct {
	Edition civic.Edition
	Name    string
	Yes     int
	Unknown int
}

// Overview is what the home page says.
type Overview struct {
	Members, Plans, Commitments, Institutions, Milestones int
	ByRegion                                              []Choice // Value "" where the member's region is not known
	ByYear                                                []Choice // submission year, ascending
	ByCompletion                                          []Choice
	Entries                                               int64  // of the public record
	Root                                                  string // base64 of its root hash
	Newest                                                int64  // time of the last entry, microseconds
	Demo                                                  bool   // demonstration data is here
}
