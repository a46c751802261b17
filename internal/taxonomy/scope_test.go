package taxonomy

import "testing"

func TestARegulatorOnlyIsNotOpenDigital(t *testing.T) {
	for _, c := range []struct {
		says  string
		roles []Role
		want  Scope
		open  bool
	}{
		{"develops", []Role{Developer}, ScopeIn, true},
		{"uses", []Role{User}, ScopeIn, true},
		{"is the target", []Role{Target}, ScopeIn, true},
		{"regulates", []Role{Regulator}, ScopeOut, false},
		{"regulates and is called so twice", []Role{Regulator, Regulator}, ScopeOut, false},
		{"develops and regulates", []Role{Regulator, Developer}, ScopeBoth, true},
		{"nobody said", nil, ScopeUnknown, true},
	} {
		if got := ScopeOf(c.roles); got != c.want || got.Open() != c.open || got.Key() != "taxonomy.scope."+string(c.want) {
			t.Errorf("a government that %s: %s, open %v", c.says, got, got.Open())
		}
	}
}

func TestTheFacetsAreThoseOfGraph1(t *testing.T) {
	backbone := 0
	for _, f := range Facets {
		if f.Backbone() {
			backbone++
		}
	}
	if len(Facets) != 12 || backbone != 3 || Facets[11] != CivicTechnology {
		t.Errorf("there are %d facets, %d of the backbone", len(Facets), backbone)
	}
}
