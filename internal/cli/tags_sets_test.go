package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestEveryFaultOfAChangeSetIsToldEachInALine(t *testing.T) {
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "set.json"), `{"change_set": "x", "title": "X", "changes": [{"op": "create", "names": "One"}, {"op": "rise", "tag": "Tax", "reason": "So"}]}`)
	r := run(t, dir, "tags", "apply", file, "--dry-run")
	if lines := strings.Split(strings.TrimSpace(r.stderr), "\n"); r.code != 1 || r.stdout != "" || len(lines) != 2 ||
		lines[0] != "avow: Operation 1: say why. Every change of the taxonomy has a reason." || lines[1] != "Operation 2: “rise” is no operation." {
		t.Errorf("%+v", r)
	}
}

func TestASettingIsDecidedOnceAndAFolderIsNoChangeSet(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"open-digital", "--set", "parent=open-digital,parent=digital-government"}, `"parent=digital-government"`},
		{[]string{"open-digital", "--set", "parent=open-digital", "--set", "parent=digital-government"}, `"parent=digital-government"`},
		{[]string{"open-digital", "--set", "parent"}, `"parent"`},
		{[]string{dir}, dir + " is a folder. Name a file."},
	} {
		if r := run(t, dir, append([]string{"tags", "apply"}, c.args...)...); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, c.want) || strings.Contains(r.stderr, "unexpected") {
			t.Errorf("%v: %+v", c.args, r)
		}
	}
}

const waterSet = `{"change_set": "water", "title": "Water", "source": "Us", "reason": "It is looked for.", "changes": [{"op": "create", "names": {"en": "Wells", "fr": "Puits"}, "parents": "Tax"}]}`

// asInput makes a text what comes in.
func asInput(t *testing.T, text string) {
	t.Helper()
	f, err := os.Open(write(t, filepath.Join(t.TempDir(), "in"), text))
	if err != nil {
		t.Fatal(err)
	}
	was := os.Stdin
	os.Stdin = f
	t.Cleanup(func() { os.Stdin = was })
}

func TestAChangeSetAndTheVersionsAreShownForPeopleAndForPrograms(t *testing.T) {
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "set.json"), waterSet)
	if r := run(t, dir, "tags", "show", file); r.code != 0 || r.stdout != "Water (water)\nUs\n\n  1. Create a tag Wells\n     parents: Tax\n     It is looked for.\n" {
		t.Errorf("%+v", r)
	}
	var changes []map[string]any
	if r := run(t, dir, "tags", "show", "open-digital", "--json"); json.Unmarshal([]byte(r.stdout), &changes) != nil || len(changes) < 10 {
		t.Errorf("%d changes: %+v", len(changes), r)
	}
	if r := run(t, dir, "tags", "show", "open-digital"); r.code != 0 || json.Valid([]byte(r.stdout)) || !strings.Contains(r.stdout, "parent: digital-government\n") {
		t.Errorf("%+v", r)
	}
	asInput(t, waterSet)
	if r := run(t, dir, "tags", "apply", "-"); r.code != 0 || !strings.Contains(r.stdout, "wells") {
		t.Errorf("what comes in is not applied: %+v", r)
	}
	var versions []map[string]any
	if r := run(t, dir, "tags", "show", "--json"); json.Unmarshal([]byte(r.stdout), &versions) != nil || len(versions) != 4 || versions[3]["set"] != "water" {
		t.Errorf("%d versions: %+v", len(versions), r)
	}
	if r := run(t, dir, "tags", "show"); r.code != 0 || len(strings.Split(strings.TrimSpace(r.stdout), "\n")) != 4 {
		t.Errorf("%+v", r)
	}
}
