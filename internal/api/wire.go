package api

import (
	"time"

	"avow/internal/civic"

	"github.com/danielgtaylor/huma/v2"
)

// Missing says why a value is not there; on the wire it is null when the value is.
type Missing struct {
	Kind string `json:"kind"`
	Code string `json:"code"`
}

// Schema describes an object that may be null, which huma's references cannot say.
func (Missing) Schema(huma.Registry) *huma.Schema {
	kinds := make([]any, len(civic.MissingKinds))
	for i, k := range civic.MissingKinds {
		kinds[i] = string(k)
	}
	s := &huma.Schema{
		Type: huma.TypeObject, Nullable: true, AdditionalProperties: false,
		Description: "Why the value is not there, and the source's own code or words for it; null when the value is there.",
		Required:    []string{"kind", "code"},
		Properties: map[string]*huma.Schema{
			"kind": {Type: huma.TypeString, Enum: kinds},
			"code": {Type: huma.TypeString, Examples: []any{"NR"}},
		},
	}
	s.PrecomputeMessages()
	return s
}

func missing(m *civic.Missing) *Missing {
	if m == nil || !m.Is() {
		return nil
	}
	return &Missing{string(m.Kind), m.Code}
}

// Date is a civil date: what could be told, what the source wrote, why it is missing.
type Date struct {
	Date    *string  `json:"date" doc:"YYYY, YYYY-MM or YYYY-MM-DD, as exact as the source; null when it is missing or cannot be decided"`
	Words   string   `json:"words" doc:"What the source wrote, when that is more than the date"`
	Missing *Missing `json:"missing"`
}

func date(w civic.When) Date {
	return Date{orNull(w.Date), w.Words, missing(w.Missing)}
}

// Translation is a text in another language than its original.
type Translation struct {
	Field    string `json:"field" doc:"The field that this is a translation of" example:"title"`
	Language string `json:"language"`
	Text     string `json:"text"`
}

func translations(out []Translation, field string, t civic.Text) []Translation {
	for i, p := range t {
		if i > 0 {
			out = append(out, Translation{field, p.Lang, p.Text})
		}
	}
	return out
}

// Column is one cell of a source. Columns are a list, because known sources have
// doubled and unnamed columns.
type Column struct {
	Column string `json:"column"`
	Value  string `json:"value"`
}

func columns(cells []civic.Cell) []Column {
	out := make([]Column, len(cells))
	for i, c := range cells {
		out[i] = Column{c.Column, c.Value}
	}
	return out
}

// Count is a value and how many commitments have it.
type Count struct {
	Value string `json:"value"`
	Label string `json:"label,omitempty" doc:"A name, where the value is a code or slug"`
	Count int    `json:"count"`
}

// Page is a page of a list: the exact number of all items, and the cursor of
// the next page.
type Page[T any] struct {
	Total int     `json:"total" doc:"Exact number of items on all pages"`
	Items []T     `json:"items" nullable:"false"`
	Next  *string `json:"next" doc:"Cursor of the next page; null on the last"`
}

func page[T any](items []T) Page[T] {
	if items == nil {
		items = []T{}
	}
	return Page[T]{Total: len(items), Items: items}
}

func each[A, B any](in []A, f func(A) B) []B {
	out := make([]B, len(in))
	for i, a := range in {
		out[i] = f(a)
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func yearOrNull(y int) *int {
	if y == 0 {
		return nil
	}
	return &y
}

func instant(micros int64) string {
	return time.UnixMicro(micros).UTC().Format("2006-01-02T15:04:05.999999Z")
}

func strings0(in []string) []string {
	if in == nil {
		return []string{}
	}
	return in
}
