package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"avow/internal/cli"
	"avow/internal/server"
	"avow/internal/store/storetest"
)

// result is what one run of the program gave.
type result struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, dir string, args ...string) result {
	t.Helper()
	return runIn(t, context.Background(), []string{"AVOW_DATA=" + dir}, args...)
}

// place is a data directory with its database, as the environment names them.
type place []string

// eachPlace runs a test on both databases. fresh makes an empty place.
func eachPlace(t *testing.T, test func(t *testing.T, fresh func() place)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, func() place { return place{"AVOW_DATA=" + t.TempDir()} })
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, func() place {
			return place{"AVOW_DATA=" + t.TempDir(), "AVOW_DATABASE_URL=" + storetest.Postgres(t).Options.URL}
		})
	})
}

func (p place) run(t *testing.T, args ...string) result {
	t.Helper()
	return runIn(t, context.Background(), p, args...)
}

func runIn(t *testing.T, ctx context.Context, environ []string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := cli.Run(ctx, args, cli.Terminal{Stdout: &out, Stderr: &err, Environ: environ}, house)
	return result{code, out.String(), err.String()}
}

var house = cli.House{Open: server.Open, Change: server.Change, Read: server.Read, Rehearse: server.Rehearse, Serve: server.Serve, Verify: server.Verify, Routes: server.Routes, Version: "test",
	SetupAddress: server.SetupAddress}

// table is a small table with its mapping: ours, in the format "table".
const table = "ID,Country,Code,Plan,No,Title,Text\n" +
	"LT0101,Lithuania,LTU,1,1,Open the budget,Publish the budget of every ministry as data.\n" +
	"LT0102,Lithuania,LTU,1,2,Ask before deciding,Consult the public on every draft law.\n"

const mapping = `{"format": "avow-map", "version": 1, "name": "small", "columns": {"ogp_id": "ID", "member": "Country", "member_code": "Code", "plan": "Plan", "number": "No", "title": "Title", "text": "Text"}}`

// unfilled finds a placeholder that nobody filled.
var unfilled = regexp.MustCompile(`\{[a-z_]+\}`)

