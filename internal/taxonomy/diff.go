package taxonomy

import (
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Difference is a tag that is not the same in two graphs.
type Difference struct {
	ID     ID
	Was    *Tag     // nil when it is new
	Is     *Tag     // nil when it is gone
	Fields []string // of Tag's JSON that differ, in their order; none when it is new or gone
}

// Diff lists what is different from one graph to another, by ID.
func Diff(was, is *Graph) (out []Difference) {
	ids := maps.Clone(was.ids)
	maps.Copy(ids, is.ids)
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		d := Difference{ID: id}
		if t, ok := was.Tag(id); ok {
			d.Was = &t
		}
		if t, ok := is.Tag(id); ok {
			d.Is = &t
		}
		if d.Was != nil && d.Is != nil {
			if d.Fields = FieldsApart(*d.Was, *d.Is); len(d.Fields) == 0 {
				continue
			}
		}
		out = append(out, d)
	}
	return out
}

// FieldsApart are the names in JSON of the fields in which two states of a tag differ.
func FieldsApart(a, b Tag) (out []string) {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	for i := range x.NumField() {
		one, other := x.Field(i), y.Field(i)
		if one.Kind() == reflect.Slice && one.Len() == 0 && other.Len() == 0 || reflect.DeepEqual(one.Interface(), other.Interface()) {
			continue
		}
		name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("json"), ",")
		out = append(out, name)
	}
	return out
}
