package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// LeafFormat is the version of the leaf's bytes that this program writes.
const LeafFormat = 1

// SaltSize is the length of a commitment's salt in bytes.
const SaltSize = 32

// MaxLeaf is the length in bytes above which a leaf is refused.
const MaxLeaf = 4096

// Hash is a SHA-256 value: a salted commitment.
type Hash [sha256.Size]byte

// Leaf is one entry of the record: which subject changed, as which version of
// it, when, by whom and how, and a commitment to the version's text.
//
// Its bytes are one JSON object without white space, with the keys in the order
// v, kind, id, number, at, actor, verb, edition, commit; at is in microseconds
// since 1970 UTC, commit is standard base64 with padding, and an empty edition
// is left out. Names hold no control character, quotation mark or backslash, so
// nothing in them is ever escaped.
type Leaf struct {
	Kind    string
	ID      string
	Number  int // of the subject's version, from 1
	At      int64
	Actor   string
	Verb    string
	Edition string // of the source; may be empty
	Commit  Hash
}

// wire is a leaf as JSON.
type wire struct {
	V       int    `json:"v"`
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Number  int    `json:"number"`
	At      int64  `json:"at"`
	Actor   string `json:"actor"`
	Verb    string `json:"verb"`
	Edition string `json:"edition,omitempty"`
	Commit  string `json:"commit"`
}

// Encode returns the leaf's bytes, or says which field cannot be part of a leaf.
func (l Leaf) Encode() ([]byte, error) {
	for _, f := range []struct {
		name, value string
		empty       bool
	}{
		{"kind", l.Kind, false}, {"id", l.ID, false}, {"actor", l.Actor, false}, {"verb", l.Verb, false}, {"edition", l.Edition, true},
	} {
		if !plain(f.value, f.empty) {
			return nil, fmt.Errorf("leaf field %s: %q cannot be written", f.name, f.value)
		}
	}
	if l.Number < 1 {
		return nil, fmt.Errorf("leaf field number: %d is below 1", l.Number)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(wire{LeafFormat, l.Kind, l.ID, l.Number, l.At, l.Actor, l.Verb, l.Edition, base64.StdEncoding.EncodeToString(l.Commit[:])})
	if err != nil {
		return nil, fmt.Errorf("encode leaf: %w", err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// plain reports whether a name needs no escaping in JSON.
func plain(s string, mayBeEmpty bool) bool {
	if s == "" {
		return mayBeEmpty
	}
	if len(s) > 256 || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r == '"' || r == '\\' || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// DecodeLeaf reads a leaf. It accepts only the bytes that Encode would write.
func DecodeLeaf(b []byte) (Leaf, error) {
	if len(b) > MaxLeaf {
		return Leaf{}, fmt.Errorf("leaf of %d bytes is longer than %d", len(b), MaxLeaf)
	}
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return Leaf{}, fmt.Errorf("decode leaf: %w", err)
	}
	if w.V != LeafFormat {
		return Leaf{}, fmt.Errorf("leaf has format %d, known is %d", w.V, LeafFormat)
	}
	commit, err := base64.StdEncoding.DecodeString(w.Commit)
	if err != nil || len(commit) != sha256.Size {
		return Leaf{}, fmt.Errorf("leaf field commit: %q is no base64 of %d bytes", w.Commit, sha256.Size)
	}
	l := Leaf{Kind: w.Kind, ID: w.ID, Number: w.Number, At: w.At, Actor: w.Actor, Verb: w.Verb, Edition: w.Edition, Commit: Hash(commit)}
	again, err := l.Encode()
	if err != nil {
		return Leaf{}, err
	}
	if !bytes.Equal(again, b) {
		return Leaf{}, fmt.Errorf("leaf is not in canonical form")
	}
	return l, nil
}

// Commit commits to body: HMAC-SHA256 with the salt as its key. Without salt and
// body nothing about the body can be learnt from it.
func Commit(salt, body []byte) Hash {
	m := hmac.New(sha256.New, salt)
	m.Write(body)
	return Hash(m.Sum(nil))
}
