package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// MaxFile is how large a file may be (bytes).
const MaxFile = 10 << 20

// unreferenced is how long a file waits for the subject that refers to it.
const unreferenced = 24 * time.Hour

// KeptFile is a file with its content and the names that public subjects give it.
type KeptFile struct {
	civic.File
	Names   []string // the first is that of File
	Content []byte
}

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// KeepFile takes a file in, before the subject that refers to it: one that no
// subject refers to is swept after a day. Who keeps a repository or reports may.
// Too large is TooLarge; a kind that is not allowed, or content of another kind
// than the name says, is Invalid at the field "file". What is written inside a
// picture or an office file about its author and place stays in it.
func (a *App) KeepFile(ctx context.Context, who civic.Caller, name string, content io.Reader) (civic.File, error) {
	if err := who.AskAnywhere(civic.MayKeepFiles); err != nil {
		if who.AskAnywhere(civic.MayReport) != nil {
			return civic.File{}, err
		}
	}
	name = civic.CleanFileName(name)
	if _, ok := civic.KindOfFile(name); !ok { // before anything is read
		_, err := civic.CheckFile(name, nil)
		return civic.File{}, err
	}
	hash, kept := sha256.New(), bytes.Buffer{}
	size, err := io.Copy(io.MultiWriter(hash, &kept), io.LimitReader(content, MaxFile+1))
	if err != nil {
		return civic.File{}, err
	}
	if size > MaxFile {
		return civic.File{}, &civic.Error{Kind: civic.TooLarge, Key: "file.too_large", Field: "file", Args: map[string]any{"Name": name, "Most": MaxFile >> 20}}
	}
	kind, err := civic.CheckFile(name, kept.Bytes())
	if err != nil {
		return civic.File{}, err
	}
	f := civic.File{SHA256: hex.EncodeToString(hash.Sum(nil)), Name: name, Type: kind.Type, Size: size}
	return f, a.store.House(ctx, func(h *store.House) error { return h.KeepFile(f, kept.Bytes(), a.now().UnixMicro()) })
}

// File returns a file that a public subject offers: a document that was not
// withdrawn, or a report. Any other is NotFound, whether it is here or not.
func (a *App) File(ctx context.Context, hash string) (KeptFile, error) {
	if !hashForm.MatchString(hash) {
		return KeptFile{}, noFile(hash)
	}
	offered, err := a.offered(ctx, hash)
	if err != nil {
		return KeptFile{}, err
	}
	if len(offered) == 0 {
		return KeptFile{}, noFile(hash)
	}
	known, err := a.store.File(ctx, hash) // size and type are those of the content, whatever a subject says
	if err != nil {
		return KeptFile{}, err
	}
	out := KeptFile{File: known}
	for _, f := range offered {
		if name := civic.CleanFileName(f.Name); sameKind(name, known.Type) != "" && !slices.Contains(out.Names, name) {
			out.Names = append(out.Names, name)
		}
	}
	if len(out.Names) == 0 {
		return KeptFile{}, noFile(hash)
	}
	out.Name, out.Type = out.Names[0], sameKind(out.Names[0], known.Type)
	out.Content, err = a.store.FileContent(ctx, hash)
	return out, err
}

// offered are the names and kinds under which public subjects offer a file.
func (a *App) offered(ctx context.Context, hash string) (out []civic.File, err error) {
	documents, err := belonging[civic.Document](ctx, a, civic.KindDocument, civic.OfFile, hash)
	if err != nil {
		return nil, err
	}
	reports, err := belonging[civic.Report](ctx, a, civic.KindReport, civic.OfFile, hash)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		if d.File != nil && d.Withdrawn == "" {
			out = append(out, *d.File)
		}
	}
	for _, r := range reports {
		for _, e := range r.Evidence {
			if e.File != nil && e.File.SHA256 == hash {
				out = append(out, *e.File)
			}
		}
	}
	return out, nil
}

func noFile(hash string) error {
	return &civic.Error{Kind: civic.NotFound, Key: store.KeyNoFile, Args: map[string]any{"Ref": hash}}
}

// SweepFiles deletes the files that nothing has referred to for a day, and returns how many.
func (a *App) SweepFiles(ctx context.Context) (swept int64, err error) {
	err = a.store.House(ctx, func(h *store.House) error {
		swept, err = h.SweepFiles(a.now().Add(-unreferenced).UnixMicro())
		return err
	})
	return swept, err
}

// keptFile holds a reference to a file against what is kept: size and type are
// those of the content, the name is safe and of that type, and the file is not
// swept for another day. One that was withdrawn everywhere does not come back by
// its hash alone: it has to be sent again. It must not run inside the door of the record.
func (a *App) keptFile(ctx context.Context, f civic.File) (civic.File, error) {
	missing := &civic.Error{Kind: civic.Invalid, Key: "file.gone", Field: "file", Args: map[string]any{"Name": f.Name}}
	if !hashForm.MatchString(f.SHA256) {
		return f, missing
	}
	offered, err := a.offered(ctx, f.SHA256)
	if err != nil {
		return f, err
	}
	now, since := a.now(), int64(0)
	if len(offered) == 0 {
		since = now.Add(-unreferenced).UnixMicro()
	}
	there := false
	err = a.store.House(ctx, func(h *store.House) (err error) {
		there, err = h.TouchFile(f.SHA256, since, now.UnixMicro())
		return err
	})
	if err != nil {
		return f, err
	}
	if !there {
		return f, missing
	}
	known, err := a.store.File(ctx, f.SHA256)
	if err != nil {
		return f, err
	}
	known.Name = civic.CleanFileName(f.Name)
	if known.Type = sameKind(known.Name, known.Type); known.Type == "" {
		kind, _ := civic.KindOfFile(known.Name)
		return f, &civic.Error{Kind: civic.Invalid, Key: "file.content", Field: "file", Args: map[string]any{"Name": known.Name, "Ending": kind.Ending}}
	}
	return known, nil
}

// sameKind returns the type that a file's name says when content of a type may
// bear it, else "". One content may be a table once and a text another time.
func sameKind(name, of string) string {
	kind, ok := civic.KindOfFile(name)
	if ok && (kind.Type == of || strings.HasPrefix(kind.Type, "text/") && strings.HasPrefix(of, "text/")) {
		return kind.Type
	}
	return ""
}
