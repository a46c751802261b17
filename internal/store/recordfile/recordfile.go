// Package recordfile keeps what must live outside the database, in DIR/record:
// the key that signs checkpoints and the newest signed checkpoint. Without them
// nobody could tell that an older copy of the database was put in its place.
//
// It is not for the record itself (store, ledger).
//
// Invariants: a file is replaced as a whole or not at all; a process does not put
// a smaller checkpoint in the place of a larger one that it sees (of two that
// write at the very same moment either may stay, see Write); the private key is
// readable by its owner alone.
package recordfile

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
	"avow/internal/ledger"
)

// Message keys for people; the argument "Place" is the folder.
const (
	KeyUnwritable   = "record.unwritable"    // kind Unavailable: the folder cannot be written
	KeyNoKey        = "record.no_key"        // kind Unavailable: the folder has a checkpoint but no key
	KeyNoCheckpoint = "record.no_checkpoint" // kind Unavailable: the folder has a key but no checkpoint of a log with entries
	KeyDamaged      = "record.damaged"       // kind Unavailable: a file is no key, or no checkpoint signed with it
)

// Keys lists the message keys.
var Keys = []string{KeyUnwritable, KeyNoKey, KeyNoCheckpoint, KeyDamaged}

// The files of a log, after its name.
const (
	privateFile    = ".key"
	publicFile     = ".pub"
	checkpointFile = ".checkpoint"
)

// Folder is DIR/record for one log. Each log has its own files there:
// NAME.key, NAME.pub and NAME.checkpoint, where the log's origin is "avow/NAME".
// It may be used by many goroutines, and by several processes.
type Folder struct {
	dir     string
	name    string
	origin  string
	private string // "" when opened for reading
	public  string
	mu      sync.Mutex
}

// Open prepares DIR/record for the log named origin: it makes the folder, the key
// and a checkpoint of the empty log when there are none. foreign is true when
// files of other logs are there but none of this one: with an embedded database
// somebody exchanged the database file.
func Open(dir, origin string) (f *Folder, foreign bool, err error) {
	f, err = at(dir, origin)
	if err != nil {
		return nil, false, err
	}
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return nil, false, f.refuse(KeyUnwritable, err)
	}
	foreign, err = f.foreign()
	if err != nil {
		return nil, false, err
	}
	if err := f.load(); err != nil {
		return nil, false, err
	}
	if f.private != "" {
		return f, foreign, nil
	}
	if _, err := os.Stat(f.file(checkpointFile)); err == nil {
		return nil, false, f.refuse(KeyNoKey, nil)
	}
	if err := f.create(); err != nil {
		return nil, false, err
	}
	return f, foreign, nil
}

// OpenReadOnly is Open for a look that changes nothing; without a key there is
// no checkpoint either.
func OpenReadOnly(dir, origin string) (f *Folder, foreign bool, err error) {
	f, err = at(dir, origin)
	if err != nil {
		return nil, false, err
	}
	if foreign, err = f.foreign(); err != nil {
		return nil, false, err
	}
	err = f.loadPublic()
	return f, foreign, err
}

func at(dir, origin string) (*Folder, error) {
	name := filepath.Base(strings.TrimPrefix(origin, "avow/"))
	if !ledger.ValidOrigin(origin) || name == "." || name == ".." || "avow/"+name != origin {
		return nil, fmt.Errorf("%q names no log of this program", origin)
	}
	return &Folder{dir: filepath.Join(dir, "record"), name: name, origin: origin}, nil
}

// Dir returns the folder.
func (f *Folder) Dir() string { return f.dir }

// PublicKey returns the verifier key in the text form of sumdb/note, "" when
// there is none yet.
func (f *Folder) PublicKey() string { return f.public }

func (f *Folder) file(kind string) string { return filepath.Join(f.dir, f.name+kind) }

func (f *Folder) refuse(key string, cause error) error {
	return &civic.Error{Kind: civic.Unavailable, Key: key, Args: map[string]any{"Place": f.dir}, Cause: cause}
}

// foreign looks for files of other logs where this one has no checkpoint.
func (f *Folder) foreign() (bool, error) {
	if _, err := os.Stat(f.file(checkpointFile)); err == nil {
		return false, nil
	}
	for _, kind := range []string{checkpointFile, privateFile, publicFile} {
		there, err := filepath.Glob(filepath.Join(f.dir, "*"+kind))
		if err != nil {
			return false, fmt.Errorf("look for files of other logs: %w", err)
		}
		if slices.ContainsFunc(there, func(path string) bool { return filepath.Base(path) != f.name+kind }) {
			return true, nil
		}
	}
	return false, nil
}

