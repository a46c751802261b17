package httpx

import (
	"net/http"
	"net/url"
	"strings"
)

// Attachment writes the Content-Disposition of a file that a browser saves and
// does not show (RFC 6266): the name in ASCII for old ones, and as it is.
func Attachment(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\%`, r) {
			return '_'
		}
		return r
	}, name)
	out := `attachment; filename="` + ascii + `"`
	if ascii != name {
		out += "; filename*=UTF-8''" + strings.ReplaceAll(url.QueryEscape(strings.ToValidUTF8(name, "_")), "+", "%20")
	}
	return out
}

// FilePolicy keeps a file that somebody sent in from being anything but a file: if
// a browser shows it after all, it may run, load and reach nothing.
const FilePolicy = "default-src 'none'; sandbox"

// FileHeaders sets the headers of a file that somebody sent in. Its content never
// changes, and it may be withdrawn: whoever keeps it asks each time.
func FileHeaders(h http.Header, name, kind, hash string) {
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", Attachment(name))
	h.Set("Content-Security-Policy", FilePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("ETag", `"`+hash+`"`)
	h.Set("Cache-Control", "no-cache")
}
