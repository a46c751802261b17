package crashtest

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

const (
	batch      = 150 // commitments in an import
	insideGoal = 0.75
)

// kills is how often each database is killed: AVOW_TEST_KILLS, or a few.
func kills() int {
	if n, err := strconv.Atoi(os.Getenv("AVOW_TEST_KILLS")); err == nil {
		return n
	}
	return 12
}

func TestNothingAcknowledgedIsLostToAKillOnSQLite(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "avow.db")
	crash(t, &program{bin: build(t), dir: dir}, func() probe { return sqliteProbe(t, file) })
}

func TestNothingAcknowledgedIsLostToAKillOnPostgreSQL(t *testing.T) {
	url := freshPostgres(t)
	crash(t, &program{bin: build(t), dir: t.TempDir(), env: []string{"AVOW_DATABASE_URL=" + url}}, func() probe { return postgresProbe(t, url) })
}

// program is the built avow over one database.
type program struct {
	bin string
	dir string
	env []string
}

func build(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "avow")
	if out, err := exec.Command("go", "build", "-o", bin, "avow/cmd/avow").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

func (p *program) command(args ...string) *exec.Cmd {
	cmd := exec.Command(p.bin, append(args, "--data", p.dir)...)
	cmd.Env = append(os.Environ(), p.env...)
	return cmd
}

// verify recomputes the record and returns how many entries it has.
func (p *program) verify(t *testing.T) int {
	t.Helper()
	out, err := p.command("ledger", "verify", "--json").Output()
	if err != nil {
		t.Fatalf("ledger verify: %v\n%s", err, out)
	}
	var report struct{ Entries int }
	if err := json.Unmarshal(out, &report); err != nil {
		t.Fatalf("ledger verify printed %q: %v", out, err)
	}
	return report.Entries
}

// commitments returns the IDs that the database holds.
func (p *program) commitments(t *testing.T) map[string]bool {
	t.Helper()
	out, err := p.command("export", "jsonl").Output()
	if err != nil {
		t.Fatalf("export: %v", err)
	}
	ids := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		var l struct {
			Kind    string
			Subject struct{ ID string }
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		if l.Kind == "commitment" {
			ids[l.Subject.ID] = true
		}
	}
	return ids
}

// probe reports whether somebody has a write transaction open.
type probe func() bool

// crash imports again and again, kills most imports in the middle, and holds
// what the database has against what was acknowledged.
func crash(t *testing.T, p *program, open func() probe) {
	random := rand.New(rand.NewPCG(3, 5))
	source := filepath.Join(t.TempDir(), "batch.jsonl")
	acknowledged := map[string]bool{}
	importRound(t, p, source, 0, nil, acknowledged) // makes the database
	busy := open()
	began := time.Now()
	importRound(t, p, source, 1, nil, acknowledged)
	usual := time.Since(began)
	entries := p.verify(t)
	inside := 0
	// On a busy machine a kill may come late: then there are more of them.
	goal := int(math.Ceil(insideGoal * float64(kills())))
	tried := 0
	for round := 2; tried < kills() || inside < goal && tried < 4*kills(); round++ {
		tried++
		killer := func(cmd *exec.Cmd) { // waits for the write to begin, then a random part of it
			deadline := time.Now().Add(10 * usual)
			for !busy() && time.Now().Before(deadline) {
			}
			for wait := time.Now().Add(time.Duration(random.Int64N(int64(usual) / 6))); time.Now().Before(wait); {
			}
			if busy() {
				inside++
			}
			_ = cmd.Process.Kill()
		}
		done := importRound(t, p, source, round, killer, acknowledged)
		now := p.verify(t)
		switch {
		case now == entries+batch: // committed before the kill
			for i := range batch {
				acknowledged[commitmentID(round, i)] = true
			}
		case now != entries || done:
			t.Fatalf("round %d: the record has %d entries after the kill, it had %d (acknowledged: %v)", round, now, entries, done)
		}
		entries = now
	}
	held := p.commitments(t)
	for id := range acknowledged {
		if !held[id] {
			t.Errorf("%s was acknowledged and is lost", id)
		}
	}
	if len(held) != len(acknowledged) {
		t.Errorf("the database holds %d commitments, %d were acknowledged", len(held), len(acknowledged))
	}
	t.Logf("%d kills, %d of them inside an open write transaction", tried, inside)
	if inside < goal {
		t.Errorf("only %d of %d kills came inside a write transaction, %d are needed", inside, tried, goal)
	}
}

// importRound imports a batch of new commitments; kill may end it early. It
// reports whether the import was acknowledged.
func importRound(t *testing.T, p *program, source string, round int, kill func(*exec.Cmd), acknowledged map[string]bool) bool {
	t.Helper()
	if err := os.WriteFile(source, lines(round), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := p.command("import", "jsonl", source, "--json")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill != nil {
		kill(cmd)
	}
	err := cmd.Wait()
	if err == nil {
		for i := range batch {
			acknowledged[commitmentID(round, i)] = true
		}
		return true
	}
	if kill == nil {
		t.Fatalf("import: %v\n%s", err, stderr.String())
	}
	return false
}

func commitmentID(round, i int) string { return fmt.Sprintf("0crash%010d%010d", round, i) }

// lines writes a batch in the program's own format: one member, one plan, and
// commitments with some text.
func lines(round int) []byte {
	var b strings.Builder
	b.WriteString(`{"format":"avow-jsonl","version":1}` + "\n")
	member, plan := "0crashm0000000000000000000", "0crashp0000000000000000000"
	b.WriteString(`{"kind":"member","subject":{"id":"` + member + `","slug":"land","name":"Land","regime":"national"}}` + "\n")
	b.WriteString(`{"kind":"plan","subject":{"id":"` + plan + `","member":"` + member + `","slug":"land-1","number":"1","regime":"national"}}` + "\n")
	text := strings.Repeat("The ministry publishes what it spends, by month and by supplier. ", 20)
	for i := range batch {
		fmt.Fprintf(&b, `{"kind":"commitment","subject":{"id":"%s","member":"%s","plans":[{"plan":"%s","number":"%d"}],"title":[{"lang":"en","text":"Promise %d of round %d"}],"text":[{"lang":"en","text":"%s"}]}}`+"\n",
			commitmentID(round, i), member, plan, i+1, i+1, round, text)
	}
	return []byte(b.String())
}

func freshPostgres(t *testing.T) string {
	t.Helper()
	base := os.Getenv("AVOW_TEST_DATABASE_URL")
	if base == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("AVOW_TEST_DATABASE_URL is not set: scripts/postgres start prints it")
		}
		t.Skip("AVOW_TEST_DATABASE_URL is not set")
	}
	db := openSQL(t, "pgx", base)
	name := fmt.Sprintf("avow_crash_%d", time.Now().UnixNano())
	if _, err := db.ExecContext(context.Background(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = db.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	return strings.Replace(base, "/postgres?", "/"+name+"?", 1)
}