// load reads the key when it exists, and makes sure that its public half lies
// beside it.
func (f *Folder) load() error {
	private, err := os.ReadFile(f.file(privateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return f.refuse(KeyUnwritable, err)
	}
	public, err := ledger.PublicKey(string(private))
	if err != nil {
		return f.refuse(KeyDamaged, err)
	}
	f.private, f.public = strings.TrimSpace(string(private)), public
	if on, err := os.ReadFile(f.file(publicFile)); err == nil && strings.TrimSpace(string(on)) == public {
		return nil
	}
	if err := replace(f.file(publicFile), []byte(public+"\n"), 0o644); err != nil {
		return f.refuse(KeyUnwritable, err)
	}
	return nil
}

func (f *Folder) loadPublic() error {
	public, err := os.ReadFile(f.file(publicFile))
	if errors.Is(err, fs.ErrNotExist) {
		private, err := os.ReadFile(f.file(privateFile))
		if err != nil {
			return nil // nobody's, or nobody else's: the checkpoint cannot be read
		}
		if f.public, err = ledger.PublicKey(string(private)); err != nil {
			return f.refuse(KeyDamaged, err)
		}
		return nil
	}
	if err != nil {
		return f.refuse(KeyUnwritable, err)
	}
	f.public = strings.TrimSpace(string(public))
	return nil
}

// create makes the key and the first checkpoint. When another process does the
// same, the key of the one that comes first stays.
func (f *Folder) create() error {
	private, _, err := ledger.GenerateKey(rand.Reader, f.origin)
	if err != nil {
		return fmt.Errorf("make a signing key: %w", err)
	}
	if err := place(f.file(privateFile), []byte(private+"\n"), 0o600, keep); err != nil && !errors.Is(err, fs.ErrExist) {
		return f.refuse(KeyUnwritable, err)
	}
	if err := f.load(); err != nil {
		return err
	}
	signed, err := ledger.Sign(ledger.Checkpoint{Origin: f.origin, Root: ledger.EmptyRoot}, f.private)
	if err != nil {
		return err
	}
	err = place(f.file(checkpointFile), signed, 0o644, keep)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return f.refuse(KeyUnwritable, err)
	}
	return nil
}

// Checkpoint returns the newest checkpoint, or nil when there is none. A file
// that is not signed with the log's key is an error (KeyDamaged).
func (f *Folder) Checkpoint() (*ledger.Checkpoint, error) {
	signed, err := f.Signed()
	if err != nil || signed == nil {
		return nil, err
	}
	c, err := ledger.OpenCheckpoint(signed, f.public)
	if err != nil {
		return nil, f.refuse(KeyDamaged, err)
	}
	return &c, nil
}

// Unguarded refuses a log that has entries and a key but no checkpoint
// (KeyNoCheckpoint): the first one was made together with the key, so somebody
// took it away. Without any file of the log there is nothing to compare with,
// which is no error: it may be a copy of the database alone.
func (f *Folder) Unguarded(entries int64) error {
	if entries == 0 {
		return nil
	}
	for _, kind := range []string{privateFile, publicFile} {
		if _, err := os.Stat(f.file(kind)); err == nil {
			return f.refuse(KeyNoCheckpoint, nil)
		}
	}
	return nil
}

// Signed returns the newest checkpoint as a signed note, or nil when there is none.
func (f *Folder) Signed() ([]byte, error) {
	signed, err := os.ReadFile(f.file(checkpointFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, f.refuse(KeyUnwritable, err)
	}
	return bytes.Clone(signed), nil
}

// Write signs a checkpoint and puts it in the place of the former one. One that
// is not larger than the former is left out without an error. Compare the record
// with the former first (store.CheckAgainst): signing is a promise. Of two
// processes that write at the very same moment the smaller may win: both continue
// the same former one, and the next write mends that.
func (f *Folder) Write(c ledger.Checkpoint) error {
	if f.private == "" {
		return f.refuse(KeyNoKey, nil)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	former, err := f.Checkpoint()
	if err != nil {
		return err
	}
	if former != nil && c.Size <= former.Size {
		return nil
	}
	signed, err := ledger.Sign(c, f.private)
	if err != nil {
		return err
	}
	if err := replace(f.file(checkpointFile), signed, 0o644); err != nil {
		return f.refuse(KeyUnwritable, err)
	}
	return nil
}

// replace puts a file in the place of an older one.
func replace(path string, content []byte, mode fs.FileMode) error {
	return place(path, content, mode, os.Rename)
}

// place writes a file beside its place, brings it to disk and moves it there, so
// that a crash leaves all of it or nothing. How it moves decides what happens to
// a file that is there already: Rename replaces it, keep keeps it.
func place(path string, content []byte, mode fs.FileMode, move func(from, to string) error) (err error) {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		// After Rename nothing is left to remove.
		if gone := os.Remove(temporary.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}()
	if _, err = temporary.Write(content); err == nil {
		err = temporary.Chmod(mode)
	}
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err != nil {
		return err
	}
	if err = move(temporary.Name(), path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// keep moves a file to where none is yet; otherwise it returns fs.ErrExist.
func keep(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// Some file systems know no links. What is left open there is a moment.
	if _, err := os.Stat(to); err == nil {
		return fs.ErrExist
	}
	return os.Rename(from, to)
}

// syncFolder brings a rename to disk.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	// Not every system can sync a folder; those that cannot keep renames in order.
	_ = d.Sync()
	return d.Close()
}
