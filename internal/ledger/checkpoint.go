package ledger

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// EmptyRoot is the root of a log without entries.
var EmptyRoot = TreeHash(sha256.Sum256(nil))

// Checkpoint says how large a log is and what its root is.
type Checkpoint struct {
	Origin string // the log's name: no white space and no "+"
	Size   int64
	Root   TreeHash
}

// Text returns the checkpoint's body as C2SP tlog-checkpoint has it: origin,
// size and base64 root, one a line.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
}

// ParseCheckpoint reads a checkpoint's body. Lines after the third are
// extensions, which it ignores.
func ParseCheckpoint(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(text) > 1<<16 || len(lines) < 4 || lines[len(lines)-1] != "" {
		return Checkpoint{}, fmt.Errorf("checkpoint has no three lines")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return Checkpoint{}, fmt.Errorf("checkpoint size %q is no number", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != len(TreeHash{}) {
		return Checkpoint{}, fmt.Errorf("checkpoint root %q is no base64 of 32 bytes", lines[2])
	}
	if !ValidOrigin(lines[0]) {
		return Checkpoint{}, fmt.Errorf("checkpoint origin %q cannot name a log", lines[0])
	}
	return Checkpoint{Origin: lines[0], Size: size, Root: TreeHash(root)}, nil
}

// ValidOrigin reports whether s can name a log and its key.
func ValidOrigin(s string) bool {
	return plain(s, false) && !strings.ContainsAny(s, "+ \u00a0")
}

// GenerateKey makes an Ed25519 key pair named like the log, in the text form of
// golang.org/x/mod/sumdb/note: private first, public second.
func GenerateKey(random io.Reader, origin string) (private, public string, err error) {
	if !ValidOrigin(origin) {
		return "", "", fmt.Errorf("%q cannot name a log", origin)
	}
	return note.GenerateKey(random, origin)
}

// PublicKey returns the public key that belongs to a private one.
func PublicKey(private string) (string, error) {
	private = strings.TrimSpace(private)
	signer, err := note.NewSigner(private)
	if err != nil {
		return "", fmt.Errorf("read signing key: %w", err)
	}
	parts := strings.SplitN(private, "+", 5) // PRIVATE+KEY+name+hash+base64, which may hold a "+" itself
	raw, err := base64.StdEncoding.DecodeString(parts[len(parts)-1])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return "", fmt.Errorf("read signing key: it is no Ed25519 key")
	}
	return note.NewEd25519VerifierKey(signer.Name(), ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey))
}

// Sign returns the checkpoint as a note signed with the private key.
func Sign(c Checkpoint, private string) ([]byte, error) {
	signer, err := note.NewSigner(strings.TrimSpace(private))
	if err != nil {
		return nil, fmt.Errorf("read signing key: %w", err)
	}
	if signer.Name() != c.Origin {
		return nil, fmt.Errorf("signing key is of log %s, not %s", signer.Name(), c.Origin)
	}
	signed, err := note.Sign(&note.Note{Text: c.Text()}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign checkpoint: %w", err)
	}
	return signed, nil
}

// OpenCheckpoint reads a signed checkpoint and checks its signature with the public key.
func OpenCheckpoint(signed []byte, public string) (Checkpoint, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read public key: %w", err)
	}
	n, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("open checkpoint: %w", err)
	}
	c, err := ParseCheckpoint(n.Text)
	if err != nil {
		return Checkpoint{}, err
	}
	if c.Origin != verifier.Name() {
		return Checkpoint{}, fmt.Errorf("checkpoint of log %s is signed by %s", c.Origin, verifier.Name())
	}
	return c, nil
}
