package api

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// Options are what the API takes from the outside. App, Words and Log are required.
type Options struct {
	App     *app.App
	Words   *i18n.Printer // of answers: English
	Set     *i18n.Set     // the languages of problems, as the request asks for them; nil for Words alone
	Log     *slog.Logger
	BaseURL string // public address without a trailing slash; "" makes addresses relative
	Build   string // changes every ETag when the program changes

	// Patience puts off the deadline for writing an answer; a stream asks for it
	// now and then. nil when there is no deadline.
	Patience func(http.ResponseWriter)

	// Checkpoint returns the newest signed checkpoint and the key that verifies it.
	Checkpoint func() (text, key string)
}

// API is the handler of everything under /api.
type API struct {
	Options
	mux         *http.ServeMux
	huma        huma.API
	mounted     map[string]bool
	description []byte
	exports     chan struct{} // a place for each export that runs
}

// New builds the API. It panics when an operation has no row in the API map or a
// row no operation: that is a mistake of the program, found by any test.
func New(o Options) *API {
	a := &API{Options: o, mux: http.NewServeMux(), mounted: map[string]bool{}, exports: make(chan struct{}, maxExports)}
	c := huma.DefaultConfig("Avow", "1")
	c.Info.Description = "Open-government commitments, what independent reviewers found, and the record of every change. " +
		"Everything that the site shows can be read without a key; changes need a token of an account. Errors are application/problem+json (RFC 9457)."
	c.Info.License = &huma.License{Name: "EUPL-1.2", Identifier: "EUPL-1.2"}
	c.Servers = []*huma.Server{{URL: "/"}}
	c.OpenAPIPath, c.DocsPath, c.SchemasPath, c.CreateHooks = "", "", "", nil
	c.RejectUnknownQueryParameters = true
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{bearer: {Type: "http", Scheme: "bearer", Description: "A token that an account made on its page of the site"}}
	a.huma = humago.New(rowsOnly{a}, c)
	a.mountAll()
	for _, r := range routes {
		if !a.mounted[r.Method+" "+r.Path] {
			panic("api: no operation for the row " + r.Method + " " + r.Path)
		}
	}
	text, err := json.Marshal(a.huma.OpenAPI())
	if err != nil {
		panic("api: describe: " + err.Error())
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, text, "", " "); err != nil {
		panic("api: describe: " + err.Error())
	}
	a.description = append(pretty.Bytes(), '\n')
	return a
}

// Description returns the OpenAPI 3.1 document.
func (a *API) Description() []byte { return a.description }

// rowsOnly is the mux that huma sees: it takes only what has a row.
type rowsOnly struct{ a *API }

func (m rowsOnly) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.a.mux.ServeHTTP(w, r) }

func (m rowsOnly) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	if _, ok := row(pattern); !ok {
		panic("api: no row for the operation " + pattern)
	}
	m.a.mounted[pattern] = true
	if r, _ := row(pattern); r.Permission != "" {
		m.a.mux.HandleFunc(pattern, m.a.private(r.Permission, h))
		return
	}
	m.a.mux.HandleFunc(pattern, m.a.conditional(h))
}

func row(pattern string) (Route, bool) {
	for _, r := range routes {
		if r.Method+" "+r.Path == pattern {
			return r, true
		}
	}
	return Route{}, false
}

func rowOf(operation string) Route {
	for _, r := range routes {
		if r.Operation == operation {
			return r
		}
	}
	panic("api: no row for the operation " + operation)
}

// mount registers an operation that everybody may read under its row.
func mount[I, O any](a *API, operation string, handle func(context.Context, *I) (*O, error)) {
	r := rowOf(operation)
	if r.Permission != "" {
		panic("api: " + operation + " asks for a permission: use change")
	}
	op := a.operation(r)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	describe(a.described(r))
}

