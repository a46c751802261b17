package interchange

import (
	"errors"
	"io"

	"avow/internal/civic"
)

// ReadTable opens a CSV or XLSX file, told apart by content.
func ReadTable(in Input, opt TableOptions) (*Table, error) { return nil, errors.New("not yet") }

// NewCSVWriter writes RFC 4180 in UTF-8 with CRLF.
func NewCSVWriter(w io.Writer) TableWriter { return nil }

// NewXLSXWriter writes one sheet of text cells.
func NewXLSXWriter(w io.Writer, sheet string) (TableWriter, error) { return nil, errors.New("not yet") }

// ParseOGP reads one of the three editions of OGP's table, told apart by header.
func ParseOGP(in Input) (Parsed, error) { return Parsed{}, errors.New("not yet") }

// FullRow is the row of an edition: Compose overlaid with the Source's cells.
func FullRow(ed civic.Edition, c civic.Commitment) []string { return nil }

// Compose makes the cells of an edition's row out of the commitment's own fields alone.
func Compose(ed civic.Edition, c civic.Commitment) []string { return nil }

// Pack compares row with Compose and returns the commitment's Source with the
// cells that the fields alone would not give back (Row and Key kept from c's Source of this edition).
func Pack(ed civic.Edition, c civic.Commitment, row []string) civic.Source { return civic.Source{} }

// Repack returns after with the overrides of its older editions recomputed so
// that shared fields (title, text, dates, institutions…) that changed between
// before and after leave those editions' rows as they were. The row of the
// newest edition follows the change, and so do cells of ratings and tags.
func Repack(before, after civic.Commitment) civic.Commitment { return after }

// Editions lists the three editions, oldest first.
func Editions() []civic.Edition { return []civic.Edition{OGP2015, OGP2017, OGP2024} }

// The published states of OGP's table of commitments.
const (
	OGP2015 civic.Edition = "ogp-2015"
	OGP2017 civic.Edition = "ogp-2017"
	OGP2024 civic.Edition = "ogp-2024"
)

// HeaderRows returns the header lines of an edition.
func HeaderRows(ed civic.Edition) [][]string { return nil }

// WriteOGP writes the header rows of an edition and a row for each commitment
// that has a Source of it.
func WriteOGP(ed civic.Edition, w TableWriter, each func(yield func(civic.Commitment) error) error) error {
	return errors.New("not yet")
}