func write(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// files writes the table and its mapping, and returns the arguments of an import.
func files(t *testing.T, text string) []string {
	t.Helper()
	dir := t.TempDir()
	return []string{"import", "table", write(t, filepath.Join(dir, "small.csv"), text), "--map", write(t, filepath.Join(dir, "map.json"), mapping)}
}

func TestAnImportSaysWhatItDidAndASecondOneChangesNothing(t *testing.T) {
	eachPlace(t, func(t *testing.T, fresh func() place) {
		here, args := fresh(), append(files(t, table), "--json")
		for _, want := range []struct {
			name               string
			args               []string
			created, unchanged int
		}{{"dry", append(args, "--dry-run"), 2, 0}, {"first", args, 2, 0}, {"second", args, 0, 2}} {
			r := here.run(t, want.args...)
			var got struct {
				Format                        string
				Rows, Created, Updated        int
				Unchanged, Undecided, Refused int
				Warnings                      []struct{ Row, Column, Code, Message any }
				ElapsedMS                     *int64 `json:"elapsed_ms"`
			}
			if err := json.Unmarshal([]byte(r.stdout), &got); err != nil {
				t.Fatalf("%s: %v: %+v", want.name, err, r)
			}
			if r.code != cli.ExitDone || got.Format != "table" || got.Rows != 2 || got.Created != want.created || got.Unchanged != want.unchanged ||
				got.Updated+got.Undecided+got.Refused != 0 || got.Warnings == nil || got.ElapsedMS == nil || r.stderr != "" {
				t.Errorf("%s: got %+v from %+v", want.name, got, r)
			}
		}
		if r := here.run(t, "correct", "language", "LT0101", "lt"); r.code != cli.ExitDone {
			t.Errorf("correct: %+v", r)
		}
		v := here.run(t, "ledger", "verify")
		if v.code != cli.ExitDone || !strings.Contains(v.stdout, "entries ") || !strings.Contains(v.stdout, "root ") {
			t.Errorf("verify: %+v", v)
		}
	})
}

func TestRowsThatCannotBeTakenGiveThreeAndWithStrictOne(t *testing.T) {
	bad := table + "LT103,Lithuania,LTU,1,3,An ID in the wrong form,Text.\n"
	dir := t.TempDir()
	if r := run(t, dir, append(files(t, bad), "--strict")...); r.code != cli.ExitFailed {
		t.Errorf("strict: %+v", r)
	}
	if r := run(t, dir, "export", "jsonl"); strings.Contains(r.stdout, "LT0101") {
		t.Errorf("strict took rows: %s", r.stdout)
	}
	if r := run(t, dir, files(t, bad)...); r.code != cli.ExitPart || !strings.Contains(r.stdout, "Row 4") {
		t.Errorf("got %+v", r)
	}
	lines := strings.SplitAfter(bad, "\n")
	for name, text := range map[string]string{"only a bad ID": lines[0] + lines[3], "only a NUL": lines[0] + strings.Replace(lines[1], "Open", "O\x00en", 1)} {
		r := run(t, t.TempDir(), files(t, text)...)
		if r.code != cli.ExitFailed || !strings.Contains(r.stdout, "Row 2") || r.stderr == "" {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestWhatCannotBeDoneIsOneSentenceOnStderrAndOne(t *testing.T) {
	dir := t.TempDir()
	empty := write(t, filepath.Join(dir, "empty.csv"), "")
	mapped := write(t, filepath.Join(dir, "map.json"), mapping)
	noZip := write(t, filepath.Join(dir, "claims.xlsx"), "this is no spreadsheet")
	quote := write(t, filepath.Join(dir, "quote.csv"), table+"LT0103,\"Lithuania\n")
	header := write(t, filepath.Join(dir, "header.csv"), strings.Replace(table, "Title,", "Name,", 1))
	newer := write(t, filepath.Join(dir, "file"), "a file")
	for name, args := range map[string][]string{
		"an unknown command":               {"fly"},
		"an unknown part of a command":     {"ledger", "burn"},
		"an unknown flag":                  {"serve", "--fast"},
		"too few arguments":                {"import", "ogp"},
		"too many arguments":               {"version", "now"},
		"an unknown format":                {"import", "oracle", empty},
		"an unknown format of export":      {"export", "oracle"},
		"a file that is not there":         {"import", "ogp", filepath.Join(dir, "absent.csv")},
		"a directory":                      {"import", "ogp", dir},
		"an empty file":                    {"import", "ogp", empty},
		"a table without its mapping":      {"import", "table", header},
		"a mapping where none is taken":    {"import", "ogp", header, "--map", mapped},
		"a spreadsheet that is none":       {"import", "table", noZip, "--map", mapped},
		"an unclosed quote":                {"import", "table", quote, "--map", mapped},
		"a needed column that is missing":  {"import", "table", header, "--map", mapped},
		"JSON Lines that are a table":      {"import", "jsonl", header},
		"a tracker that is a table":        {"import", "us-nap", header},
		"no edition to export":             {"export", "ogp"},
		"an export into an absent folder":  {"export", "csv", "--out", filepath.Join(dir, "absent", "x.csv")},
		"a data directory that is a file":  {"export", "csv", "--data", newer},
		"a correction of nothing":          {"correct", "language", "LT9999", "fr"},
		"a port that is no port":           {"serve", "--listen", "127.0.0.1:999999"},
		"a log level of no kind":           {"serve", "--log-level", "loud"},
		"a configuration that is not here": {"serve", "--config", filepath.Join(dir, "absent.conf")},
	} {
		t.Run(name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			r := run(t, data, args...)
			if r.code != cli.ExitFailed || r.stdout != "" {
				t.Errorf("got %+v", r)
			}
			sentence, more, _ := strings.Cut(r.stderr, "\n")
			if !strings.HasPrefix(sentence, "avow: ") || more != "" || strings.ContainsAny(sentence, "⟦⟧") || unfilled.MatchString(sentence) || strings.Contains(sentence, "Something went wrong") {
				t.Errorf("stderr is not one sentence from the catalogue: %q", r.stderr)
			}
			if v := run(t, data, "export", "jsonl"); strings.Contains(v.stdout, "commitment") {
				t.Errorf("something was taken: %s", v.stdout)
			}
		})
	}
}

func TestAnUnknownSettingIsAnError(t *testing.T) {
	r := runIn(t, context.Background(), []string{"AVOW_PORT=80"}, "version")
	if r.code != cli.ExitDone {
		t.Errorf("version needs no settings: %+v", r)
	}
	r = runIn(t, context.Background(), []string{"AVOW_PORT=80", "AVOW_DATA=" + t.TempDir()}, "export", "csv")
	if r.code != cli.ExitFailed || !strings.Contains(r.stderr, "AVOW_PORT") {
		t.Errorf("got %+v", r)
	}
}

func TestTheCommandLineSpeaksTheLanguageOfThePerson(t *testing.T) {
	english := runIn(t, context.Background(), nil, "fly")
	for _, lang := range []string{"LANG=fr_CA.UTF-8", "LC_ALL=es_ES@euro", "LC_MESSAGES=ar"} {
		r := runIn(t, context.Background(), []string{lang}, "fly")
		if r.code != cli.ExitFailed || r.stderr == english.stderr || strings.Contains(r.stderr, "⟦") {
			t.Errorf("%s: got %+v", lang, r)
		}
	}
	if r := runIn(t, context.Background(), []string{"LANG=C.UTF-8"}, "fly"); r != english {
		t.Errorf("C: got %+v", r)
	}
}

func TestHelpNamesEveryCommandAndGoesToStdout(t *testing.T) {
	for _, args := range [][]string{{}, {"--help"}, {"help"}, {"import", "--help"}, {"ledger"}} {
		r := runIn(t, context.Background(), nil, args...)
		if r.code != cli.ExitDone || r.stderr != "" || !strings.Contains(r.stdout, "avow") || strings.Contains(r.stdout, "⟦") {
			t.Errorf("%v: got %+v", args, r)
		}
	}
}

func TestAnExportAppearsWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, files(t, table)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	out := t.TempDir()
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		path := filepath.Join(out, "all."+format)
		if r := run(t, dir, "export", format, "--out", path); r.code != cli.ExitDone || r.stdout != "" || r.stderr != "" {
			t.Errorf("%s: %+v", format, r)
		}
		info, err := os.Stat(path)
		if err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", format, err)
		}
		if r := run(t, dir, "export", format); r.code != cli.ExitDone || r.stdout == "" {
			t.Errorf("%s to stdout: %+v", format, r)
		}
	}
	if r := run(t, dir, "export", "csv", "--out", filepath.Join(out, "new")+"/"); r.code != cli.ExitDone {
		t.Errorf("into a new folder: %+v", r)
	}
	if _, err := os.Stat(filepath.Join(out, "new", "commitments.csv")); err != nil {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"export", "csv", "--out", filepath.Join(out, "never.csv")}, files(t, table)} {
		r := runIn(t, gone, []string{"AVOW_DATA=" + dir}, args...)
		if r.code != cli.ExitInterrupted || r.stderr == "" {
			t.Errorf("interrupted %s: %+v", args[0], r)
		}
	}
	left, err := filepath.Glob(filepath.Join(out, "*never*"))
	hidden, err2 := filepath.Glob(filepath.Join(out, ".*"))
	if err != nil || err2 != nil || len(left)+len(hidden) != 0 {
		t.Errorf("left behind: %v %v", left, hidden)
	}
}

