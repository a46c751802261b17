package civic

// ScopeAnswer is what a person said to the questions that place a commitment in
// digital government (domain 3.4): what the government does with the technology, which
// strands of open digital it belongs to, and which facets it has. The values are those
// of the taxonomy. An empty list says that there is none; a commitment that nobody was
// asked about has no answer. The answers before it stand in the earlier versions.
type ScopeAnswer struct {
	Roles   []string   `json:"roles,omitempty"`
	Strands []string   `json:"strands,omitempty"`
	Facets  []string   `json:"facets,omitempty"`
	Reason  Text       `json:"reason,omitempty"`
	By      AccessRole `json:"by,omitempty"` // the role in which it was said; "" for the local operator
	On      string     `json:"on"`           // YYYY-MM-DD
}
