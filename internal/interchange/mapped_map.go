package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/review"
)

// mapFile is the name that errors give to the mapping.
const mapFile = "--map"

// tableMap is a mapping file: what the columns of somebody's own table mean. The
// documentation with two worked examples is in docs/formats.
type tableMap struct {
	Format        string                       `json:"format"`         // "avow-map"
	Version       int                          `json:"version"`        // 1
	Name          string                       `json:"name"`           // the edition is "table-" and this name
	Sheet         string                       `json:"sheet"`          // of an XLSX; the first when empty
	HeaderLine    int                          `json:"header_line"`    // which line names the columns; 1 when left out
	Language      string                       `json:"language"`       // of the texts, unless a column says; detected when left out
	ListSeparator string                       `json:"list_separator"` // between several institutions in a cell; ";" when left out
	DateOrder     string                       `json:"date_order"`     // of dates that do not begin with the year
	Missing       map[string]civic.MissingKind `json:"missing"`        // what the table writes instead of a value
	Columns       map[string]string            `json:"columns"`        // field: column
	Constants     map[string]string            `json:"constants"`      // field: the same value for every row
	Tags          []mapTag                     `json:"tags"`
	Ratings       []mapRating                  `json:"ratings"`
	Milestones    []mapMilestone               `json:"milestones"`
	Contacts      []string                     `json:"contacts"` // columns with personal data: kept out of everything public
}

// mapTag is a column of one tag (Tag set) or a column with a list of tags (Separator set).
type mapTag struct {
	Column    string   `json:"column"`
	Tag       string   `json:"tag"`
	Yes       []string `json:"yes"` // "1" when left out
	No        []string `json:"no"`  // "0" when left out
	Separator string   `json:"separator"`
}

// mapRating is a column that holds a rating of an IRM product.
type mapRating struct {
	Column     string            `json:"column"`
	Variable   string            `json:"variable"`
	Scale      string            `json:"scale"`
	Product    civic.Product     `json:"product"`
	Year       int               `json:"year"`
	YearColumn string            `json:"year_column"`
	Values     map[string]string `json:"values"` // the table's word: the scale's value
}

// mapMilestone is a group of columns that holds one milestone in each row.
type mapMilestone struct {
	Code  string `json:"code"` // the same for every row
	Title string `json:"title"`
	Text  string `json:"text"`
	Start string `json:"start"`
	Due   string `json:"due"`
	Lead  string `json:"lead"`
	URL   string `json:"url"`
}

// mapFields are the fields that columns and constants can give. A field with a
// language after a dot ("title.fr") is the text in that language.
var mapFields = []string{
	"member", "member_code", "region", "regime", "plan", "plan_id", "plan_title", "plan_start", "plan_end", "submitted",
	"number", "ogp_id", "key", "title", "short_title", "text", "theme", "language", "start", "end", "lead", "supporting", "url",
}

var (
	mapTexts   = []string{"plan_title", "title", "short_title", "text", "theme"}
	mapNeeded  = []string{"member", "plan", "title"}
	dateOrders = []string{"", "year-month-day", "day-month-year", "month-day-year"}
	mapName    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	unknownKey = regexp.MustCompile(`unknown field "(.*)"`)
)

// readMap reads and checks a mapping. Errors name the key and its line.
func readMap(data []byte) (tableMap, error) {
	var m tableMap
	fault := func(code, key string, args map[string]any) error {
		e := fileError(civic.Invalid, code, mapFile, args)
		e.Field = key
		e.Args["key"] = key
		e.Args["line"] = keyLine(data, key)
		return e
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return m, fileError(civic.Invalid, "map_needed", mapFile, nil)
	}
	if err := strict(data, &m); err != nil {
		if key := unknownKey.FindStringSubmatch(err.Error()); key != nil {
			return m, fault("map_key_unknown", key[1], nil)
		}
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			e := fileError(civic.Invalid, "map_value", mapFile, map[string]any{"key": kind.Field, "value": kind.Value, "line": lineAt(data, int(kind.Offset)), "known": jsonType(kind.Type)})
			return m, e
		}
		return m, jsonProblem(mapFile, data, err)
	}
	if key := keyTwice(data); key != "" {
		return m, fault("key_twice", key, nil)
	}
	if m.Format != "avow-map" || m.Version != 1 {
		return m, fault("map_value", "format", map[string]any{"value": m.Format, "known": `"format": "avow-map", "version": 1`})
	}
	if m.HeaderLine == 0 {
		m.HeaderLine = 1
	}
	if m.ListSeparator == "" {
		m.ListSeparator = ";"
	}
	return m, m.check(fault)
}

