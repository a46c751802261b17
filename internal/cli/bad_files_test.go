package cli_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"avow/internal/cli"
)

// goText finds words of the program's own making that no person should read.
var goText = regexp.MustCompile(`%!|⟦|json:|cannot unmarshal|invalid character|map\[|interchange\.|(^|[^a-z])(import|cli)\.[a-z]+_`)

func TestABadFileIsExplainedInEachLanguageAndAsOneObject(t *testing.T) {
	dir := t.TempDir()
	mapped := write(t, filepath.Join(dir, "map.json"), mapping)
	head, _, _ := strings.Cut(table, "\n")
	for name, text := range map[string]string{
		"a stray quote":     table + "\"LT\"0103,Lithuania,LTU,1,3,Title,Text\n",
		"an unclosed quote": table + "LT0103,\"Lithuania\n",
		"no rows":           head + "\n",
		"wide text":         "I\x00D\x00,\x00C\x00o\x00\n\x00",
		"no text":           strings.Repeat("\x00\x01\x02\x03a", 100),
		"a control":         strings.Replace(table, "LT0101", "\x1b[2JLT0101", 1),
		"a failed formula":  strings.Replace(table, "Open the budget", "#REF!", 1),
	} {
		file := write(t, filepath.Join(dir, "x.csv"), text)
		for _, lang := range []string{"en", "fr_FR.UTF-8", "es", "ar"} {
			environ := []string{"AVOW_DATA=" + t.TempDir(), "LANG=" + lang}
			r := runIn(t, context.Background(), environ, "import", "table", file, "--map", mapped, "--json")
			var got struct {
				Warnings []struct{ Code, Message string }
			}
			if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || len(got.Warnings) == 0 || strings.Count(r.stdout, "\n") != 1 {
				t.Fatalf("%s in %s: %v: %+v", name, lang, err, r)
			}
			for _, w := range got.Warnings {
				if w.Code == "" || w.Message == "" || goText.MatchString(w.Message) || unfilled.MatchString(w.Message) || strings.ContainsRune(w.Message, '\x1b') {
					t.Errorf("%s in %s: %+v", name, lang, w)
				}
			}
			if goText.MatchString(r.stderr) || unfilled.MatchString(r.stderr) || strings.ContainsRune(r.stderr, '\x1b') {
				t.Errorf("%s in %s: %q", name, lang, r.stderr)
			}
		}
	}
}

func TestAFaultOfAFileNamesItsRowAndColumnToAPerson(t *testing.T) {
	dir := t.TempDir()
	mapped := write(t, filepath.Join(dir, "map.json"), mapping)
	r := run(t, filepath.Join(dir, "data"), "import", "table", write(t, filepath.Join(dir, "q.csv"), table+"LT0103,\"Lithuania\n"), "--map", mapped)
	if r.code != cli.ExitFailed || !strings.Contains(r.stderr, "4") || !strings.Contains(r.stderr, "Country") {
		t.Errorf("got %+v", r)
	}
}

func TestADryRunSaysWhatTheRealRunDoesAlsoOfBadRows(t *testing.T) {
	bad := table + "LT103,Lithuania,LTU,1,3,Bad,Text.\nLT0104,Lithuania\nLT0102,Lithuania,LTU,1,4,Twice,Text.\n"
	args, dir := append(files(t, bad), "--json"), t.TempDir()
	elapsed := regexp.MustCompile(`"elapsed_ms":\d+|"dry_run":(true|false)|"taken":(true|false)`)
	dry, real := run(t, dir, append(args, "--dry-run")...), run(t, dir, args...)
	if dry.code != real.code || elapsed.ReplaceAllString(dry.stdout, "") != elapsed.ReplaceAllString(real.stdout, "") {
		t.Errorf("dry %+v\nreal %+v", dry, real)
	}
}

func TestAnExportGoesIntoADeviceAndDoesNotReplaceIt(t *testing.T) {
	dir := t.TempDir()
	if r := run(t, dir, files(t, table)...); r.code != cli.ExitDone {
		t.Fatalf("import: %+v", r)
	}
	link := filepath.Join(dir, "nowhere")
	if err := os.Symlink(os.DevNull, link); err != nil {
		t.Skip("no symbolic links here")
	}
	if r := run(t, dir, "export", "csv", "--out", link); r.code != cli.ExitDone {
		t.Errorf("got %+v", r)
	}
	if info, err := os.Stat(link); err != nil || info.Mode().IsRegular() {
		t.Errorf("the device was replaced: %v %v", info, err)
	}
}
