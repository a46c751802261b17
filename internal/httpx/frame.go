package httpx

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"avow/internal/civic"
)

// Frame is what stands around every request. Fail is required: it answers with
// an error in the form that the address speaks (a page or a problem).
type Frame struct {
	Log         *slog.Logger
	Fail        func(http.ResponseWriter, *http.Request, error)
	Deadline    time.Duration            // of one request; 0: 30 s
	Stream      func(*http.Request) bool // requests without a deadline of their own; nil: the exports of the API
	MaxBody     int64                    // bytes; 0: 1 MiB
	MaxUpload   int64                    // bytes of a form with files; 0: 12 MiB
	MaxURL      int                      // bytes; 0: 8 KiB
	MaxInFlight int                      // requests at once; 0: 512. One more is told to come back.
	HSTS        bool                     // the public address is HTTPS
}

// exports is where the addresses of exports begin: they stream for as long as it takes.
const exports = "/api/v1/exports/"

// LogKeys are all keys of a request's log line, in their order. No address of a
// person, no query, no header value is among them.
var LogKeys = []string{"id", "method", "route", "status", "bytes", "ms", "error", "stack"}

// Wrap puts the frame around a handler, usually the server's whole mux.
func (f Frame) Wrap(next http.Handler) http.Handler {
	if f.Deadline == 0 {
		f.Deadline = 30 * time.Second
	}
	if f.Stream == nil {
		f.Stream = func(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, exports) }
	}
	if f.MaxBody == 0 {
		f.MaxBody = 1 << 20
	}
	if f.MaxUpload == 0 {
		f.MaxUpload = 12 << 20
	}
	if f.MaxURL == 0 {
		f.MaxURL = 8 << 10
	}
	if f.MaxInFlight == 0 {
		f.MaxInFlight = 512
	}
	if f.Log == nil {
		f.Log = slog.New(slog.DiscardHandler)
	}
	origin := http.NewCrossOriginProtection()
	slots := make(chan struct{}, f.MaxInFlight)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		id := newRequestID()
		ctx := context.WithValue(r.Context(), requestKey{}, id)
		if !f.Stream(r) {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, f.Deadline)
			defer cancel()
		}
		r = r.WithContext(ctx)
		out := &recorder{ResponseWriter: w}
		SecurityHeaders(w.Header(), f.HSTS)
		w.Header().Set("X-Request-Id", id)
		defer func() { f.finish(out, r, id, started, recover()) }()
		if err := f.admit(origin, slots, r); err != nil {
			if civic.KindOf(err) == civic.Unavailable {
				w.Header().Set("Retry-After", "2")
			}
			f.Fail(out, r, err)
			return
		}
		defer func() { <-slots }()
		if r.Body != nil {
			most := f.MaxBody
			if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
				most = max(most, f.MaxUpload)
			}
			r.Body = http.MaxBytesReader(w, r.Body, most)
		}
		Compress(next).ServeHTTP(out, r)
	})
}

// admit takes a slot, or says why the request is not let in. A refused request holds no slot.
func (f Frame) admit(origin *http.CrossOriginProtection, slots chan struct{}, r *http.Request) error {
	if len(r.RequestURI) > f.MaxURL {
		return &civic.Error{Kind: civic.TooLarge, Key: "error.url_too_long"}
	}
	if err := origin.Check(r); err != nil {
		return &civic.Error{Kind: civic.Forbidden, Key: "error.cross_origin", Cause: err}
	}
	select {
	case slots <- struct{}{}:
		return nil
	default:
		return &civic.Error{Kind: civic.Unavailable, Key: "error.busy"}
	}
}

// finish writes the log line and turns a panic into an answer.
func (f Frame) finish(out *recorder, r *http.Request, id string, started time.Time, crash any) {
	attrs := []any{"id", id, "method", method(r.Method), "route", r.Pattern}
	level := slog.LevelInfo
	if crash == http.ErrAbortHandler {
		panic(crash)
	}
	if crash != nil {
		level = slog.LevelError
		attrs = append(attrs, "error", fmt.Sprint(crash), "stack", string(debug.Stack()))
		if out.status == 0 {
			clearBody(out.Header())
			f.Fail(out, r, fmt.Errorf("handle %s: %v", r.Pattern, crash))
		}
	}
	attrs = append(attrs, "status", out.code(), "bytes", out.bytes, "ms", time.Since(started).Milliseconds())
	f.Log.Log(r.Context(), level, "request", attrs...)
	if crash != nil && out.broken() {
		panic(http.ErrAbortHandler)
	}
}

// method keeps unknown words of a stranger out of the log.
func method(m string) string {
	switch m {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return m
	}
	return "other"
}

// clearBody removes what a handler said about the body that it did not finish.
func clearBody(h http.Header) {
	for _, k := range []string{"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "ETag", "Cache-Control", "Last-Modified"} {
		h.Del(k)
	}
}

type requestKey struct{}

// RequestID gives the identifier of the request in ctx, or "". People quote it when they report a fault.
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestKey{}).(string)
	return id
}

func newRequestID() string {
	var b [8]byte
	rand.Read(b[:]) // never fails: crypto/rand
	return hex.EncodeToString(b[:])
}

// recorder notes what was sent.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// broken reports whether a part of a good answer had gone out, so that the only
// honest end is a broken connection.
func (r *recorder) broken() bool { return r.status != 0 && r.status < 400 }
