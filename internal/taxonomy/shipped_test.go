package taxonomy

import (
	"strings"
	"testing"
)

func TestTheNameOfAShippedSetStandsForItsOperationsAlone(t *testing.T) {
	read := func(file string) Set {
		t.Helper()
		s, err := ReadSet(strings.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	other := read(`{"change_set": "open-digital", "title": "Mine", "reason": "Why", "changes": [{"op": "create", "names": "Mine"}]}`)
	if _, err := timeline(t).Apply(other, "2031-01-01", ids()); fieldsOfFaults(err) != "change_set fault.set_reserved" {
		t.Errorf("other operations under its name: %v", err)
	}
	raw, err := shippedFiles.ReadFile("changesets/open-digital.json")
	if err != nil {
		t.Fatal(err)
	}
	copied, err := read(string(raw)).Choose(map[string]string{"sentence": "on"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := timeline(t).Apply(copied, "2031-01-01", ids()); err != nil {
		t.Errorf("its own file, with a setting: %v", err)
	}
	copied.Changes = copied.Changes[:len(copied.Changes)-1]
	if _, _, _, err := timeline(t).Try(copied, "2031-01-01"); fieldsOfFaults(err) != "change_set fault.set_reserved" {
		t.Errorf("without its last operation: %v", err)
	}
}

func TestASetOfAnotherDatabaseIsTakenUnderTheNameThatItHasThere(t *testing.T) {
	line := timeline(t)
	entries, err := line.apply(Set{Name: OpenDigital, About: About{Title: en("As it was shipped once")},
		Changes: []Change{{Op: Create, Names: en("Once"), Reason: en("So")}}}, "2031-01-01", ids())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := line.Take(entries...); err != nil {
		t.Errorf("a set that an older program shipped: %v", err)
	}
}
