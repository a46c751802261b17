package app

import (
	"context"
	"errors"
	"io"

	"avow/internal/civic"
)

// MaxFile is how large a file may be (bytes).
const MaxFile = 10 << 20

// KeptFile is a file with its content.
type KeptFile struct {
	civic.File
	Content []byte
}

var errNotYet = errors.New("not built yet")

// KeepFile takes a file in, before the subject that refers to it: one that no
// subject refers to is swept after a day. Name gives the kind that the content is
// held against. Too large is TooLarge; a kind that is not allowed is Invalid.
func (a *App) KeepFile(ctx context.Context, who civic.Caller, name string, content io.Reader) (civic.File, error) {
	return civic.File{}, errNotYet
}

// File returns a file that something public refers to, with the names under which
// it is known; else NotFound.
func (a *App) File(ctx context.Context, sha256 string) (KeptFile, []string, error) {
	return KeptFile{}, nil, errNotYet
}

// SweepFiles deletes the files that nothing has referred to for a day, and returns how many.
func (a *App) SweepFiles(ctx context.Context) (int64, error) { return 0, errNotYet }

// keptFile holds a reference to a file against what is kept: its type and size
// are those of the content, its name is safe, and it is not swept for another day.
func (a *App) keptFile(ctx context.Context, f civic.File) (civic.File, error) { return f, errNotYet }
