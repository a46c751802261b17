package study

import (
	"slices"

	"avow/internal/civic"
)

// ID names a study: one of our own IDs.
type ID string

// Stage says how far a study is. It only goes on, and what an earlier stage fixed
// stays as it is.
type Stage string

const (
	StageFrozen  Stage = "frozen"  // the list stands; nothing is grouped
	StageGrouped Stage = "grouped" // groups are suggested, named and corrected
	StageCoding  Stage = "coding"  // the named groups are codes; coders work blind to each other
	StageCoded   Stage = "coded"   // every coding is in the record; disagreements are settled
)

// Stages lists them in their order.
var Stages = []Stage{StageFrozen, StageGrouped, StageCoding, StageCoded}

// Study is a question to the list of commitments, frozen, and what people made of
// the answer (domain rows M2 and M4).
type Study struct {
	ID       ID         `json:"id"`
	Title    civic.Text `json:"title"`
	Question civic.Text `json:"question,omitempty"` // what the study wants to know
	Query    Query      `json:"query"`
	Size     int64      `json:"size"` // entries of the record when the list was frozen
	Root     string     `json:"root"` // base64 of the root hash of those entries
	On       string     `json:"on"`   // YYYY-MM-DD
	Items    []Item     `json:"items"`
	Stage    Stage      `json:"stage"`

	Grouping *Grouping `json:"grouping,omitempty"` // nil: nothing was suggested
	Groups   []Group   `json:"groups,omitempty"`
	Moves    []Move    `json:"moves,omitempty"` // oldest first
	Memos    []Memo    `json:"memos,omitempty"` // oldest first

	Wanted    int        `json:"wanted,omitempty"`  // how many coders there will be
	Several   bool       `json:"several,omitempty"` // a commitment may have several codes
	Coders    []Coder    `json:"coders,omitempty"`
	Results   *Results   `json:"results,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"` // on what coders disagree, oldest first

	Proposed  string `json:"proposed,omitempty"`  // YYYY-MM-DD on which codes became proposals of tags
	Published string `json:"published,omitempty"` // YYYY-MM-DD from which everybody sees its page
	Demo      bool   `json:"demo,omitempty"`
}

// Query is the question in the language of the list of commitments: the values of
// its filters.
type Query struct {
	Q          string `json:"q,omitempty"`
	Member     string `json:"member,omitempty"`
	Region     string `json:"region,omitempty"`
	Tag        string `json:"tag,omitempty"`
	Year       int    `json:"year,omitempty"`
	Completion string `json:"completion,omitempty"`
	Lang       string `json:"lang,omitempty"`
	Plan       string `json:"plan,omitempty"`
}

// Item is a commitment of the list, in the version that was frozen.
type Item struct {
	Commitment civic.CommitmentID `json:"commitment"`
	Version    int                `json:"version"`
	Group      string             `json:"group,omitempty"` // key, "" when it is in none
	Place      *Point             `json:"place,omitempty"` // on the map; nil for texts that are too short
}

// Point is a place on the map: thousandths of its width and height, from 0 to 1000.
type Point struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Grouping says how the groups were suggested, so that it can be done again.
type Grouping struct {
	Asked  int    `json:"asked,omitempty"` // groups that were asked for; 0: the program chose
	Seed   uint64 `json:"seed"`
	Shown  int    `json:"shown"` // per mille of the differences that the map shows
	Within int    `json:"within"`
	On     string `json:"on"` // YYYY-MM-DD
}

// Group is commitments that belong together. Once a person named it, it is a code.
type Group struct {
	Key        string     `json:"key"` // "g1"; never given twice in a study
	Name       civic.Text `json:"name,omitempty"`
	Definition civic.Text `json:"definition,omitempty"`
	Words      []string   `json:"words,omitempty"` // that hold it together, as the program found; none when a person made the group
	Tag        string     `json:"tag,omitempty"`   // ID of the tag that the code proposes
}

// Named reports whether a person named the group.
func (g Group) Named() bool { return len(g.Name) > 0 }

// Move is one commitment put from one group to another by a person.
type Move struct {
	Commitment civic.CommitmentID `json:"commitment"`
	From       string             `json:"from,omitempty"` // "" from none
	To         string             `json:"to,omitempty"`
	By         civic.Actor        `json:"by"`
	On         string             `json:"on"`
}

// What a memo is on.
const (
	OnStudy      = "study"
	OnGroup      = "group"
	OnCommitment = "commitment"
)

// Memo is what somebody thought while working, kept with what it is on.
type Memo struct {
	ID     string      `json:"id"`
	About  string      `json:"about"`            // "study", "group" or "commitment"
	Target string      `json:"target,omitempty"` // key of the group or ID of the commitment
	Text   civic.Text  `json:"text"`
	By     civic.Actor `json:"by"`
	On     string      `json:"on"` // YYYY-MM-DD
}

// Coder is one of those who code, known by a letter.
type Coder struct {
	Label    string      `json:"label"` // "A", "B" …
	By       civic.Actor `json:"by"`
	Joined   string      `json:"joined"`              // YYYY-MM-DD
	HandedIn string      `json:"handed_in,omitempty"` // YYYY-MM-DD
}

// Decision settles what coders disagree on.
type Decision struct {
	Commitment civic.CommitmentID `json:"commitment"`
	Codes      []string           `json:"codes"` // empty: none of them fits
	Reason     civic.Text         `json:"reason"`
	By         civic.Actor        `json:"by"`
	On         string             `json:"on"`
}

// KindStudy and KindCoding are the kinds of this room's subjects.
const (
	KindStudy  = civic.KindStudy
	KindCoding = civic.KindCoding
)

func (s Study) SubjectKind() civic.Kind { return KindStudy }
func (s Study) SubjectID() string       { return string(s.ID) }

// References finds a study by nothing: it belongs to no member, and its commitments
// are many.
func (s Study) References() []civic.Reference { return nil }

// Codes returns the named groups: what coders choose from.
func (s Study) Codes() []Group {
	return slices.DeleteFunc(slices.Clone(s.Groups), func(g Group) bool { return !g.Named() })
}

// Group returns a group by its key; ok is false when there is none.
func (s Study) Group(key string) (g Group, ok bool) {
	i := slices.IndexFunc(s.Groups, func(g Group) bool { return g.Key == key })
	if i < 0 {
		return Group{}, false
	}
	return s.Groups[i], true
}

// At is the place of a commitment in the list, -1 when it is not in it.
func (s Study) At(c civic.CommitmentID) int {
	return slices.IndexFunc(s.Items, func(i Item) bool { return i.Commitment == c })
}

// Members counts the commitments of a group; those in none for "".
func (s Study) Members(key string) int {
	n := 0
	for _, i := range s.Items {
		if i.Group == key {
			n++
		}
	}
	return n
}

// MemosOn returns the memos on something, oldest first.
func (s Study) MemosOn(about, target string) []Memo {
	var out []Memo
	for _, m := range s.Memos {
		if m.About == about && m.Target == target {
			out = append(out, m)
		}
	}
	return out
}

// CoderOf returns the letter of somebody who codes, "" for everybody else.
func (s Study) CoderOf(who civic.Actor) string {
	for _, c := range s.Coders {
		if c.By == who {
			return c.Label
		}
	}
	return ""
}
