package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"

	"github.com/danielgtaylor/huma/v2"
)

// bearer names the security scheme of tokens.
const bearer = "bearer"

type callerKey struct{}

// changing reports whether the request came through private.
func changing(ctx context.Context) bool { return ctx.Value(callerKey{}) != nil }

// change registers an operation that asks for a permission, under its row: one
// that changes something, or reads what not everybody may see. The caller comes
// from the token; where exactly the permission holds is for the use case to ask.
func change[I, O any](a *API, operation string, handle func(context.Context, civic.Caller, *I) (*O, error)) {
	r := rowOf(operation)
	op := a.operation(r)
	op.Security = []map[string][]string{{bearer: {}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict, http.StatusTooManyRequests)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		who, _ := ctx.Value(callerKey{}).(civic.Caller)
		out, err := handle(ctx, who, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	delete(a.described(r).Responses, strconv.Itoa(http.StatusUnprocessableEntity)) // problem answers 400
}

func allowed(who civic.Caller, may civic.Permission) error {
	switch {
	case may != anAccount:
		return who.AskAnywhere(may)
	case !who.SignedIn():
		return &civic.Error{Kind: civic.Unauthenticated, Key: "error.sign_in"}
	}
	return nil
}

// Matching is the version of a subject that a change was made from.
type Matching struct {
	IfMatch string `header:"If-Match" required:"true" doc:"The ETag of the version that you read: \"3\"" example:"\"3\""`
}

// version reads the number, or says that the header is wrong.
func (m Matching) version() (int, error) {
	n, err := strconv.Atoi(strings.Trim(strings.TrimPrefix(strings.TrimSpace(m.IfMatch), "W/"), `"`))
	if err != nil || n < 1 {
		return 0, &civic.Error{Kind: civic.Invalid, Key: "api.if_match"}
	}
	return n, nil
}

// private stands before every operation that asks for a permission: it finds out
// who calls and whether they may do it anywhere, before anything of the request is
// read, keeps the answer out of caches, and makes a repeated request with the same
// Idempotency-Key give the first one's answer.
func (a *API) private(may civic.Permission, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		token := httpx.BearerToken(r)
		if token == "" {
			w.Header().Set("WWW-Authenticate", "Bearer") // RFC 6750: what is missing
		}
		who, err := a.App.CallerByToken(r.Context(), token)
		if err == nil {
			err = allowed(who, may)
		}
		if err != nil {
			a.Fail(w, r, err)
			return
		}
		r = r.WithContext(context.WithValue(r.Context(), callerKey{}, who))
		key := r.Header.Get("Idempotency-Key")
		if key == "" || r.Method != http.MethodPost || !who.SignedIn() {
			h(w, r)
			return
		}
		if err := a.once(w, r, who, key, h); err != nil {
			a.Fail(w, r, err)
		}
	}
}

// maxAnswer is the longest answer that is kept for a repeated request, in bytes.
const maxAnswer = 64 << 10

// once runs a request unless its key was used before; then it gives that answer
// again. The same key with another request is refused.
func (a *API) once(w http.ResponseWriter, r *http.Request, who civic.Caller, key string, h http.HandlerFunc) error {
	sent, err := io.ReadAll(r.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return err
	case err != nil:
		return &civic.Error{Kind: civic.Invalid, Key: "error.form", Cause: err}
	}
	r.Body = io.NopCloser(bytes.NewReader(sent))
	request := sha256.Sum256([]byte(r.Method + " " + r.URL.RequestURI() + "\x00" + string(sent)))
	scope := sha256.Sum256([]byte(string(who.Account) + "\x00" + key))
	name := hex.EncodeToString(scope[:])
	first, err := a.App.BeginOnce(r.Context(), name, hex.EncodeToString(request[:]))
	if err != nil {
		return err
	}
	if first != nil {
		w.Header().Set("Content-Type", first.Type)
		w.Header().Set("Idempotency-Replayed", "true")
		w.WriteHeader(first.Status)
		_, _ = w.Write(first.Body) // the client is gone: nobody to tell
		return nil
	}
	kept := &copied{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		answer := app.OnceAnswer{Status: kept.status, Type: w.Header().Get("Content-Type"), Body: kept.body.Bytes()}
		if kept.status >= 400 || kept.body.Len() > maxAnswer || !kept.done {
			answer = app.OnceAnswer{} // nothing changed: another try may do better
		}
		if err := a.App.EndOnce(context.WithoutCancel(r.Context()), name, answer); err != nil {
			a.Log.WarnContext(r.Context(), "answer of an idempotency key not kept", "error", err.Error())
		}
	}()
	h(kept, r)
	kept.done = true
	return nil
}

// copied keeps a copy of what is answered.
type copied struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
	done   bool // the handler came to its end
}

func (c *copied) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *copied) Write(b []byte) (int, error) {
	if c.body.Len() <= maxAnswer {
		c.body.Write(b)
	}
	return c.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (c *copied) Unwrap() http.ResponseWriter { return c.ResponseWriter }
