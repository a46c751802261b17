package taxonomy

import "avow/internal/civic"

// Step is how a version came to be.
type Step string

const (
	StepEdition Step = "edition" // an edition of OGP's table
	StepApply   Step = "apply"
	StepUndo    Step = "undo"
	StepRedo    Step = "redo"
)

// Version is a state of the taxonomy that has a number. It stays what it is
// whatever happens later.
type Version struct {
	Number    int           `json:"number"` // from 1
	Step      Step          `json:"step"`
	Edition   civic.Edition `json:"edition,omitempty"`
	Set       string        `json:"set,omitempty"`
	About     About         `json:"about,omitzero"`
	Effective string        `json:"effective"` // YYYY-MM-DD from which its changes are in force
	Changes   []Change      `json:"changes,omitempty"`
	Why       civic.Text    `json:"why,omitempty"` // of an undo or redo
	InForce   bool          `json:"in_force"`      // its edition or set is in force now
}

// Timeline is the taxonomy through time: the editions of OGP's table, then every
// change set that was applied, undone and redone. It never changes; With makes a
// longer one.
type Timeline struct {
	versions []Version
	graphs   []*Graph
}

// NewTimeline folds the editions and the entries of the record: every version of
// every change, in the order of the record.
func NewTimeline(entries []Change) (*Timeline, error) { return nil, nil }

// With adds later entries of the record.
func (t *Timeline) With(entries ...Change) (*Timeline, error) { return nil, nil }

// Versions lists the versions, the first first.
func (t *Timeline) Versions() []Version { return t.versions }

// Version returns a version by its number, and its graph; NotFound when there is none.
func (t *Timeline) Version(number int) (Version, *Graph, error) { return Version{}, nil, nil }

// Newest is the graph with everything that is in force or will be.
func (t *Timeline) Newest() *Graph { return nil }

// At is the graph of what is in force on a day (YYYY-MM-DD), by what is known now:
// what was undone is not in it. Before the first edition it is the empty graph.
func (t *Timeline) At(day string) *Graph { return nil }

// Period is a stretch of days in which one graph holds.
type Period struct {
	From    string // YYYY-MM-DD
	Until   string // the day before the next one begins; "" for the last
	Version Version
	Graph   *Graph
}

// Periods are what is in force, the oldest first; what was undone is not among them.
func (t *Timeline) Periods() []Period { return nil }

// Apply makes the entries that apply a set: resolved, numbered, dated, with IDs.
// day (YYYY-MM-DD) is the day from which it is in force when the set does not say.
// A set that is in force is refused as Conflict.
func (t *Timeline) Apply(s Set, day string, id func() (ChangeID, error)) ([]Change, error) {
	return nil, nil
}

// Undo makes the entries that undo a set. It is refused when it is not in force
// (NotFound, Conflict), without a reason, and when a later set rests on it.
func (t *Timeline) Undo(set string, why civic.Text) ([]Change, error) { return nil, nil }

// Redo makes the entries that bring an undone set back.
func (t *Timeline) Redo(set string, why civic.Text) ([]Change, error) { return nil, nil }

// TagState is what a tag was in a stretch of days.
type TagState struct {
	Tag     Tag
	From    string
	Until   string // "" when it still is
	Version Version
}

// History is what is in force of a tag through time: one state for each period in
// which something of it changed, the oldest first.
func (t *Timeline) History(id ID) []TagState { return nil }
