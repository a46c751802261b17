package httpx

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Assets are files whose name carries a hash of their content, so that a browser
// keeps them for ever and never sees an old one. They are compressed once.
type Assets struct {
	prefix string
	byName map[string]string // "avow.css" to "avow.1f2e3d4c.css"
	files  map[string]asset
}

type asset struct {
	kind        string
	plain, gzip []byte
}

var assetKinds = map[string]string{".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
	".js": "text/javascript; charset=utf-8"}

// NewAssets reads every file of dir. prefix is the address below which they are
// served, with slashes at both ends.
func NewAssets(dir fs.FS, prefix string) (*Assets, error) {
	a := &Assets{prefix: prefix, byName: map[string]string{}, files: map[string]asset{}}
	entries, err := fs.ReadDir(dir, ".")
	if err != nil {
		return nil, fmt.Errorf("list assets: %w", err)
	}
	for _, e := range entries {
		kind, known := assetKinds[path.Ext(e.Name())]
		if !known {
			continue
		}
		plain, err := fs.ReadFile(dir, e.Name())
		if err != nil {
			return nil, fmt.Errorf("read asset %s: %w", e.Name(), err)
		}
		if strings.HasSuffix(e.Name(), ".css") {
			plain = Minify(plain)
		}
		var z bytes.Buffer
		gz, _ := gzip.NewWriterLevel(&z, gzip.BestCompression) // the level exists
		if _, err := gz.Write(plain); err != nil {
			return nil, fmt.Errorf("compress asset %s: %w", e.Name(), err)
		}
		if err := gz.Close(); err != nil {
			return nil, fmt.Errorf("compress asset %s: %w", e.Name(), err)
		}
		sum := sha256.Sum256(plain)
		ext := path.Ext(e.Name())
		hashed := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:5]) + ext
		a.byName[e.Name()] = hashed
		a.files[hashed] = asset{kind, plain, z.Bytes()}
	}
	return a, nil
}

// URL gives the address of an asset by its plain name, or "" when there is none.
func (a *Assets) URL(name string) string {
	hashed, ok := a.byName[name]
	if !ok {
		return ""
	}
	return a.prefix + hashed
}

// Serve answers with the asset of that hashed name, or reports that there is none.
func (a *Assets) Serve(w http.ResponseWriter, r *http.Request, hashed string) bool {
	f, ok := a.files[hashed]
	if !ok {
		return false
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	etag := `W/"` + hashed + `"`
	h.Set("ETag", etag)
	if Matches(r.Header.Get("If-None-Match"), etag) {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	body := f.plain
	if AcceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client is gone; nobody to tell
	}
	return true
}

// Minify takes comments, line ends and doubled white space out of a stylesheet.
// It knows no strings: our stylesheet has none with two spaces or a comment in it.
func Minify(css []byte) []byte {
	var out bytes.Buffer
	for len(css) > 0 {
		open := bytes.Index(css, []byte("/*"))
		if open < 0 {
			out.Write(css)
			break
		}
		out.Write(css[:open])
		end := bytes.Index(css[open:], []byte("*/"))
		if end < 0 {
			break
		}
		css = css[open+end+2:]
	}
	s := strings.Join(strings.Fields(out.String()), " ")
	for _, sign := range []string{"{", "}", ";", ","} {
		s = strings.ReplaceAll(s, " "+sign, sign)
		s = strings.ReplaceAll(s, sign+" ", sign)
	}
	return []byte(strings.ReplaceAll(strings.ReplaceAll(s, ": ", ":"), ";}", "}"))
}
