package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"

	"github.com/danielgtaylor/huma/v2"
)

// Problem is an error as RFC 9457 writes it. Code is stable and says which of
// the errors it is; Errors names each parameter at fault.
type Problem struct {
	Type   string              `json:"type" doc:"about:blank: code tells the errors apart"`
	Title  string              `json:"title" doc:"The words of the HTTP status"`
	Status int                 `json:"status"`
	Detail string              `json:"detail" doc:"What happened and what to do, for a person"`
	Code   string              `json:"code" doc:"Which error this is; stable" example:"commitment.not_found"`
	Errors []*huma.ErrorDetail `json:"errors,omitempty" doc:"Each parameter at fault, as query.NAME or path.NAME"`

	language string // of Detail and Errors
}

type languageKey struct{}

// inLanguage notes the language in which the request wants to be told of problems.
func (a *API) inLanguage(r *http.Request) *http.Request {
	if wanted := r.Header.Get("Accept-Language"); wanted != "" && a.Set != nil {
		return r.WithContext(context.WithValue(r.Context(), languageKey{}, a.Set.For(a.Set.Negotiate(wanted))))
	}
	return r
}

// words are those of problems.
func (a *API) words(ctx context.Context) *i18n.Printer {
	if p, ok := ctx.Value(languageKey{}).(*i18n.Printer); ok {
		return p
	}
	return a.Words
}

// GetHeaders says in which language the problem is told.
func (p *Problem) GetHeaders() http.Header {
	return http.Header{"Content-Language": {p.language}, "Vary": {"Accept-Language"}}
}

// Error gives a text for logs.
func (p *Problem) Error() string { return p.Code + ": " + p.Detail }

// GetStatus returns the status code.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType returns the media type of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// What huma finds wrong with a request becomes a problem of ours. huma offers
// this as a package variable only.
func init() {
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		p := &Problem{Type: "about:blank", Status: status, Detail: msg, Code: "api.internal"}
		if status == http.StatusUnprocessableEntity {
			p.Status = http.StatusBadRequest // one status for every parameter that cannot be used
		}
		p.Title = http.StatusText(p.Status)
		if p.Status >= 500 {
			return p // what went wrong inside is not told
		}
		p.Code = "api.parameters"
		var parts []string
		for _, err := range errs {
			var d huma.ErrorDetailer
			if !errors.As(err, &d) {
				continue
			}
			detail := d.ErrorDetail()
			p.Errors = append(p.Errors, detail)
			parts = append(parts, detail.Location+": "+detail.Message)
		}
		if len(parts) > 0 {
			p.Detail = strings.Join(parts, "; ")
		}
		return p
	}
}

// problem turns an error of a use case into a problem. What a person cannot act
// on is logged and not told.
func (a *API) problem(ctx context.Context, err error) *Problem {
	status := httpx.Status(err)
	if status >= 500 && ctx.Err() == nil {
		a.Log.ErrorContext(ctx, "request failed", "id", httpx.RequestID(ctx), "error", err.Error())
	}
	key, given := httpx.MessageKey(err)
	words := a.words(ctx)
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: words.TMap(key, lowerNames(given)), Code: key, language: words.Code}
	where := "query."
	if changing(ctx) {
		where = "body."
	}
	var several civic.Errors
	var one *civic.Error
	switch {
	case errors.As(err, &several):
	case errors.As(err, &one):
		several = civic.Errors{one}
	}
	for _, e := range several {
		if e.Field != "" {
			p.Errors = append(p.Errors, &huma.ErrorDetail{Message: words.TMap(e.Key, lowerNames(e.Args)), Location: where + e.Field})
		}
	}
	return p
}

// lowerNames gives arguments the names that the catalogues use.
func lowerNames(given map[string]any) map[string]any {
	args := make(map[string]any, len(given))
	for k, v := range given {
		args[strings.ToLower(k)] = v
	}
	return args
}

// Fail answers with an error as a problem. Nothing may have been written yet.
func (a *API) Fail(w http.ResponseWriter, r *http.Request, err error) {
	p := a.problem(r.Context(), err)
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Content-Type", "application/problem+json")
	for name, values := range p.GetHeaders() {
		h.Add(name, values[0])
	}
	if h.Get("Cache-Control") != "no-store" { // as private sets it
		h.Set("Cache-Control", "no-cache")
	}
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	if r.Method == http.MethodHead {
		return
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(p) // the client is gone: nobody to tell
}
