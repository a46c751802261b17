package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"avow/internal/i18n"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

const signInData = `{"link": "https://avow.example/en/sign-in/link?token=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu", "code": "1234 5678", "minutes": 15, "device": "Firefox, Linux"}`

func composed(t *testing.T, lang, data string) Message {
	t.Helper()
	m, err := Compose("id", "ana@example.org", "sign_in", i18n.For(lang), []byte(data), noon)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestALetterSaysTheSameAsTextAndAsAPageInEveryLanguage(t *testing.T) {
	for _, lang := range []string{"en", "fr", "es", "ar"} {
		m := composed(t, lang, signInData)
		for _, words := range []string{"https://avow.example/en/sign-in/link?token=abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstu\n", "    1234 5678\n", "Firefox, Linux"} {
			if !strings.Contains(strings.ReplaceAll(m.Text, "\u2068", ""), words) && !strings.Contains(m.Text, words) {
				t.Errorf("%s: %q is not in\n%s", lang, words, m.Text)
			}
		}
		if strings.Contains(m.Text, "⟦") || strings.Contains(m.HTML, "⟦") || !strings.Contains(m.HTML, `lang="`+lang+`"`) || !strings.Contains(m.HTML, "1234 5678") {
			t.Errorf("%s:\n%s\n%s", lang, m.Text, m.HTML)
		}
		for i, line := range strings.Split(m.Text, "\n") {
			if len([]rune(line)) > lineLength && !strings.Contains(line, "https://") {
				t.Errorf("%s: line %d is long: %q", lang, i+1, line)
			}
		}
	}
}

func TestNothingInALetterBecomesMarkupOrAHeader(t *testing.T) {
	hostile := `{"code": "<b>1</b>", "minutes": 15, "device": "<script>alert(1)</script>\r\nBcc: eve@example.org\r\n\r\nhello"}`
	m := composed(t, "en", hostile)
	if strings.Contains(m.HTML, "<script>") || strings.Contains(m.HTML, "<b>") {
		t.Errorf("%s", m.HTML)
	}
	dir := t.TempDir()
	m.Subject, m.Kind = line("Hello\r\nBcc: eve@example.org"), "../../sign_in"
	if err := (&Folder{Dir: dir, From: "avow@localhost"}).Send(context.Background(), m); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v %v", files, err)
	}
	head := headOf(t, filepath.Join(dir, files[0].Name()))
	if strings.Contains(head, "\nBcc") || !strings.Contains(head, "Subject: Hello Bcc: eve@example.org") {
		t.Errorf("%s", head)
	}
}

func headOf(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(strings.ReplaceAll(string(raw), "\r\n", "\n"), "\n\n")
	return head
}

func TestAnAddressThatIsSomethingElseIsRefused(t *testing.T) {
	for _, to := range []string{"", "ana", "ana@example.org\r\nBcc: eve@example.org", "ana@example.org, eve@example.org", "Ana <ana@example.org>", "ana@example.org\x00"} {
		m := Message{ID: "x", To: to, Kind: "sign_in", Subject: "x", Text: "x", HTML: "x", At: noon}
		if err := (&Folder{Dir: t.TempDir(), From: "avow@localhost"}).Send(context.Background(), m); err == nil {
			t.Errorf("%q is sent to", to)
		}
	}
}

func TestMailsInAFolderAreNumberedAndCanBeReadAsTheyAre(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	m := composed(t, "ar", signInData)
	var all sync.WaitGroup
	for range 2 { // two processes
		f := &Folder{Dir: dir, From: "Avow <avow@avow.example>"}
		for range 5 {
			all.Go(func() {
				if err := f.Send(context.Background(), m); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for i, f := range files {
		if want := fmt.Sprintf("%04d-sign_in-ana@example.org.eml", i+1); f.Name() != want {
			t.Errorf("%s, not %s", f.Name(), want)
		}
	}
	raw, err := os.ReadFile(filepath.Join(dir, files[0].Name()))
	if err != nil || !strings.Contains(string(raw), "1234 5678") || !strings.Contains(string(raw), "تسجيل الدخول") {
		t.Errorf("%v\n%s", err, raw)
	}
	head := headOf(t, filepath.Join(dir, files[0].Name()))
	for _, h := range []string{"Message-ID: <id@avow.example>", "Date: Sun, 01 Mar 2026 12:00:00 +0000", "To: <ana@example.org>", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(head, h) {
			t.Errorf("%q is not in\n%s", h, head)
		}
	}
}

func TestALetterOfNoKindIsRefused(t *testing.T) {
	if _, err := Write("nothing", i18n.For("en"), []byte("{}")); err == nil {
		t.Error("it is written")
	}
	for kind := range kinds {
		if _, err := Write(kind, i18n.For("en"), []byte("no JSON")); err == nil {
			t.Errorf("%s is written from no data", kind)
		}
	}
}

func FuzzASubjectIsOneLine(f *testing.F) {
	for _, s := range []string{"Hello", "a\r\nb", "a\u2028b", "\xff\xfe", "\x00", "عربي"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := line(s); strings.ContainsAny(got, "\r\n\x00\u2028\u2029") || line(got) != got {
			t.Errorf("%q", got)
		}
	})
}
