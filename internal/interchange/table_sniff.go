package interchange

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"strings"

	"avow/internal/civic"
)

// signatures are the beginnings of files that are often taken for tables.
var signatures = []struct {
	start string
	what  string
}{
	{"%PDF", "PDF"}, {"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"\xd0\xcf\x11\xe0", "XLS"},
	{"\x1f\x8b", "gzip"}, {"\x7fELF", "ELF"}, {"{\\rtf", "RTF"}, {"7z\xbc\xaf", "7z"}, {"Rar!", "RAR"}, {"BM\x00", "BMP"},
	{"SQLite format 3\x00", "SQLite"}, {"PK\x05\x06", "ZIP"},
}

// sniffTable tells "csv" from "xlsx" by content and holds the file's name against it.
func sniffTable(in Input, r io.ReaderAt) (string, error) {
	if in.Size > maxFile {
		return "", fileError(civic.TooLarge, "file_too_large", in.Name, map[string]any{"limit_mb": maxFile >> 20})
	}
	head := make([]byte, min(in.Size, 8192))
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", err
	}
	head = head[:n]
	if len(bytes.TrimSpace(bytes.TrimPrefix(head, []byte(bomUTF8)))) == 0 && int64(n) == in.Size {
		return "", fileError(civic.Invalid, "empty_file", in.Name, nil)
	}
	ending := strings.ToLower(path.Ext(in.Name))
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		z, err := zip.NewReader(r, in.Size)
		if err != nil && (ending == ".xlsx" || ending == ".xlsm") {
			return "", fileError(civic.Invalid, "xlsx_damaged", in.Name, nil)
		}
		if err != nil || !hasEntry(z, "[Content_Types].xml") || !hasEntry(z, "xl/workbook.xml") {
			return "", notATable(in.Name, "ZIP")
		}
		if ending == ".csv" || ending == ".tsv" || ending == ".txt" {
			return "", fileError(civic.Invalid, "not_csv", in.Name, nil)
		}
		return "xlsx", nil
	}
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.start)) {
			return "", notATable(in.Name, s.what)
		}
	}
	if ending == ".xlsx" || ending == ".xlsm" {
		return "", fileError(civic.Invalid, "not_xlsx", in.Name, nil)
	}
	if lower := bytes.ToLower(bytes.TrimSpace(head)); bytes.HasPrefix(lower, []byte("<!doctype html")) || bytes.HasPrefix(lower, []byte("<html")) {
		return "", notATable(in.Name, "HTML")
	}
	if isWide(head) {
		return "", fileError(civic.Invalid, "encoding_unknown", in.Name, nil)
	}
	if !hasBOM16(head) && isBinary(head) {
		return "", fileError(civic.Invalid, "not_text", in.Name, nil)
	}
	return "csv", nil
}

func notATable(name, what string) error {
	return fileError(civic.Invalid, "not_a_table", name, map[string]any{"what": what})
}

func hasEntry(z *zip.Reader, name string) bool {
	for _, f := range z.File {
		if strings.EqualFold(strings.TrimPrefix(f.Name, "/"), name) {
			return true
		}
	}
	return false
}

// isBinary holds when more than two of a hundred bytes are control characters
// that no text has: a stray NUL is a fault of its row, not of the file.
func isBinary(head []byte) bool {
	odd := 0
	for _, b := range head {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != 0x0b && b != 0x0c && b != 0x1b {
			odd++
		}
	}
	return odd*50 > len(head) && odd > 1
}

// isWide holds for text in two or four bytes a character whose order no mark
// tells: UTF-16 without a mark, UTF-32.
func isWide(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe\x00\x00")) || bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")) {
		return true
	}
	if hasBOM16(head) {
		return false
	}
	var nul [2]int
	for i, b := range head {
		if b == 0 {
			nul[i%2]++
		}
	}
	return max(nul[0], nul[1])*10 > len(head)*4 && min(nul[0], nul[1])*10 < len(head)
}
