// Package recordfile keeps what must live outside the database, in DIR/record:
// the key that signs checkpoints and the newest signed checkpoint. Without them
// nobody could tell that an older copy of the database was put in its place.
//
// It is not for the record itself (store, ledger).
//
// Invariants: a file is replaced as a whole or not at all; a checkpoint never
// goes back; the private key is readable by its owner alone.
package recordfile

import (
	"errors"

	"avow/internal/ledger"
)

var errNotYet = errors.New("not built yet")

// Folder is DIR/record for one log. Each log has its own files there.
type Folder struct {
	dir    string
	origin string
}

// Open prepares the folder for the log named origin: it makes the folder and the
// key when they do not exist. foreign is true when checkpoints of other logs
// are there but none of this one: with an embedded database that means that the
// database file was exchanged.
func Open(dir, origin string) (f *Folder, foreign bool, err error) { return nil, false, errNotYet }

// OpenReadOnly is Open for a look that changes nothing.
func OpenReadOnly(dir, origin string) (f *Folder, foreign bool, err error) {
	return nil, false, errNotYet
}

// PublicKey returns the verifier key in the text form of sumdb/note.
func (f *Folder) PublicKey() string { return "" }

// Checkpoint returns the newest checkpoint, or nil when none was written yet.
func (f *Folder) Checkpoint() (*ledger.Checkpoint, error) { return nil, errNotYet }

// Signed returns the newest checkpoint as a signed note.
func (f *Folder) Signed() ([]byte, error) { return nil, errNotYet }

// Write signs a checkpoint and puts it in the place of the former one. A
// checkpoint that is not larger is left out without an error.
func (f *Folder) Write(c ledger.Checkpoint) error { return errNotYet }
