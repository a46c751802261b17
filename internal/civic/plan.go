package civic

// Plan is an action plan of a member.
type Plan struct {
	ID        PlanID   `json:"id"`
	Member    MemberID `json:"member"`
	Slug      string   `json:"slug"`                // "albania-1": unique, used in URLs
	Number    string   `json:"number"`              // "1": the member's first plan
	SourceID  string   `json:"source_id,omitempty"` // "AP_ALB01"
	Title     Text     `json:"title,omitempty"`
	Submitted int      `json:"submitted,omitempty"` // year of submission: OGP's action plan cycle
	EndYear   int      `json:"end_year,omitempty"`
	Length    int      `json:"length,omitempty"` // years
	Start     When     `json:"start,omitzero"`
	End       When     `json:"end,omitzero"`
	Regime    Regime   `json:"regime"`
	URL       string   `json:"url,omitempty"`
	Demo      bool     `json:"demo,omitempty"`
}
