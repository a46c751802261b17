package taxonomy

import (
	"bytes"
	"embed"
	"reflect"
	"slices"
	"strings"
	"sync"

	"avow/internal/civic"
)

// OpenDigital is the name of the change set that the appendix of the paper
// describes (domain 3.3).
const OpenDigital = "open-digital"

// shippedFiles are the change sets that are part of the program.
//
//go:embed changesets/*.json
var shippedFiles embed.FS

var shipped = sync.OnceValue(func() []Set {
	files, err := shippedFiles.ReadDir("changesets")
	if err != nil {
		panic(err) // part of the program
	}
	var out []Set
	for _, f := range files {
		raw, err := shippedFiles.ReadFile("changesets/" + f.Name())
		if err != nil {
			panic(err)
		}
		s, err := ReadSet(bytes.NewReader(raw))
		if err != nil {
			panic(f.Name() + ": " + err.Error())
		}
		out = append(out, s)
	}
	return out
})

// Shipped lists the names of the change sets that are part of the program.
func Shipped() (names []string) {
	for _, s := range shipped() {
		names = append(names, s.Name)
	}
	return names
}

// ShippedSet returns one of them; NotFound when there is none of the name.
func ShippedSet(name string) (Set, error) {
	i := slices.IndexFunc(shipped(), func(s Set) bool { return strings.EqualFold(s.Name, name) })
	if i < 0 {
		return Set{}, refused(civic.NotFound, KeySetUnknown, "set", name)
	}
	return shipped()[i], nil
}

// mayBeCalledSo is false of a set, its settings decided, that has the name of one that is
// part of the program and other operations.
func (s Set) mayBeCalledSo() bool {
	own, err := ShippedSet(s.Name)
	if err != nil {
		return true
	}
	own, err = own.Choose(s.About.Settings)
	return err == nil && reflect.DeepEqual(own.Changes, s.Changes)
}
