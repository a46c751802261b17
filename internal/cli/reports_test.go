package cli_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"avow/internal/cli"
)

// living is a plan in implementation with one commitment of two indicators.
const living = `{"format":"avow-jsonl","version":1}
{"kind":"member","subject":{"id":"0memb000000000000000000001","name":"Esperia","slug":"esperia","regime":"national"}}
{"kind":"plan","subject":{"id":"0pnan000000000000000000001","member":"0memb000000000000000000001","slug":"esperia-1","number":"1","regime":"national","stage":"implementation","languages":["en"],"periods":[{"key":"2020-1","start":"2020-01-01","end":"2020-06-30","due":"2020-07-31"}]}}
{"kind":"commitment","subject":{"id":"0cmmn000000000000000000001","member":"0memb000000000000000000001","plans":[{"plan":"0pnan000000000000000000001","number":"1"}],"title":[{"lang":"en","text":"Open the budget"}],"milestones":[{"id":"0mstn000000000000000000001","code":"1.1","kind":"indicator","title":[{"lang":"en","text":"A portal"}]},{"id":"0mstn000000000000000000002","code":"1.2","kind":"indicator","title":[{"lang":"en","text":"A law"}]}]}}
`

func TestAWorkbookIsWrittenFilledInAndTakenFromTheCommandLine(t *testing.T) {
	eachPlace(t, func(t *testing.T, fresh func() place) {
		here, dir := fresh(), t.TempDir()
		if r := here.run(t, "import", "jsonl", write(t, filepath.Join(dir, "living.jsonl"), living)); r.code != cli.ExitDone {
			t.Fatalf("%+v", r)
		}
		of := []string{"--plan", "esperia-1", "--period", "2020-1"}
		path := filepath.Join(dir, "reports.csv")
		if r := here.run(t, append([]string{"reports", "workbook", "--out", path}, of...)...); r.code != cli.ExitDone || !strings.Contains(r.stdout, "2 reports to fill in") {
			t.Fatalf("%+v", r)
		}
		if r := here.run(t, append([]string{"reports", "workbook", "--lang", "ar", "--out", filepath.Join(dir, "reports.xlsx")}, of...)...); r.code != cli.ExitDone {
			t.Fatalf("%+v", r)
		}
		if r := here.run(t, append([]string{"reports", "take", filepath.Join(dir, "reports.xlsx"), "--json"}, of...)...); r.code != cli.ExitDone || !strings.Contains(r.stdout, `"empty":2`) {
			t.Errorf("an empty workbook: %+v", r)
		}
		filled := func(status string) string {
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			rows, err := csv.NewReader(f).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for i, row := range rows[1:] {
				row[9], row[10] = []string{"completed", status}[i], "'=Done "+row[3]
			}
			var b strings.Builder
			if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
				t.Fatal(err)
			}
			return write(t, filepath.Join(dir, "filled.csv"), b.String())
		}
		bad := append([]string{"reports", "take", filled("finished")}, of...)
		if r := here.run(t, bad...); r.code != cli.ExitFailed || !strings.Contains(r.stdout, "Cell J3: “finished” is not a status. Choose one of these: Not started, Limited, Substantial, Completed.") {
			t.Errorf("%+v", r)
		}
		if r := here.run(t, append(bad, "--partial")...); r.code != cli.ExitPart || unfilled.MatchString(r.stdout) {
			t.Errorf("%+v", r)
		}
		good := append([]string{"reports", "take", filled("substantial"), "--json"}, of...)
		for _, want := range []struct {
			args           []string
			new, unchanged int
			taken          bool
		}{{append(good, "--dry-run"), 1, 1, false}, {good, 1, 1, true}, {good, 0, 2, true}} {
			r := here.run(t, want.args...)
			var got struct {
				New, Unchanged, Refused int
				Taken                   bool
				Messages                []string
			}
			if err := json.Unmarshal([]byte(r.stdout), &got); err != nil || r.code != cli.ExitDone || got.New != want.new || got.Unchanged != want.unchanged || got.Taken != want.taken {
				t.Errorf("%+v %v", r, err)
			}
		}
		if r := here.run(t, "reports", "take", path, "--plan", "esperia-1", "--period", "2019-1"); r.code != cli.ExitFailed || r.stderr == "" {
			t.Errorf("a period that is none: %+v", r)
		}
		if r := here.run(t, "reports", "take", path); r.code != cli.ExitFailed || !strings.Contains(r.stderr, "--plan, --period") {
			t.Errorf("without flags: %+v", r)
		}
	})
}
