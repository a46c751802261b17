package cli_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"avow/internal/cli"
	"avow/internal/demo"
)

func TestATextIsReadAsItWasSaved(t *testing.T) {
	const said = "A portal for open data\r\nThe ministry publishes its budget and its contracts as open data."
	units := utf16.Encode([]rune("\ufeff" + said))
	var little, big []byte
	for _, u := range units {
		little, big = binary.LittleEndian.AppendUint16(little, u), binary.BigEndian.AppendUint16(big, u)
	}
	dir := t.TempDir()
	for name, file := range map[string][]byte{"utf-8": []byte(said), "utf-8 with a mark": []byte("\ufeff" + said), "little": little, "big": big} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, file, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := run(t, dir, "tags", "suggest", "--text", path); r.code != 0 || !strings.Contains(r.stdout, "open-data  learned") {
			t.Errorf("%s: %+v", name, r)
		}
	}
	for name, file := range map[string]string{"windows": "Cr\xe9er un portail national de donn\xe9es ouvertes", "program": "\x7fELF\x02\x01\x01\x00\x00\x00open data budget"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := run(t, dir, "tags", "suggest", "--text", path); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, name) || !strings.Contains(r.stderr, "no plain text") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestALongTextIsCutBetweenCharacters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "long.txt")
	if err := os.WriteFile(path, []byte("open data portal "+strings.Repeat("€", 6<<20)), 0o600); err != nil { // cut within a character
		t.Fatal(err)
	}
	if r := run(t, t.TempDir(), "tags", "suggest", "--text", path); r.code != 0 || r.stdout == "" {
		t.Errorf("%+v", r)
	}
}

func TestTrainingOnTooLittleIsRefusedAndTheShippedModelPutBack(t *testing.T) {
	dir := t.TempDir()
	for _, f := range demo.Files {
		file := filepath.Join(t.TempDir(), f.Name)
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if r := run(t, dir, "import", f.Format, file); r.code != 0 {
			t.Fatalf("%+v", r)
		}
	}
	proposed := func() {
		t.Helper()
		if r := run(t, dir, "tags", "suggest", "--commitment", "NL0049"); r.code != 0 || !strings.Contains(r.stdout, "open-source") {
			t.Errorf("%+v", r)
		}
	}
	if r := run(t, dir, "tags", "train"); r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, "needed: 200") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "tags", "apply", "open-digital"); r.code != 0 {
		t.Fatalf("%+v", r)
	}
	proposed()
	if r := run(t, dir, "tags", "train", "--shipped"); r.code != 0 || !strings.Contains(r.stdout, "part of the program") {
		t.Errorf("%+v", r)
	}
	if r := run(t, dir, "tags", "train", "--shipped", "--json"); r.code != 0 || !strings.Contains(r.stdout, "shipped") {
		t.Errorf("%+v", r)
	}
	proposed()
}

func TestADamagedDatabaseIsToldAndNotAnsweredFor(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "avow.db"), "this is no database, whatever its name says")
	text := write(t, filepath.Join(t.TempDir(), "draft.txt"), "Open data of the budget, published for procurement.")
	for _, args := range [][]string{{}, {"--role", "regulator"}} {
		r := run(t, dir, append([]string{"tags", "suggest", "--text", text}, args...)...)
		if r.code != cli.ExitFailed || r.stdout != "" || !strings.Contains(r.stderr, "avow.db") {
			t.Errorf("%v: %+v", args, r)
		}
	}
}
