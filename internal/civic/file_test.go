package civic

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// packed makes an office file of parts; the first comes first.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFileIsTakenForWhatItIs(t *testing.T) {
	types := `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	docx := packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>")
	odt := packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>")
	bomb := packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "word/media/a", strings.Repeat("\x00", maxUnpacked))
	many := []string{"[Content_Types].xml", types, "word/document.xml", "<w/>"}
	for range maxPacked {
		many = append(many, "x", "")
	}
	for _, c := range []struct {
		name    string
		content []byte
		want    string // media type, or key of the fault
	}{
		{"a.pdf", []byte("%PDF-1.7\n"), "application/pdf"},
		{"a.PDF", []byte("%PDF-1.7\n"), "application/pdf"},
		{"a.pdf", []byte("<html>%PDF-"), "file.content"},
		{"a.png", []byte("\x89PNG\r\n\x1a\n...."), "image/png"},
		{"a.jpg", []byte("\x89PNG\r\n\x1a\n...."), "file.content"},
		{"a.jpeg", []byte("\xff\xd8\xff\xe0"), "image/jpeg"},
		{"a.webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "image/webp"},
		{"a.webp", []byte("RIFF\x00\x00\x00\x00WAVEfmt "), "file.content"},
		{"a.txt", []byte("Café\r\n"), "text/plain"},
		{"a.txt", []byte("Caf\xe9\n"), "text/plain"},
		{"a.csv", []byte("a;b\n1;2\n"), "text/csv"},
		{"a.csv", []byte("a\x00b"), "file.content"},
		{"a.txt", []byte("  <!DOCTYPE html><p>"), "file.content"},
		{"a.txt", []byte("x <SVG onload=alert(1)>"), "file.content"},
		{"a.txt", nil, "file.empty"},
		{"a.docx", docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"a.xlsx", docx, "file.content"},
		{"a.odt", odt, "application/vnd.oasis.opendocument.text"},
		{"a.ods", odt, "file.content"},
		{"a.docx", odt, "file.content"},
		{"a.docx", []byte("PK\x03\x04 and nothing"), "file.damaged"},
		{"a.docx", append([]byte("MZ\x90"), docx...), "file.content"},
		{"a.docx", packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "word/vbaProject.bin", "x"), "file.macros"},
		{"a.docx", packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", `word\VBAPROJECT.BIN`, "x"), "file.macros"},
		{"a.docx", packed(t, "[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml", "word/document.xml", "<w/>"), "file.macros"},
		{"a.docx", packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "word/embeddings/oleObject1.bin", "x"), "file.macros"},
		{"a.xlsx", packed(t, "[Content_Types].xml", types, "xl/workbook.xml", "<x/>", "xl/macrosheets/sheet1.xml", "x"), "file.macros"},
		{"a.odt", packed(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>", "Basic/script-lc.xml", "x"), "file.macros"},
		{"a.docx", packed(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "../../etc/passwd", "x"), "file.damaged"},
		{"a.docx", bomb, "file.bomb"},
		{"a.docx", packed(t, many...), "file.bomb"},
		{"a.docm", docx, "file.kind"}, {"a.xlsm", docx, "file.kind"}, {"a.svg", []byte("<svg/>"), "file.kind"}, {"a.html", []byte("<p>"), "file.kind"},
		{"a.exe", []byte("MZ"), "file.kind"}, {"a", []byte("x"), "file.kind"}, {"pdf", []byte("%PDF-"), "file.kind"}, {"a.pdf.exe", []byte("%PDF-"), "file.kind"},
	} {
		kind, err := CheckFile(c.name, c.content)
		got := kind.Type
		var e *Error
		if errors.As(err, &e) {
			got = e.Key
			if e.Kind != Invalid || e.Field != "file" {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
		if got != c.want {
			t.Errorf("%s, %d bytes: %s, want %s", c.name, len(c.content), got, c.want)
		}
	}
}

func TestAFilesNameIsSafeEverywhere(t *testing.T) {
	for name, want := range map[string]string{
		"Minutes of 3 March.PDF":          "Minutes of 3 March.pdf",
		`C:\Users\me\plan.docx`:           "plan.docx",
		"../../etc/passwd":                "passwd",
		"a\r\nSet-Cookie: x=1.pdf":        "a Set-Cookie_ x=1.pdf",
		`he said "no".txt`:                "he said _no_.txt",
		"invoice\u202efdp.exe":            "invoicefdp.exe",
		"\u2066hidden\u2069.csv":          "hidden.csv",
		"محضر الاجتماع.pdf":               "محضر الاجتماع.pdf",
		"  .hidden ":                      "hidden",
		".pdf":                            "pdf",
		"":                                "file",
		"a\x00b.txt":                      "ab.txt",
		"\xff\xfe.txt":                    "_.txt",
		"con<script>.pdf":                 "con_script_.pdf",
		strings.Repeat("ы", 300) + ".PDF": strings.Repeat("ы", 116) + ".pdf",
	} {
		if got := CleanFileName(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

func FuzzCleanFileName(f *testing.F) {
	for _, s := range []string{"a.pdf", "a\r\nb.pdf", `"\..//x`, "\u202ex.exe", ".", "..", "a.b.c", "\xff", strings.Repeat("x.", 400)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := CleanFileName(s)
		if name == "" || !utf8.ValidString(name) || utf8.RuneCountInString(name) > 300 || strings.ContainsAny(name, "/\\\"\r\n%") || strings.HasPrefix(name, ".") {
			t.Fatalf("%q is %q", s, name)
		}
		for _, r := range name {
			if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
				t.Fatalf("%q is %q", s, name)
			}
		}
		if again := CleanFileName(name); again != name {
			t.Fatalf("%q is %q, and that is %q", s, name, again)
		}
	})
}

func FuzzCheckFile(f *testing.F) {
	f.Add("a.docx", packed(f, "[Content_Types].xml", "<x/>", "word/document.xml", "<x/>"))
	f.Add("a.odt", packed(f, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<x/>"))
	f.Add("a.pdf", []byte("%PDF-1.4"))
	f.Add("a.txt", []byte("x"))
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		kind, err := CheckFile(name, content)
		if (err == nil) != (kind.Type != "") {
			t.Fatalf("%q: %+v, %v", name, kind, err)
		}
		if err == nil && strings.HasPrefix(kind.Type, "text/") && bytes.ContainsRune(content, 0) {
			t.Fatalf("%q: a text with a NUL", name)
		}
	})
}
