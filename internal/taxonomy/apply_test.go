package taxonomy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"avow/internal/civic"
)

// small is a graph of six tags: Top above Middle above Low, Top above Side, and
// Near, which is related to Low, and Old, which is deprecated.
func small(t testing.TB) *Graph {
	t.Helper()
	create := func(name string, more func(*Change)) Change {
		c := Change{Op: Create, Names: en(name), Reason: en("Needed"), Effective: "2030-01-01"}
		if more != nil {
			more(&c)
		}
		return c
	}
	g, err := Apply(Empty(), []Change{
		create("Top", nil),
		create("Middle", func(c *Change) { c.Parents = []ID{"Top"} }),
		create("Low", func(c *Change) { c.Parents, c.Aliases = []ID{"Middle"}, en("Deep") }),
		create("Side", func(c *Change) { c.Parents = []ID{"top"} }),
		create("Near", func(c *Change) { c.Related = []ID{"Low"} }),
		create("Old", nil),
		{Op: Deprecate, Tag: "Old", Reason: en("Gone"), Effective: "2030-01-01"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// faultsOf are the faults of an error as "field key" lines.
func faultsOf(err error) (out []string) {
	var list civic.Errors
	if errors.As(err, &list) {
		for _, e := range list {
			out = append(out, e.Field+" "+strings.TrimPrefix(e.Key, "taxonomy.fault."))
		}
		return out
	}
	var one *civic.Error
	if errors.As(err, &one) {
		return []string{strings.TrimSpace(one.Field + " " + strings.TrimPrefix(one.Key, "taxonomy.fault."))}
	}
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}

func TestABadChangeIsRefusedByItsPlace(t *testing.T) {
	why := en("Because")
	long := strings.Repeat("x", civic.MaxLine+1)
	for _, c := range []struct {
		says   string
		change Change
		want   string
	}{
		{"no operation", Change{Tag: "Top", Reason: why}, "op unknown_op"},
		{"an unknown operation", Change{Op: "burn", Tag: "Top", Reason: why}, "op unknown_op"},
		{"an empty reason", Change{Op: AddParent, Tag: "Side", Parents: []ID{"Middle"}, Reason: en(" ")}, "reason reason"},
		{"no reason", Change{Op: AddParent, Tag: "Side", Parents: []ID{"Middle"}}, "reason reason"},
		{"an unknown tag", Change{Op: AddParent, Tag: "Nothing", Parents: []ID{"Middle"}, Reason: why}, "tag unknown_tag"},
		{"an unknown parent", Change{Op: AddParent, Tag: "Side", Parents: []ID{"Nothing"}, Reason: why}, "parents unknown_tag"},
		{"no tag", Change{Op: AddParent, Parents: []ID{"Top"}, Reason: why}, "tag no_tag"},
		{"no parent", Change{Op: AddParent, Tag: "Side", Reason: why}, "parents no_tag"},
		{"a circle", Change{Op: AddParent, Tag: "Top", Parents: []ID{"Low"}, Reason: why}, "parents cycle"},
		{"a circle by an alias", Change{Op: AddParent, Tag: "Middle", Parents: []ID{"deep"}, Reason: why}, "parents cycle"},
		{"a tag below itself", Change{Op: AddParent, Tag: "Low", Parents: []ID{"Deep"}, Reason: why}, "parents itself"},
		{"a parent that it has", Change{Op: AddParent, Tag: "Low", Parents: []ID{"Middle"}, Reason: why}, "parents nothing"},
		{"one parent by two names", Change{Op: AddParent, Tag: "Near", Parents: []ID{"Low", "Deep"}, Reason: why}, "parents twice"},
		{"a deprecated parent", Change{Op: AddParent, Tag: "Low", Parents: []ID{"Old"}, Reason: why}, "parents deprecated"},
		{"a parent that it is related to", Change{Op: AddParent, Tag: "Near", Parents: []ID{"Low"}, Reason: why}, "parents related_above"},
		{"a parent that is not one", Change{Op: RemoveParent, Tag: "Low", Parents: []ID{"Top"}, Reason: why}, "parents not_there"},
		{"related to its grandparent", Change{Op: Relate, Tag: "Low", Related: []ID{"Top"}, Reason: why}, "related related_above"},
		{"related to itself", Change{Op: Relate, Tag: "Low", Related: []ID{"low"}, Reason: why}, "related itself"},
		{"not related", Change{Op: Unrelate, Tag: "Low", Related: []ID{"Top"}, Reason: why}, "related not_there"},
		{"renamed to another tag's name", Change{Op: Rename, Tag: "Low", Names: en("TOP"), Reason: why}, "names name_taken"},
		{"renamed to another tag's alias", Change{Op: Rename, Tag: "Top", Names: en("deep"), Reason: why}, "names name_taken"},
		{"renamed to its own name", Change{Op: Rename, Tag: "Low", Names: en("Low"), Reason: why}, "names nothing"},
		{"renamed to nothing", Change{Op: Rename, Tag: "Low", Reason: why}, "names no_name"},
		{"renamed to a sign", Change{Op: Rename, Tag: "Low", Names: en("—"), Reason: why}, "names bad_name"},
		{"renamed to two lines", Change{Op: Rename, Tag: "Low", Names: en("Low\nHigh"), Reason: why}, "names bad_name"},
		{"renamed to a long name", Change{Op: Rename, Tag: "Low", Names: en(long), Reason: why}, "names long"},
		{"renamed in one language twice", Change{Op: Rename, Tag: "Low", Names: append(en("A"), en("B")...), Reason: why}, "names language"},
		{"renamed in no language", Change{Op: Rename, Tag: "Low", Names: civic.Text{{Lang: "English", Text: "A"}}, Reason: why}, "names language"},
		{"created by an existing name", Change{Op: Create, Names: en("low"), Reason: why}, "names name_taken"},
		{"created by an existing alias", Change{Op: Create, Names: en("Deep"), Reason: why}, "names name_taken"},
		{"created without a name", Change{Op: Create, Reason: why}, "names no_name"},
		{"created below nothing", Change{Op: Create, Names: en("New"), Parents: []ID{"Nothing"}, Reason: why}, "parents unknown_tag"},
		{"created below what it is related to", Change{Op: Create, Names: en("New"), Parents: []ID{"Top"}, Related: []ID{"Top"}, Reason: why}, "parents related_above"},
		{"an alias of another tag", Change{Op: Alias, Tag: "Top", Aliases: en("deep"), Reason: why}, "aliases name_taken"},
		{"an alias that it has", Change{Op: Alias, Tag: "Low", Aliases: en("DEEP"), Reason: why}, "aliases nothing"},
		{"no alias", Change{Op: Alias, Tag: "Low", Reason: why}, "aliases no_name"},
		{"defined as nothing", Change{Op: Redefine, Tag: "Low", Reason: why}, "definition no_definition"},
		{"described as it is", Change{Op: Describe, Tag: "Low", Reason: why}, " nothing"},
		{"an unknown facet", Change{Op: Describe, Tag: "Low", Facets: []Facet{"cold"}, Reason: why}, "facets unknown_value"},
		{"an unknown role", Change{Op: Describe, Tag: "Low", Roles: []Role{"king"}, Reason: why}, "roles unknown_value"},
		{"a strand twice", Change{Op: Describe, Tag: "Low", Strands: []Strand{Strands[0], Strands[0]}, Reason: why}, "strands twice"},
		{"merged into itself", Change{Op: Merge, Tag: "Low", Into: []ID{"Deep"}, Reason: why}, "into itself"},
		{"merged into nothing", Change{Op: Merge, Tag: "Low", Into: []ID{"Nothing"}, Reason: why}, "into unknown_tag"},
		{"merged into two", Change{Op: Merge, Tag: "Low", Into: []ID{"Top", "Side"}, Reason: why}, "into one_target"},
		{"merged into what is deprecated", Change{Op: Merge, Tag: "Low", Into: []ID{"Old"}, Reason: why}, "into deprecated"},
		{"merged into a grandchild", Change{Op: Merge, Tag: "Top", Into: []ID{"Low"}, Reason: why}, "into merge_cycle"},
		{"split into one", Change{Op: Split, Tag: "Low", Into: []ID{"Top"}, Reason: why}, "into two_parts"},
		{"split into itself", Change{Op: Split, Tag: "Low", Into: []ID{"Low", "Top"}, Reason: why}, "into itself"},
		{"deprecated twice", Change{Op: Deprecate, Tag: "Old", Reason: why}, "tag deprecated"},
		{"dated before its predecessor", Change{Op: Alias, Tag: "Low", Aliases: en("New"), Effective: "2029-12-31", Reason: why}, "effective date_before"},
		{"dated on no day", Change{Op: Alias, Tag: "Low", Aliases: en("New"), Effective: "2030-02-30", Reason: why}, "effective day"},
		{"a field it does not use", Change{Op: Rename, Tag: "Low", Names: en("New"), Parents: []ID{"Top"}, Reason: why}, "parents unused"},
	} {
		g := small(t)
		before := graphJSON(t, g)
		after, err := Apply(g, []Change{{Op: Alias, Tag: "Side", Aliases: en("Edge"), Reason: why}, c.change})
		want := "changes.2." + c.want
		if strings.HasPrefix(c.want, " ") {
			want = "changes.2" + c.want
		}
		if got := faultsOf(err); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, not %q", c.says, got, want)
			continue
		}
		var list civic.Errors
		if errors.As(err, &list) && list[0].Args["place"] != 2 || civic.KindOf(err) != civic.Invalid || after != nil {
			t.Errorf("%s: %v is not told of operation 2", c.says, err)
		}
		if graphJSON(t, g) != before || g.Resolve("Edge") != "" {
			t.Errorf("%s: the graph is another one than before", c.says)
		}
	}
}

func TestTheFaultsOfAllOperationsAreToldTogether(t *testing.T) {
	_, err := Apply(small(t), []Change{{Op: Merge, Tag: "Low", Into: []ID{"Top"}}, {Op: "burn"}, {Op: Rename, Tag: "Low", Reason: en("x")}})
	if got, want := faultsOf(err), []string{"changes.1.reason reason", "changes.2.op unknown_op", "changes.3.names no_name"}; !slices.Equal(got, want) {
		t.Errorf("told are %q", got)
	}
	if _, err := Apply(small(t), make([]Change, MaxChanges+1)); !slices.Equal(faultsOf(err), []string{"changes many_changes"}) {
		t.Errorf("too many: %v", err)
	}
}

func TestWhatIsMergedLeadsToWhereItWent(t *testing.T) {
	g, err := Apply(small(t), []Change{
		{Op: Relate, Tag: "Side", Related: []ID{"Low"}, Reason: en("x")},
		{Op: Merge, Tag: "Middle", Into: []ID{"Side"}, Reason: en("x")},
	})
	// Low stands below Side then, to which it is related.
	if got := faultsOf(err); !slices.Equal(got, []string{"changes.2.into related_above"}) {
		t.Fatalf("%v, %v", g, got)
	}
	g, err = Apply(small(t), []Change{
		{Op: Merge, Tag: "Middle", Into: []ID{"Side"}, Reason: en("x")},
		{Op: Merge, Tag: "Side", Into: []ID{"Near"}, Reason: en("x")},
	})
	if got := faultsOf(err); !slices.Equal(got, []string{"changes.2.into related_above"}) {
		t.Fatalf("Low is related to Near: %v", got)
	}
	g, err = Apply(small(t), []Change{
		{Op: Merge, Tag: "Middle", Into: []ID{"Side"}, Reason: en("x")},
		{Op: Unrelate, Tag: "Near", Related: []ID{"Low"}, Reason: en("x")},
		{Op: Relate, Tag: "Side", Related: []ID{"Near"}, Reason: en("x")},
		{Op: Merge, Tag: "Middle", Into: []ID{"Near"}, Reason: en("the name leads to Side")},
	})
	if err != nil || g.Check() != nil {
		t.Fatalf("%v, %v", err, g)
	}
	for _, name := range []string{"Middle", "Side", "near"} {
		if got := g.Resolve(name); got != "near" {
			t.Errorf("%s leads to %q", name, got)
		}
	}
	middle, _ := g.Tag("middle")
	near, _ := g.Tag("near")
	if middle.MergedInto != "near" || middle.Lives() || len(near.Parents)+len(near.Related) > 0 || !slices.Equal(g.Children("near"), []ID{"low"}) {
		t.Errorf("Middle is %+v, Near is %+v", middle, near)
	}
	if counts := g.Roll([]Carried{{Tags: []ID{"middle", "side", "low"}}}); counts["near"] != (Count{1, 1}) || len(counts) != 2 {
		t.Errorf("counted are %v", counts)
	}
}

func TestASplitTagKeepsItsParentsUntilAPersonDecides(t *testing.T) {
	g, err := Apply(small(t), []Change{
		{Op: Create, Names: en("Low left"), Parents: []ID{"Middle"}, Reason: en("x"), Effective: "2030-05-01"},
		{Op: Create, Names: en("Low right"), Parents: []ID{"Middle"}, Reason: en("x")},
		{Op: Split, Tag: "Low", Into: []ID{"Low left", "Low right"}, Reason: en("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	low, _ := g.Find("Low")
	if low.Deprecated != "2030-05-01" || !slices.Equal(low.Into, []ID{"low-left", "low-right"}) || low.Lives() || !slices.Equal(g.Ancestors("low"), []ID{"middle", "top"}) {
		t.Errorf("Low is %+v", low)
	}
}

func TestARenamedTagMayTakeItsOldNameBack(t *testing.T) {
	both := func(text, french string) civic.Text { return append(en(text), civic.Phrase{Lang: "fr", Text: french}) }
	g, err := Apply(small(t), []Change{
		{Op: Rename, Tag: "Low", Names: both("Lower", "Bas"), Reason: en("x")},
		{Op: Rename, Tag: "Low", Names: both("Lowest", "Bas"), Reason: en("x")},
		{Op: Rename, Tag: "Bas", Names: en("LOW"), Reason: en("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	low, _ := g.Find("lowest")
	if low.ID != "low" || low.Names.String() != "LOW" || fmt.Sprint([]civic.Phrase(low.Aliases)) != "[{en Deep false} {en Lower false} {en Lowest false} {fr Bas false}]" {
		t.Errorf("Low is %+v", low)
	}
}

func TestADifferenceNamesTheFields(t *testing.T) {
	was := small(t)
	is, err := Apply(was, []Change{
		{Op: Create, Names: en("New"), Reason: en("x")},
		{Op: Rename, Tag: "Low", Names: en("Lower"), Reason: en("x")},
		{Op: Unrelate, Tag: "Low", Related: []ID{"Near"}, Reason: en("x")},
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range Diff(was, is) {
		got = append(got, fmt.Sprintf("%s %v %v %v", d.ID, d.Was == nil, d.Is == nil, d.Fields))
	}
	if want := []string{"low false false [names aliases related]", "near false false [related]", "new true false []"}; !slices.Equal(got, want) {
		t.Errorf("different are %q", got)
	}
	if Diff(was, small(t)) != nil {
		t.Error("a graph differs from its like")
	}
}

func TestAGraphWithVeryManyWaysUpIsMadeAtOnce(t *testing.T) {
	changes := []Change{{Op: Create, Names: en("0 left"), Reason: en("x")}, {Op: Create, Names: en("0 right"), Reason: en("x")}, {Op: Create, Names: en("Aside"), Reason: en("x")}}
	for n := 1; n <= 200; n++ { // 2 to the power of 200 ways
		up := []ID{ID(fmt.Sprint(n-1, " left")), ID(fmt.Sprint(n-1, " right"))}
		changes = append(changes, Change{Op: Create, Names: en(fmt.Sprint(n, " left")), Parents: up, Reason: en("x")}, Change{Op: Create, Names: en(fmt.Sprint(n, " right")), Parents: up, Reason: en("x")})
	}
	g, err := Apply(Empty(), append(changes, Change{Op: Relate, Tag: "200 left", Related: []ID{"Aside"}, Reason: en("x")}))
	if err != nil || len(g.Ancestors("200 left")) != 400 {
		t.Errorf("%v, %d ancestors", err, len(g.Ancestors("200 left")))
	}
	if got := g.Roll([]Carried{{Tags: []ID{"200 left", "200 right"}}}); got["0-left"] != (Count{0, 1}) {
		t.Errorf("it counts %v", got["0-left"])
	}
}
