package taxonomy

import (
	"errors"
	"strings"
	"testing"

	"avow/internal/civic"
)

// fieldsOfFaults are the fields and keys of an error, each once.
func fieldsOfFaults(err error) string {
	var list civic.Errors
	var one *civic.Error
	if !errors.As(err, &list) && errors.As(err, &one) {
		list = civic.Errors{one}
	}
	var out []string
	for _, e := range list {
		out = append(out, strings.TrimPrefix(e.Field+" "+strings.TrimPrefix(e.Key, "taxonomy."), " "))
	}
	return strings.Join(out, ", ")
}

func TestWhatCannotBeSeenIsRefusedWhenAFileIsReadWithItsOperation(t *testing.T) {
	const file = `{"change_set": "x", "title": "A title", "source": "Us", "reason": "Why", "changes": [
		{"op": "create", "names": "First"}, {"op": "create", "names": "Second", "aliases": "Other", "definition": "One\nand two", "source": "Us", "reason": "So"}]}`
	if _, err := ReadSet(strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, now, want string }{
		{`One\nand`, `One\u0000and`, "changes.2.definition fault.unseen"},
		{`One\nand`, "One \u2066and", "changes.2.definition fault.unseen"},
		{`Other`, "Oth\u202eer", "changes.2.aliases fault.unseen"},
		{`"Second"`, "\"Second\u200b\"", "changes.2.names fault.unseen"},
		{`"Second"`, `"Second\ud800"`, "changes.2.names fault.unseen"},
		{`"So"`, `"S\u001bo"`, "changes.2.reason fault.unseen"},
		{`"source": "Us", "reason": "So"`, `"source": "U\u0007s", "reason": "So"`, "changes.2.source fault.unseen"},
		{`"Why"`, `"W\u0007hy"`, "changes.1.reason fault.unseen"},
		{`A title`, `A \u0007title`, "title fault.set_unseen"},
		{`A title`, strings.Repeat("t", 301), "title fault.set_long"},
		{`"Us", "reason": "Why"`, `"` + strings.Repeat("s", 301) + `", "reason": "Why"`, "source fault.set_long"},
		{`"First"`, "\"F\xffirst\"", "file.utf8"},
	} {
		_, err := ReadSet(strings.NewReader(strings.Replace(file, c.old, c.now, 1)))
		if got := fieldsOfFaults(err); got != c.want {
			t.Errorf("%q: %s, not %s", c.now[:min(len(c.now), 40)], got, c.want)
		}
	}
	_, err := ReadSet(strings.NewReader("{\n\"change_set\": \"\xe9t\xe9\"}"))
	var told *civic.Error
	if !errors.As(err, &told) || told.Args["line"] != 2 {
		t.Errorf("a file in another encoding: %v", err)
	}
}

func TestWhatCannotBeSeenIsRefusedWhicheverWayASetComes(t *testing.T) {
	line := timeline(t)
	set := Set{Name: "x", About: About{Title: en("X")}, Changes: []Change{{Op: Create, Names: en("New"), Definition: en("a\x00b"), Reason: en("So")}}}
	if _, _, _, err := line.Try(set, "2031-01-01"); fieldsOfFaults(err) != "changes.1.definition fault.unseen" {
		t.Errorf("trying it: %v", err)
	}
	set.Changes[0].Definition, set.About.Title = nil, en("\u202eX")
	if _, err := line.Apply(set, "2031-01-01", ids()); fieldsOfFaults(err) != "title fault.set_unseen" {
		t.Errorf("applying it: %v", err)
	}
	line, _ = applied(t, nil)
	for why, want := range map[string]string{"no\x1b": "reason fault.set_unseen", strings.Repeat("x", civic.MaxText+1): "reason fault.set_long"} {
		if _, err := line.Undo(OpenDigital, en(why)); fieldsOfFaults(err) != want {
			t.Errorf("undoing it: %v", err)
		}
	}
	if _, err := line.Undo(OpenDigital, en("First line.\nSecond line.")); err != nil {
		t.Errorf("a reason of two lines: %v", err)
	}
}
