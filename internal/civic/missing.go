package civic

// MissingKind says why a value is not there (OGP pages show these as different
// things, so they are never merged). The source's own code stands beside it.
type MissingKind string

const (
	NotMissing       MissingKind = ""
	PendingIRMReview MissingKind = "pending_irm_review"
	NoIRMData        MissingKind = "no_irm_data"
	NoData           MissingKind = "no_data"
	NotApplicable    MissingKind = "not_applicable"
	NotAssessed      MissingKind = "not_assessed"
	NotReported      MissingKind = "not_reported"
	NotSpecified     MissingKind = "not_specified"
	Blank            MissingKind = "blank"
)

// MissingKinds lists every kind but NotMissing, for catalogues and tests.
var MissingKinds = []MissingKind{PendingIRMReview, NoIRMData, NoData, NotApplicable, NotAssessed, NotReported, NotSpecified, Blank}

// Missing is a kind and the code or words with which the source said so:
// {not_reported NR}, {no_data ND}, {not_applicable N/A}, {not_specified None Specified}.
// The zero value means that the value is present.
type Missing struct {
	Kind MissingKind `json:"kind"`
	Code string      `json:"code,omitempty"`
}

// Is reports whether a value is missing.
func (m Missing) Is() bool { return m.Kind != NotMissing }
