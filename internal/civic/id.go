package civic

import (
	"encoding/base32"
	"io"
	"regexp"
	"strings"
)

// One ID type per noun. An ID is 26 lower-case letters and digits: 48 bits of
// milliseconds since 1970 and 80 random bits, so IDs sort by their creation.
type (
	MemberID       string
	InstitutionID  string
	PlanID         string
	CommitmentID   string
	MilestoneID    string
	ReportID       string
	TestimonyID    string
	DisputeID      string
	DocumentID     string
	MeetingID      string
	StepID         string
	ForumID        string
	ContributionID string
	TensionID      string
	ToolID         string
)

// idAlphabet is Crockford's base 32 in lower case: no i, l, o, u.
var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes an ID from a time in Unix milliseconds and a source of random
// bytes. It fails only when the source does.
func NewID(unixMilli int64, random io.Reader) (string, error) {
	var raw [16]byte
	for i := range 6 {
		raw[i] = byte(unixMilli >> (40 - 8*i))
	}
	if _, err := io.ReadFull(random, raw[6:]); err != nil {
		return "", err
	}
	return idAlphabet.EncodeToString(raw[:]), nil
}

var (
	idForm    = regexp.MustCompile(`^[0-9a-hjkmnp-tv-z]{26}$`)
	ogpIDForm = regexp.MustCompile(`^[A-Z]{2,6}[0-9]{4}$`)
)

// IsID reports whether s has the form of one of our own IDs.
func IsID(s string) bool { return idForm.MatchString(s) }

// ParseOGPID brings an OGP commitment ID such as "lt0031" into its written form
// "LT0031" (OGP: two to six letters and four digits, compared without regard to
// case). It reports false when s is not one.
func ParseOGPID(s string) (string, bool) {
	up := strings.ToUpper(strings.TrimSpace(s))
	return up, ogpIDForm.MatchString(up)
}

// NewBlindID makes an ID of random bits alone, for what people contribute: the
// time at which somebody wrote must not leak from it.
func NewBlindID(random io.Reader) (string, error) {
	var raw [16]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return "", err
	}
	return idAlphabet.EncodeToString(raw[:]), nil
}
