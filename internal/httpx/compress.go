package httpx

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// smallest is the body length below which compressing gains nothing.
const smallest = 400

var gzips = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// Compress gives text answers gzip encoding when the client takes it. Streams
// stay streams: what a handler flushes is sent.
func Compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !AcceptsGzip(r.Header.Get("Accept-Encoding")) {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipper{ResponseWriter: w}
		next.ServeHTTP(z, r)
		z.close() // not deferred: a panic must leave the answer unfinished
	})
}

// AcceptsGzip reads an Accept-Encoding header; "gzip;q=0" refuses.
func AcceptsGzip(header string) bool {
	star := false
	for part := range strings.SplitSeq(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		name = strings.ToLower(strings.TrimSpace(name))
		taken := true
		if q, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q="); ok {
			v, err := strconv.ParseFloat(q, 64)
			taken = err == nil && v > 0
		}
		switch name {
		case "gzip", "x-gzip":
			return taken
		case "*":
			star = taken
		}
	}
	return star
}

// zipper decides at the first byte whether the answer is worth compressing.
type zipper struct {
	http.ResponseWriter
	decided bool
	gz      *gzip.Writer
}

func (z *zipper) WriteHeader(status int) {
	if !z.decided && status >= 200 {
		z.decide(status)
	}
	z.ResponseWriter.WriteHeader(status)
}

func (z *zipper) decide(status int) {
	z.decided = true
	h := z.Header()
	if status == http.StatusNoContent || status == http.StatusNotModified || status == http.StatusPartialContent ||
		h.Get("Content-Encoding") != "" || !compressible(h.Get("Content-Type")) {
		return
	}
	if n, err := strconv.Atoi(h.Get("Content-Length")); err == nil && n < smallest {
		return
	}
	h.Del("Content-Length")
	h.Set("Content-Encoding", "gzip")
	z.gz = gzips.Get().(*gzip.Writer)
	z.gz.Reset(z.ResponseWriter)
}

func (z *zipper) Write(b []byte) (int, error) {
	if !z.decided {
		if z.Header().Get("Content-Type") == "" {
			z.Header().Set("Content-Type", http.DetectContentType(b))
		}
		z.WriteHeader(http.StatusOK)
	}
	if z.gz != nil {
		return z.gz.Write(b)
	}
	return z.ResponseWriter.Write(b)
}

// FlushError sends what has been written so far.
func (z *zipper) FlushError() error {
	if z.gz != nil {
		if err := z.gz.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(z.ResponseWriter).Flush()
}

// Flush is FlushError for callers that know only http.Flusher.
func (z *zipper) Flush() { _ = z.FlushError() }

// Unwrap lets http.ResponseController reach the connection.
func (z *zipper) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipper) close() {
	if z.gz == nil {
		return
	}
	_ = z.gz.Close() // the client is gone; nobody to tell
	z.gz.Reset(io.Discard)
	gzips.Put(z.gz)
	z.gz = nil
}

func compressible(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	kind = strings.TrimSpace(strings.ToLower(kind))
	return strings.HasPrefix(kind, "text/") || strings.HasSuffix(kind, "+json") || strings.HasSuffix(kind, "+xml") ||
		kind == "application/json" || kind == "application/x-ndjson" || kind == "application/jsonl"
}
