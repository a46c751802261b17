package store

import (
	"context"
	"errors"

	"avow/internal/civic"
	"avow/internal/ledger"
)

var errNotYet = errors.New("not built yet")

type dialect struct{}

// Prepared is a subject made ready to be written: its canonical bytes and
// everything that is derived from them.
type Prepared struct {
	kind civic.Kind
	id   string
	body []byte
}

func (p Prepared) Kind() civic.Kind { return p.kind }
func (p Prepared) ID() string       { return p.id }
func (p Prepared) Body() []byte     { return p.body }

// Prepare does the work on a subject that needs no database: encoding, folding,
// search tokens. It may run in many goroutines, before the write door is opened.
func Prepare(sub civic.Subject) (Prepared, error) { return Prepared{}, errNotYet }

// ErrNothing is what a change returns when it found nothing to do: Write rolls
// back and returns nil.
var ErrNothing = errors.New("nothing to change")

// ErrNothingLogged is what Write returns when a change ended without an error
// and without an entry in the record: it was rolled back.
var ErrNothingLogged = errors.New("change without an entry in the record")

// Tx is an open write transaction.
type Tx struct{}

// Write opens the one door for writes to the record.
func (s *Store) Write(ctx context.Context, fn func(tx *Tx) error) error { return errNotYet }

// Entry says when, by whom and how a subject changed.
type Entry struct {
	At      int64 // microseconds since 1970 UTC
	Actor   civic.Actor
	Verb    string
	Edition civic.Edition // of the source, may be empty
}

// Size returns the number of the record's entries, those of this transaction included.
func (tx *Tx) Size() int64 { return 0 }

// Put logs a new version of a subject and returns its entry.
func (tx *Tx) Put(p Prepared, e Entry) (int64, error) { return 0, errNotYet }

// PutContacts replaces the contact columns of an edition.
func (tx *Tx) PutContacts(id civic.CommitmentID, ed civic.Edition, cells []civic.Cell) error {
	return errNotYet
}

// Newest returns the newest version of a subject, as this transaction sees it.
func (tx *Tx) Newest(kind civic.Kind, id string) (Version, error) { return Version{}, errNotYet }

// Head is the state of the record.
type Head struct {
	Origin string // the log's name
	Size   int64
	Root   [32]byte
	Newest int64 // time of the last entry in microseconds, 0 when there is none
}

// Version is one state of a subject, as the record holds it.
type Version struct {
	Entry   int64
	Kind    civic.Kind
	ID      string
	Number  int // from 1
	At      int64
	Actor   civic.Actor
	Verb    string
	Edition civic.Edition
	Body    []byte // canonical JSON, nil when erased
	Salt    []byte
	Erased  bool
}

func (s *Store) Head(ctx context.Context) (Head, error) { return Head{}, errNotYet }

func (s *Store) Newest(ctx context.Context, kind civic.Kind, id string) (Version, error) {
	return Version{}, errNotYet
}

func (s *Store) NewestOf(ctx context.Context, kind civic.Kind, ids []string) (map[string]Version, error) {
	return nil, errNotYet
}

func (s *Store) Versions(ctx context.Context, kind civic.Kind, id string) ([]Version, error) {
	return nil, errNotYet
}

func (s *Store) EachNewest(ctx context.Context, kind civic.Kind, fn func(Version) error) error {
	return errNotYet
}

// EachChanged is EachNewest for subjects with an entry above since (-1: all).
func (s *Store) EachChanged(ctx context.Context, kind civic.Kind, since int64, fn func(Version) error) error {
	return errNotYet
}

func (s *Store) FindCommitment(ctx context.Context, ref string) (civic.CommitmentID, error) {
	return "", errNotYet
}

func (s *Store) FindMember(ctx context.Context, ref string) (civic.MemberID, error) {
	return "", errNotYet
}

func (s *Store) FindPlan(ctx context.Context, ref string) (civic.PlanID, error) {
	return "", errNotYet
}

// FacetRow is what lists, filters and counts need of a commitment. Every value
// is derived from the commitment alone.
type FacetRow struct {
	ID         civic.CommitmentID
	Ord        int64 // entry of the first version: order of creation, and what Search returns
	Entry      int64 // entry of the newest version
	OGPID      string
	Member     civic.MemberID
	Plans      []civic.PlanID
	Numbers    []string // in the plan of the same index, may be ""
	Year       int      // of submission, 0 when not known
	Completion string   // value, or kind of missing, of the latest assessment; "" when never assessed
	Lang       string   // of the title's original
	Title      string   // original
	TitleKey   string   // folded, for sorting
	Tags       []string // slugs of every edition's tags that are answered with yes, sorted
	Milestones int      // indicators not counted
	Demo       bool
}

// Facets streams the commitments with an entry above since (-1: all), in the order of Entry.
func (s *Store) Facets(ctx context.Context, since int64, fn func(FacetRow) error) error {
	return errNotYet
}

// Search returns the Ord of every commitment that holds, for each word, one of its variants; ascending.
func (s *Store) Search(ctx context.Context, words [][]string, titleOnly bool) ([]int64, error) {
	return nil, errNotYet
}

func (s *Store) CommitmentsOfPlans(ctx context.Context, plans []civic.PlanID) ([]civic.CommitmentID, error) {
	return nil, errNotYet
}

func (s *Store) IDsByOGP(ctx context.Context, ogpIDs []string) (map[string]civic.CommitmentID, error) {
	return nil, errNotYet
}

// VerifyOptions says what to compare the record with.
type VerifyOptions struct {
	Checkpoint *ledger.Checkpoint      // kept outside the database; nil when there is none
	Progress   func(done, total int64) // called now and then, from one goroutine; may be nil
}

// Problem is something in the database that does not fit the record.
type Problem struct {
	Entry   int64  // the entry it belongs to, -1 when it belongs to none
	Kind    string // of the subject
	Subject string // its ID
	Table   string
	Column  string
	Key     string         // message key: "verify.…"
	Args    map[string]any // words for the message
}

// Report is what Verify found. The record fits when Problems is empty.
type Report struct {
	Origin   string
	Entries  int64
	Root     [32]byte  // recomputed from the leaves
	Problems []Problem // by entry; at most 100
	More     int       // problems beyond these
}

// OK reports whether everything fits.
func (r Report) OK() bool { return len(r.Problems) == 0 }

// Verify recomputes everything.
func (s *Store) Verify(ctx context.Context, o VerifyOptions) (Report, error) {
	return Report{}, errNotYet
}

// CheckAgainst refuses a record that is smaller than the checkpoint or different from it.
func (s *Store) CheckAgainst(ctx context.Context, c ledger.Checkpoint) error { return errNotYet }

// Inclusion proves that an entry is in the record's first size entries.
func (s *Store) Inclusion(ctx context.Context, entry, size int64) (ledger.Inclusion, error) {
	return ledger.Inclusion{}, errNotYet
}
