package api

import (
	"net/http"
	"strconv"
	"strings"

	"avow/internal/httpx"
)

// conditional gives every answer an ETag that says: this address, this state of
// the public record, this day (what is late depends on it), this program. A client that has it gets 304 at the price of
// one small query. The state is read before the answer is made, so an answer is
// never older than its tag.
func (a *API) conditional(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		head, err := a.App.Head(r.Context())
		if err != nil {
			a.Fail(w, r, err)
			return
		}
		also, err := a.alsoChanges(r)
		if err != nil {
			a.Fail(w, r, err)
			return
		}
		tag := httpx.ETag(strconv.FormatInt(head.Size, 10), string(head.Root[:]), a.Build, a.BaseURL,
			a.App.Today(), r.URL.Path, r.URL.RawQuery, also)
		if httpx.Fresh(w, r, tag) {
			return
		}
		h(&tagged{ResponseWriter: w, head: r.Method == http.MethodHead}, r)
	}
}

// alsoChanges returns what an answer shows beside the state of the record: the
// checkpoint is signed some seconds after the record grew, and the model that proposes
// tags is trained outside of it.
func (a *API) alsoChanges(r *http.Request) (string, error) {
	switch path := r.URL.Path; {
	case strings.HasSuffix(path, "/record") && a.Checkpoint != nil:
		text, _ := a.Checkpoint()
		return text, nil
	case strings.HasSuffix(path, "/taxonomy/quality"), strings.HasSuffix(path, "/proposed-tags"):
		trained, err := a.App.ModelTrained(r.Context())
		return strconv.FormatInt(trained, 10), err
	}
	return "", nil
}

// tagged takes the ETag off an answer that is an error, and writes no body for HEAD.
type tagged struct {
	http.ResponseWriter
	head bool
	done bool
}

func (t *tagged) WriteHeader(status int) {
	if !t.done && status >= 400 {
		t.Header().Del("ETag")
	}
	t.done = true
	t.ResponseWriter.WriteHeader(status)
}

func (t *tagged) Write(b []byte) (int, error) {
	t.done = true
	if t.head {
		return len(b), nil
	}
	return t.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the connection.
func (t *tagged) Unwrap() http.ResponseWriter { return t.ResponseWriter }
