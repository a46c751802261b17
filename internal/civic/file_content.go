package civic

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"
)

// The bounds of what is packed inside office files: entries, and bytes of all of
// them unpacked. A larger one would be a bomb for whoever opens it.
const (
	maxPacked   = 5000
	maxUnpacked = 128 << 20
)

// CheckFile tells which kind a file is: its name's ending, when its content is of
// that kind and holds nothing that runs. Else it returns a *Error of kind Invalid.
func CheckFile(name string, content []byte) (FileKind, error) {
	kind, ok := KindOfFile(name)
	bad := func(key string) (FileKind, error) {
		return FileKind{}, &Error{Kind: Invalid, Key: key, Field: "file",
			Args: map[string]any{"Name": name, "Ending": kind.Ending, "Allowed": strings.Join(FileEndings(), " "), "Most": maxUnpacked >> 20}}
	}
	switch {
	case !ok:
		return bad("file.kind")
	case len(content) == 0:
		return bad("file.empty")
	}
	fits := false
	switch kind.Ending {
	case ".pdf":
		fits = bytes.HasPrefix(content, []byte("%PDF-"))
	case ".png":
		fits = bytes.HasPrefix(content, []byte("\x89PNG\r\n\x1a\n"))
	case ".jpg", ".jpeg":
		fits = bytes.HasPrefix(content, []byte("\xff\xd8\xff"))
	case ".webp":
		fits = len(content) > 12 && string(content[:4]) == "RIFF" && string(content[8:12]) == "WEBP"
	case ".txt", ".csv":
		fits = plain(content)
	default:
		if key := checkOffice(kind, content); key != "" {
			return bad(key)
		}
		fits = true
	}
	if !fits {
		return bad("file.content")
	}
	return kind, nil
}

// plain reports whether content is text in a script of one byte or in UTF-8 that
// no reader takes for a page or a drawing.
func plain(content []byte) bool {
	for _, b := range content {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' || b == 0x7f {
			return false
		}
	}
	if bytes.HasPrefix(content, []byte("%PDF-")) || bytes.HasPrefix(content, []byte("%!")) {
		return false
	}
	head := bytes.ToLower(content[:min(len(content), 1024)])
	for _, mark := range []string{"<!doctype", "<html", "<head", "<body", "<svg", "<script", "<iframe", "<?xml", "<?php"} {
		if bytes.Contains(head, []byte(mark)) {
			return false
		}
	}
	return true
}

// office says what an office file has to hold, by its ending.
var office = map[string]struct{ part, mimetype string }{
	".docx": {part: "word/document.xml"},
	".xlsx": {part: "xl/workbook.xml"},
	".odt":  {part: "content.xml", mimetype: "application/vnd.oasis.opendocument.text"},
	".ods":  {part: "content.xml", mimetype: "application/vnd.oasis.opendocument.spreadsheet"},
}

// checkOffice returns the key of what is wrong with an office file, "" when nothing is.
func checkOffice(kind FileKind, content []byte) string {
	if !bytes.HasPrefix(content, []byte("PK\x03\x04")) {
		return "file.content"
	}
	packed, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return "file.damaged"
	}
	if len(packed.File) > maxPacked {
		return "file.bomb"
	}
	want := office[kind.Ending]
	left, parts, mimetype := int64(maxUnpacked), map[string]bool{}, ""
	for _, f := range packed.File {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		if runs(name) {
			return "file.macros"
		}
		if f.Flags&1 != 0 || strings.HasPrefix(name, "/") || strings.Contains("/"+name+"/", "/../") {
			return "file.damaged"
		}
		head, size, err := unpack(f, left)
		if size > left {
			return "file.bomb"
		}
		if err != nil {
			return "file.damaged"
		}
		left -= size
		parts[name] = true
		switch name {
		case "mimetype":
			mimetype = strings.TrimSpace(string(head))
		case "[content_types].xml":
			if bytes.Contains(bytes.ToLower(head), []byte("macroenabled")) {
				return "file.macros"
			}
		}
	}
	if !parts[want.part] || want.mimetype == "" && !parts["[content_types].xml"] || want.mimetype != mimetype {
		return "file.content"
	}
	return ""
}

// runs reports whether a part of an office file is one that runs: Visual Basic,
// Excel's older macros, controls, embedded programs, Basic of OpenDocument.
func runs(name string) bool {
	base := path.Base(name)
	for _, dir := range []string{"xl/macrosheets/", "xl/dialogsheets/", "word/activex/", "xl/activex/", "basic/", "scripts/"} {
		if strings.HasPrefix(name, dir) {
			return true
		}
	}
	return strings.HasPrefix(base, "vbaproject") || strings.HasPrefix(base, "vbadata") ||
		strings.Contains(name, "/embeddings/") && !slices.Contains([]string{".docx", ".xlsx", ".pptx"}, path.Ext(base))
}

// unpack reads one part to its end, at most one byte more than most, and returns
// its beginning and its size.
func unpack(f *zip.File, most int64) (head []byte, size int64, err error) {
	r, err := f.Open()
	if err != nil {
		return nil, 0, err
	}
	defer r.Close()
	limited := io.LimitReader(r, most+1)
	head, err = io.ReadAll(io.LimitReader(limited, 1<<20))
	if err != nil {
		return nil, int64(len(head)), err
	}
	rest, err := io.Copy(io.Discard, limited)
	return head, int64(len(head)) + rest, err
}
