package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"avow/internal/civic"
)

// position is where a page of a list ended: after the row with this key, in the
// group of titles or of texts that a search found.
type position struct {
	Filter string   `json:"f"`
	Group  int      `json:"g"`
	Key    orderKey `json:"k"`
}

// MaxCursor bounds what is decoded, in bytes: longer than any cursor that we give
// out, which holds three texts of maxSortKey and a few numbers.
const MaxCursor = 2048

// encode makes the cursor of a position. It is opaque: its form may change.
func (p position) encode() string {
	raw, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// decodeCursor reads a cursor that was given out for the same filter.
func decodeCursor(cursor string, f CommitmentFilter) (position, error) {
	var p position
	bad := &civic.Error{Kind: civic.Invalid, Key: "query.cursor", Field: "cursor"}
	if len(cursor) > MaxCursor {
		return p, bad
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return p, bad
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil || d.More() || p.Filter != f.hash() || p.Group < 0 || p.Group >= groups {
		return position{}, bad
	}
	return p, nil
}

// hash tells filters apart: a cursor belongs to one.
func (f CommitmentFilter) hash() string {
	raw, err := json.Marshal(f)
	if err != nil {
		panic(err) // strings and numbers always encode
	}
	sum := sha256.Sum256(raw)
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}
