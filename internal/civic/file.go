package civic

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FileKind is a kind of file that is taken in: its ending and media type.
type FileKind struct {
	Ending string // ".pdf"
	Type   string
}

// FileKinds lists them all. None of them runs anything in a reader that opens it
// as what it is: no page, no drawing with script, no document with macros.
var FileKinds = []FileKind{
	{".pdf", "application/pdf"},
	{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{".odt", "application/vnd.oasis.opendocument.text"},
	{".ods", "application/vnd.oasis.opendocument.spreadsheet"},
	{".csv", "text/csv"},
	{".txt", "text/plain"},
	{".png", "image/png"},
	{".jpg", "image/jpeg"},
	{".jpeg", "image/jpeg"},
	{".webp", "image/webp"},
}

// FileEndings are the endings of FileKinds, as a form and a message list them.
func FileEndings() []string {
	out := make([]string, len(FileKinds))
	for i, k := range FileKinds {
		out[i] = k.Ending
	}
	return out
}

// KindOfFile finds the kind of a file by its name.
func KindOfFile(name string) (FileKind, bool) {
	ending := strings.ToLower(path.Ext(name))
	for _, k := range FileKinds {
		if k.Ending == ending {
			return k, true
		}
	}
	return FileKind{}, false
}

// maxFileName is how long a file's name may be (characters).
const maxFileName = 120

// CleanFileName makes of any name one that is safe on every system and in every
// header: the last part of a path, one line, no sign that turns the writing
// around, none that a system forbids, its ending in lower case.
func CleanFileName(name string) string {
	name = strings.ToValidUTF8(name, "_")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return -1
		case strings.ContainsRune(`<>:"|?*%;'`+"`", r), r == utf8.RuneError:
			return '_'
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), " .")
	ending := path.Ext(name)
	base := strings.TrimRight(strings.TrimSuffix(name, ending), " .")
	ending = strings.ToLower(ending)
	if base == "" {
		base = "file"
		if ending == "" && name != "" {
			base = name
		}
	}
	if runes := []rune(base); len(runes) > maxFileName-len(ending) && len(ending) < maxFileName {
		base = strings.TrimRight(string(runes[:maxFileName-len(ending)]), " .")
	}
	return base + ending
}