// jsonType says in JSON's words what a value of a Go type is read from.
func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return "{…}"
	case reflect.Slice:
		return "[…]"
	case reflect.Int:
		return "123"
	}
	return `"…"`
}

// check holds the values of a mapping against what is known.
func (m *tableMap) check(fault func(code, key string, args map[string]any) error) error {
	bad := func(key, value, known string) error {
		return fault("map_value", key, map[string]any{"value": value, "known": known})
	}
	switch {
	case !mapName.MatchString(m.Name) || len(m.Name) > 60:
		return bad("name", m.Name, "a-z, 0-9, -")
	case m.HeaderLine < 1 || m.HeaderLine > headerRows:
		return bad("header_line", "", "1 … 5")
	case m.Language != "" && !languageTag.MatchString(m.Language):
		return bad("language", m.Language, "BCP 47: en, fr, pt-BR")
	case !slices.Contains(dateOrders, m.DateOrder):
		return bad("date_order", m.DateOrder, strings.Join(dateOrders[1:], ", "))
	}
	for code, kind := range m.Missing {
		if !slices.Contains(civic.MissingKinds, kind) {
			return bad(code, string(kind), joined(civic.MissingKinds))
		}
	}
	for field := range m.Columns {
		if !isMapField(field) {
			return fault("map_key_unknown", field, map[string]any{"known": strings.Join(mapFields, ", ")})
		}
	}
	for field := range m.Constants {
		if _, both := m.Columns[field]; !isMapField(field) {
			return fault("map_key_unknown", field, map[string]any{"known": strings.Join(mapFields, ", ")})
		} else if both {
			return fault("key_twice", field, nil)
		}
	}
	for _, field := range mapNeeded {
		if !m.gives(field) {
			return fault("map_needs", field, nil)
		}
	}
	for _, t := range m.Tags {
		if t.Column == "" || (t.Tag == "") == (t.Separator == "") {
			return bad("tags", t.Column, `"column" and either "tag" or "separator"`)
		}
	}
	for _, r := range m.Ratings {
		scale, ok := review.ScaleByID(r.Scale)
		switch {
		case r.Column == "":
			return fault("map_needs", "ratings.column", nil)
		case !ok:
			return bad("scale", r.Scale, scaleNames())
		case !slices.Contains(review.Variables, r.Variable):
			return bad("variable", r.Variable, strings.Join(review.Variables, ", "))
		case scale.Variable != family(r.Variable):
			return bad("scale", r.Scale, scalesOf(r.Variable))
		case !slices.Contains(review.Products, r.Product):
			return bad("product", string(r.Product), joined(review.Products))
		case r.Year != 0 && (r.Year < 1900 || r.Year > 2200):
			return bad("year", "", "1900 … 2200")
		}
		for word, value := range r.Values {
			if !scale.Has(value) {
				return bad(word, value, strings.Join(scale.Values, ", "))
			}
		}
	}
	for _, s := range m.Milestones {
		if s.Title == "" {
			return fault("map_needs", "milestones.title", nil)
		}
	}
	return nil
}

// gives reports whether a column or a constant fills a field, in any language.
func (m *tableMap) gives(field string) bool {
	for _, from := range []map[string]string{m.Columns, m.Constants} {
		for key := range from {
			if base, _, _ := strings.Cut(key, "."); base == field {
				return true
			}
		}
	}
	return false
}

func isMapField(key string) bool {
	field, lang, inLanguage := strings.Cut(key, ".")
	if inLanguage {
		return slices.Contains(mapTexts, field) && languageTag.MatchString(lang)
	}
	return slices.Contains(mapFields, field)
}

func scaleNames() string {
	var names []string
	for _, s := range review.Scales {
		names = append(names, s.ID)
	}
	return strings.Join(names, ", ")
}

func scalesOf(variable string) string {
	var names []string
	for _, s := range review.Scales {
		if s.Variable == family(variable) {
			names = append(names, s.ID)
		}
	}
	return strings.Join(names, ", ")
}

func joined[T ~string](list []T) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = string(v)
	}
	return strings.Join(names, ", ")
}

// keyLine returns the line of the last part of a key ("ratings.column"), 0 when it is not there.
func keyLine(data []byte, key string) int {
	key = key[strings.LastIndexByte(key, '.')+1:]
	quoted, err := json.Marshal(key)
	if err != nil {
		return 0
	}
	for from := 0; ; {
		i := bytes.Index(data[from:], quoted)
		if i < 0 {
			return 0
		}
		after := bytes.TrimLeft(data[from+i+len(quoted):], " \t\r\n")
		if bytes.HasPrefix(after, []byte(":")) {
			return lineAt(data, from+i)
		}
		from += i + len(quoted)
	}
}
