package interchange

import (
	"errors"
	"strings"

	"avow/internal/civic"
)

// Formats lists the import formats by the names people use.
var Formats = []string{"ogp", "canada-nap", "canada-progress", "us-nap", "jsonl", "table"}

// Parse reads a file of the named format; mapping is for format table alone. The
// error is a *civic.Error when the file as a whole cannot be taken; single
// records that cannot are in Parsed.Refused.
func Parse(format string, in Input, mapping []byte) (Parsed, error) {
	p, err := parse(format, in, mapping)
	shorten(&p)
	var told *civic.Error
	if errors.As(err, &told) {
		shortenArgs(told.Args, maxListed)
	}
	return p, err
}

func parse(format string, in Input, mapping []byte) (Parsed, error) {
	switch format {
	case "ogp":
		return ParseOGP(in)
	case "canada-nap":
		return ParseCanada(in)
	case "canada-progress":
		return ParseCanadaProgress(in)
	case "us-nap":
		return ParseUS(in)
	case "jsonl":
		return ParseJSONL(in)
	case "table":
		return ParseMapped(in, mapping)
	}
	return Parsed{}, &civic.Error{Kind: civic.Invalid, Key: "import.unknown_format", Args: map[string]any{
		"format": format, "formats": strings.Join(Formats, ", "),
	}}
}

// editionYears orders OGP's editions.
var editionYears = map[civic.Edition]int{"ogp-2015": 2015, "ogp-2017": 2017, "ogp-2024": 2024}

// EditionRank orders editions by what is newer: the year of OGP's tables. A
// tracker or table of one's own stands above them, so its words win; what was
// written for demonstration stands below everything.
func EditionRank(e civic.Edition) int {
	if year, ok := editionYears[e]; ok {
		return year
	}
	if e == "demo" || strings.HasPrefix(string(e), "ogp-site") {
		return 0
	}
	return 9999
}

// Succeeds reports whether later is a later state of the base that earlier is a
// state of: an edition of the same series, or the same one read again.
func Succeeds(later, earlier civic.Edition) bool {
	if later == earlier {
		return true
	}
	a, b := editionYears[later], editionYears[earlier]
	return a != 0 && b != 0 && a > b
}
