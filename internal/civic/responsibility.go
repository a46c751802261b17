package civic

// Tension is a pull between two legal texts or aims that a commitment has to live
// with (open data against privacy, open source against procurement), and who
// owns it (domain CH3). Without an owner it is a gap.
type Tension struct {
	ID          TensionID      `json:"id"`
	Member      MemberID       `json:"member"`
	Commitments []CommitmentID `json:"commitments,omitempty"`
	Topic       Text           `json:"topic"`
	Laws        []string       `json:"laws"` // the texts that pull, as they are cited
	Owner       InstitutionID  `json:"owner,omitempty"`
	Resolved    string         `json:"resolved,omitempty"` // YYYY-MM-DD
	How         Text           `json:"how,omitempty"`
	Demo        bool           `json:"demo,omitempty"`
}

func (t Tension) SubjectKind() Kind { return KindTension }
func (t Tension) SubjectID() string { return string(t.ID) }

// References finds the tensions of a member, its commitments and the owner.
func (t Tension) References() []Reference {
	pairs := []string{OfMember, string(t.Member), OfInstitution, string(t.Owner)}
	for _, c := range t.Commitments {
		pairs = append(pairs, OfCommitment, string(c))
	}
	return refer(pairs...)
}

// Tool is a piece of technology that a commitment rests on, and who outside and
// inside the state maintains it (domain CH4).
type Tool struct {
	ID          ToolID         `json:"id"`
	Member      MemberID       `json:"member"`
	Commitments []CommitmentID `json:"commitments,omitempty"`
	Name        string         `json:"name"`
	Purpose     Text           `json:"purpose,omitempty"`
	Owner       InstitutionID  `json:"owner,omitempty"`           // who answers for it in government
	Maintainer  string         `json:"maintainer,omitempty"`      // who keeps it running
	Kind        string         `json:"maintainer_kind,omitempty"` // one of MaintainerKinds
	Licence     string         `json:"licence,omitempty"`         // SPDX identifier, or the words of the contract
	Until       string         `json:"until,omitempty"`           // YYYY-MM-DD to which upkeep is secured
	URL         string         `json:"url,omitempty"`
	Demo        bool           `json:"demo,omitempty"`
}

// MaintainerKinds lists who may maintain a tool.
var MaintainerKinds = []string{"government", "civil_society", "vendor", "community", "university"}

func (t Tool) SubjectKind() Kind { return KindTool }
func (t Tool) SubjectID() string { return string(t.ID) }

// References finds the tools of a member, its commitments and the owner.
func (t Tool) References() []Reference {
	pairs := []string{OfMember, string(t.Member), OfInstitution, string(t.Owner)}
	for _, c := range t.Commitments {
		pairs = append(pairs, OfCommitment, string(c))
	}
	return refer(pairs...)
}
