package store

import (
	"strconv"
	"strings"
)

// dialect is the seam between the two databases: the words that differ in the
// schema and in queries. Whole statements differ only for search.
type dialect struct {
	SQLite        bool
	Key           string // of a column that numbers its rows
	Int           string // 64 bits
	Text          string // compared byte by byte
	Blob          string
	Strict        string // after a table's columns
	ApplicationID int    // marks our files among all SQLite files
	forUpdate     string
	list          string // the elements of a JSON array of texts, to stand after IN
	numbers       string // the same of whole numbers
}

// applicationID is "Avow" in ASCII.
const applicationID = 0x41766f77

var sqlite = dialect{
	SQLite: true, Key: "INTEGER PRIMARY KEY", Int: "INTEGER", Text: "TEXT", Blob: "BLOB", Strict: " STRICT", ApplicationID: applicationID,
	list:    "(SELECT value FROM json_each(?))",
	numbers: "(SELECT value FROM json_each(?))",
}

var postgres = dialect{
	Key: "BIGINT PRIMARY KEY", Int: "BIGINT", Text: `TEXT COLLATE "C"`, Blob: "BYTEA",
	forUpdate: " FOR UPDATE",
	list:      "(SELECT value FROM json_array_elements_text(?::json))",
	numbers:   "(SELECT value::bigint FROM json_array_elements_text(?::json))",
}

// in writes a list parameter: in("$2") can stand after IN and takes a JSON array of texts.
func (d dialect) in(parameter string) string { return strings.Replace(d.list, "?", parameter, 1) }

// inNumbers is in for whole numbers.
func (d dialect) inNumbers(parameter string) string {
	return strings.Replace(d.numbers, "?", parameter, 1)
}

// searchQuery returns the statement that gives all hits as one row, and the
// query in the database's own search language.
func (d dialect) searchQuery(words [][]string, titleOnly bool) (statement, query string) {
	if d.SQLite {
		query = combine(words, `"`, " OR ", " AND ")
		if titleOnly {
			query = "{title} : (" + query + ")"
		}
		return "SELECT group_concat(rowid, ' ') FROM search WHERE search MATCH $1", query
	}
	// These are the expressions of the schema's indexes.
	vector := "array_to_tsvector(string_to_array(btrim(title || ' ' || body), ' '))"
	if titleOnly {
		vector = "array_to_tsvector(string_to_array(title, ' '))"
	}
	return "SELECT string_agg(rowid::text, ' ') FROM search WHERE " + vector + " @@ $1::tsquery",
		combine(words, `'`, " | ", " & ")
}

// combine writes ("a" OR "b") AND ("c"). The tokens hold letters, digits and
// marks only (see clean), so none can end its quotation.
func combine(words [][]string, quote, or, and string) string {
	groups := make([]string, len(words))
	for i, variants := range words {
		groups[i] = "(" + quote + strings.Join(variants, quote+or+quote) + quote + ")"
	}
	return strings.Join(groups, and)
}

// parameter writes the nth parameter of a statement that uses each once and in
// order. SQLite looks names such as $1 up one by one, which takes its time when
// a statement has hundreds.
func (d dialect) parameter(n int) string {
	if d.SQLite {
		return "?"
	}
	return "$" + strconv.Itoa(n)
}