func TestAnImportOfOurOwnExportGivesTheSameBytes(t *testing.T) {
	eachPlace(t, func(t *testing.T, fresh func() place) {
		here, there := fresh(), fresh()
		if r := here.run(t, files(t, table)...); r.code != cli.ExitDone {
			t.Fatalf("import: %+v", r)
		}
		first := here.run(t, "export", "jsonl")
		file := write(t, filepath.Join(t.TempDir(), "all.jsonl"), first.stdout)
		if r := there.run(t, "import", "jsonl", file); r.code != cli.ExitDone {
			t.Fatalf("import of the export: %+v", r)
		}
		if second := there.run(t, "export", "jsonl"); second.stdout != first.stdout {
			t.Errorf("the bytes differ:\n%s\n%s", first.stdout, second.stdout)
		}
	})
}

func TestAPortInUseIsSaid(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	r := run(t, t.TempDir(), "serve", "--listen", l.Addr().String())
	if r.code != cli.ExitFailed || !strings.Contains(r.stderr, l.Addr().String()) || !strings.Contains(r.stderr, "--listen") {
		t.Errorf("got %+v", r)
	}
}

func TestAnExchangedDatabaseIsRefusedAndVerifySaysSo(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, files(t, table)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	old, err := os.ReadFile(filepath.Join(dir, "avow.db"))
	if err != nil {
		t.Fatal(err)
	}
	more := table + "LT0103,Lithuania,LTU,1,3,One more,Do one thing more.\n"
	if r := run(t, dir, files(t, more)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	for _, f := range []string{"avow.db-wal", "avow.db-shm"} {
		if err := os.RemoveAll(filepath.Join(dir, f)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "avow.db"), string(old))
	if r := run(t, dir, "export", "csv"); r.code != cli.ExitFailed || strings.Contains(r.stderr, "Something went wrong") {
		t.Errorf("yesterday's file was taken: %+v", r)
	}
	if r := run(t, dir, "ledger", "verify", "--json"); r.code != cli.ExitFailed || !strings.Contains(r.stdout, `"ok":false`) {
		t.Errorf("verify: %+v", r)
	}
}

func TestStarsRoutesAndVersionPrint(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, files(t, table)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	for _, args := range [][]string{{"check", "stars"}, {"check", "stars", "--json"}, {"routes", "--json"}, {"version"}} {
		if r := run(t, dir, args...); r.code != cli.ExitDone || r.stdout == "" || r.stderr != "" {
			t.Errorf("%v: %+v", args, r)
		}
	}
}

func TestVerifySaysWhenThereIsNoCheckpointToCompareWith(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, files(t, table)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	whole := run(t, dir, "ledger", "verify")
	if r := run(t, dir, "ledger", "verify", "--json"); r.code != cli.ExitDone || !strings.Contains(r.stdout, `"checkpoint":{"entries":`) {
		t.Errorf("with a checkpoint: %+v", r)
	}
	if err := os.Rename(filepath.Join(dir, "record"), filepath.Join(t.TempDir(), "record")); err != nil {
		t.Fatal(err)
	}
	r := run(t, dir, "ledger", "verify")
	if r.code != cli.ExitDone || !strings.Contains(r.stdout, "no checkpoint to compare with") || r.stdout == whole.stdout || unfilled.MatchString(r.stdout) {
		t.Errorf("without one: %+v", r)
	}
	if r := run(t, dir, "ledger", "verify", "--json"); r.code != cli.ExitDone || !strings.Contains(r.stdout, `"checkpoint":null`) {
		t.Errorf("without one: %+v", r)
	}
}

func TestACommandThatOnlyReadsOrChangesWhatIsThereMakesNothing(t *testing.T) {
	for _, args := range [][]string{{"export", "csv"}, {"export", "jsonl"}, {"export", "ogp"}, {"check", "stars"}, {"tags", "show"}, {"tags", "export", "csv"},
		{"tags", "train"}, {"tags", "undo", "open-digital", "--reason", "No"}, {"tags", "redo", "open-digital", "--reason", "Yes"}} {
		dir := filepath.Join(t.TempDir(), "typo")
		out := filepath.Join(t.TempDir(), "out") + "/"
		with := args
		if args[0] == "export" {
			with = append(args, "--out", out)
		}
		r := run(t, dir, with...)
		if r.code != cli.ExitFailed || r.stdout != "" || !strings.Contains(r.stderr, "There is no database") {
			t.Errorf("%v: %+v", args, r)
		}
		for _, path := range []string{dir, out} {
			if _, err := os.Stat(path); err == nil {
				t.Errorf("%v made %s", args, filepath.Base(path))
			}
		}
	}
}

func TestADryRunWithoutADatabaseLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := filepath.Join(t.TempDir(), "data")
	args := append(files(t, table), "--dry-run")
	if r := run(t, dir, args...); r.code != cli.ExitDone || !strings.Contains(r.stdout, "2  ") {
		t.Errorf("dry run: %+v", r)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "avow-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the data directory was made")
	}
}
