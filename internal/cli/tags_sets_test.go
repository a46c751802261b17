package cli_test

import (
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
