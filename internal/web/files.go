package web

import (
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"unicode/utf8"

	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/web/ui/pages"
)

// file gives out a file that something public refers to. Its name is one that a
// subject gives it: an address cannot make another.
func (s *Site) file(c *call) error {
	f, err := s.App.File(c.r.Context(), c.r.PathValue("hash"))
	if err != nil {
		return err
	}
	name := c.r.PathValue("name")
	if !slices.Contains(f.Names, name) {
		http.Redirect(c.w, c.r, c.url(filePath(f.File)), http.StatusFound)
		return nil
	}
	kind := f.Type
	if (kind == "text/plain" || kind == "text/csv") && utf8.Valid(f.Content) {
		kind += "; charset=utf-8"
	}
	httpx.FileHeaders(c.w.Header(), name, kind, f.SHA256)
	if httpx.Matches(c.r.Header.Get("If-None-Match"), `"`+f.SHA256+`"`) {
		c.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	c.w.Header().Set("Content-Length", strconv.Itoa(len(f.Content)))
	c.w.WriteHeader(http.StatusOK)
	if c.r.Method != http.MethodHead {
		_, _ = c.w.Write(f.Content) // the client is gone: nobody to tell
	}
	return nil
}

// filePath is the address of a file below the language.
func filePath(f civic.File) string { return "/files/" + f.SHA256 + "/" + url.PathEscape(f.Name) }

// fileLink leads to a file, with its kind and size.
func (c *call) fileLink(f civic.File) pages.Link {
	return pages.Link{URL: c.url(filePath(f)), Text: f.Name, Count: c.fileKind(f) + " · " + c.p.Bytes(f.Size)}
}

// fileKind is the kind of a file as people write it: PDF, DOCX.
func (c *call) fileKind(f civic.File) string {
	for _, k := range civic.FileKinds {
		if k.Type == f.Type {
			return upper(k.Ending[1:])
		}
	}
	return f.Type
}

func upper(ascii string) string {
	out := []byte(ascii)
	for i, b := range out {
		if b >= 'a' && b <= 'z' {
			out[i] = b - 'a' + 'A'
		}
	}
	return string(out)
}

// uploaded takes in a file of a form.
func (c *call) uploaded(up *multipart.FileHeader) (civic.File, error) {
	content, err := up.Open()
	if err != nil {
		return civic.File{}, err
	}
	defer content.Close()
	return c.site.App.KeepFile(c.r.Context(), c.who, up.Filename, content)
}
