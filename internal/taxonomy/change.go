package taxonomy

import "avow/internal/civic"

// Op is what a change does.
type Op string

const (
	Create       Op = "create"        // a new tag: Names; may have Aliases, Definition, Parents, Related, Facets, Roles, Strands
	Rename       Op = "rename"        // Names are its names from now on, all others become aliases
	Redefine     Op = "redefine"      // Definition, Source
	AddParent    Op = "add_parent"    // Parents
	RemoveParent Op = "remove_parent" // Parents
	Relate       Op = "relate"        // Related
	Unrelate     Op = "unrelate"      // Related
	Alias        Op = "alias"         // Aliases
	Describe     Op = "describe"      // Facets, Roles and Strands are all it has from now on
	Deprecate    Op = "deprecate"     // it should not be given any more; may name a successor in Into
	Merge        Op = "merge"         // Into one other tag, which takes its names and its children
	Split        Op = "split"         // Into several tags that are there; a person decides which of them a commitment gets
)

// Ops lists the operations.
var Ops = []Op{Create, Rename, Redefine, AddParent, RemoveParent, Relate, Unrelate, Alias, Describe, Deprecate, Merge, Split}

// Key is the message key of what the operation is called.
func (o Op) Key() string { return "taxonomy.op." + string(o) }

// ChangeID names a change for ever.
type ChangeID string

// State says whether a change is in force.
type State string

const (
	Applied State = "applied"
	Undone  State = "undone"
)

// Change is one operation on the taxonomy. It is a subject of the public record:
// its first entry applies it, later ones undo and redo it, always together with
// the other changes of its set. Tags are named by ID; before a change was applied
// (in a file, in a form) any name of a tag will do.
type Change struct {
	ID        ChangeID `json:"id,omitempty"`
	Set       string   `json:"set,omitempty"`     // name of the change set it belongs to: a slug
	Place     int      `json:"place,omitempty"`   // in the set as its file counts, from 1
	State     State    `json:"state,omitempty"`   // as of this entry
	Version   int      `json:"version,omitempty"` // number of the taxonomy's version that this entry makes
	Effective string   `json:"effective,omitempty"`

	Op         Op         `json:"op"`
	Tag        ID         `json:"tag,omitempty"` // Create: the slug of the first name
	Names      civic.Text `json:"names,omitempty"`
	Aliases    civic.Text `json:"aliases,omitempty"`
	Definition civic.Text `json:"definition,omitempty"`
	Source     string     `json:"source,omitempty"`
	Parents    []ID       `json:"parents,omitempty"`
	Related    []ID       `json:"related,omitempty"`
	Into       []ID       `json:"into,omitempty"`
	Facets     []Facet    `json:"facets,omitempty"`
	Roles      []Role     `json:"roles,omitempty"`
	Strands    []Strand   `json:"strands,omitempty"`
	Unverified bool       `json:"unverified,omitempty"`
	Reason     civic.Text `json:"reason"`

	About *About     `json:"about,omitempty"` // on the first change of a set
	Why   civic.Text `json:"why,omitempty"`   // why it was undone or redone
}

// About is what a set says of itself.
type About struct {
	Title    civic.Text        `json:"title"`
	Source   string            `json:"source,omitempty"` // where it comes from
	Settings map[string]string `json:"settings,omitempty"`
}

func (c Change) SubjectKind() civic.Kind { return civic.KindTagChange }
func (c Change) SubjectID() string       { return string(c.ID) }

// OfTag and OfTagSet are the roles in which a change refers to the tags it
// touches and to its set.
const (
	OfTag    = "tag"
	OfTagSet = "tag_set"
)

// References finds the changes of a tag (whatever part it plays) and of a set.
func (c Change) References() []civic.Reference {
	var out []civic.Reference
	seen := map[civic.Reference]bool{}
	add := func(role, target string) {
		if r := (civic.Reference{Role: role, Target: target}); target != "" && !seen[r] {
			seen[r] = true
			out = append(out, r)
		}
	}
	add(OfTagSet, c.Set)
	add(OfTag, string(c.Tag))
	for _, ids := range [][]ID{c.Parents, c.Related, c.Into} {
		for _, id := range ids {
			add(OfTag, string(id))
		}
	}
	return out
}