// described is a row's operation in the description.
func (a *API) described(r Route) *huma.Operation {
	item := a.huma.OpenAPI().Paths[r.Path]
	switch r.Method {
	case http.MethodPost:
		return item.Post
	case http.MethodPut:
		return item.Put
	case http.MethodDelete:
		return item.Delete
	}
	return item.Get
}

// operation is what huma is told of a row.
func (a *API) operation(r Route) huma.Operation {
	op := huma.Operation{
		OperationID: r.Operation, Method: r.Method, Path: r.Path, Summary: r.Summary,
		Errors:     []int{http.StatusBadRequest, http.StatusNotFound, http.StatusServiceUnavailable},
		Extensions: map[string]any{"x-samples": r.Samples},
	}
	if r.Media != mediaJSON {
		binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
		op.Responses = map[string]*huma.Response{"200": {Description: "The file", Content: map[string]*huma.MediaType{r.Media: {Schema: binary}}}}
	}
	return op
}

// describe adds what conditional and problem do to every operation.
func describe(op *huma.Operation) {
	delete(op.Responses, strconv.Itoa(http.StatusUnprocessableEntity)) // problem answers 400
	for code, r := range op.Responses {
		switch code {
		case "200":
			if r.Headers == nil {
				r.Headers = map[string]*huma.Param{}
			}
			r.Headers["ETag"] = &huma.Param{Description: "Changes when the answer may have changed", Schema: &huma.Schema{Type: huma.TypeString}}
		case "400":
			r.Description = "A parameter cannot be used; errors names it"
		}
	}
	op.Responses["304"] = &huma.Response{Description: "Not modified since the ETag in If-None-Match"}
}

// ServeHTTP answers everything under /api, including what does not exist.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Expose-Headers", "ETag, Link, Content-Disposition")
	switch r.Method {
	case http.MethodOptions:
		h.Set("Allow", a.methods(r))
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS") // changes come from programs, not from other sites' pages
		h.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	r = a.inLanguage(r)
	if _, pattern := a.mux.Handler(r); pattern == "" {
		if allowed := a.methods(r); strings.Contains(allowed, ",") {
			h.Set("Allow", allowed)
			a.Fail(w, r, httpx.MethodNotAllowed(r.Method))
			return
		}
		a.Fail(w, r, &civic.Error{Kind: civic.NotFound, Key: "api.not_found", Args: map[string]any{"path": r.URL.Path}})
		return
	}
	if err := badQuery(r.URL.RawQuery); err != nil {
		a.Fail(w, r, err)
		return
	}
	a.mux.ServeHTTP(w, r)
}

// methods lists the methods that the request's address has, as an Allow header writes them.
func (a *API) methods(r *http.Request) string {
	var out []string
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		probe := r.Clone(r.Context())
		probe.Method = m
		if _, pattern := a.mux.Handler(probe); pattern == "" {
			continue
		}
		out = append(out, m)
		if m == http.MethodGet {
			out = append(out, http.MethodHead)
		}
	}
	return strings.Join(append(out, http.MethodOptions), ", ")
}

// badQuery finds what no operation can mean: a query that cannot be decoded, a
// parameter given twice, or one that is no text.
func badQuery(raw string) error {
	invalid := func(key, name string) error {
		return &civic.Error{Kind: civic.Invalid, Key: key, Field: name, Args: map[string]any{"name": name}}
	}
	values, err := url.ParseQuery(raw)
	if err != nil {
		return invalid("api.query", "")
	}
	for name, v := range values {
		if !validText(name) || !validText(v[0]) {
			return invalid("api.text", strings.ToValidUTF8(name, "\uFFFD"))
		}
		if len(v) > 1 {
			return invalid("api.twice", name)
		}
	}
	return nil
}

// validText reports whether s can be meant as text: UTF-8 without NUL.
func validText(s string) bool { return utf8.ValidString(s) && !strings.ContainsRune(s, 0) }

// site returns the address of a page of the site.
func (a *API) site(room, ref string) string {
	return a.BaseURL + "/en/" + room + "/" + url.PathEscape(ref)
}
