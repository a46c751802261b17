package server

import (
	"encoding/json"
	"net/http"
	"strings"

	"avow/internal/api"
	"avow/internal/app"
	"avow/internal/config"
	"avow/internal/httpx"
	"avow/internal/i18n"
	"avow/internal/web"
)

// handler builds everything that answers requests.
func (k *keeper) handler(c config.Config, a *app.App, set *i18n.Set) (http.Handler, error) {
	id, hook := build(), k.hook(c, a, set)
	forPrograms := api.New(api.Options{
		App: a, Words: set.For(i18n.English), Set: set, Log: k.log, BaseURL: c.BaseURL, Build: id, Patience: patience, Checkpoint: k.checkpoint,
	})
	forPeople, err := web.New(web.Options{App: a, Words: set, Log: k.log, BaseURL: c.BaseURL, Build: id, Checkpoint: k.checkpoint,
		Description: forPrograms.Description(), Address: address(c, c.Listen), Provider: provider(c), Hooks: web.Hooks{Check: hook.Fetch.Check, Test: hook.Test}})
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/api", forPrograms)
	mux.Handle("/api/", forPrograms)
	mux.Handle("/", forPeople)
	for _, r := range operatorRoutes {
		mux.HandleFunc(r.path, func(w http.ResponseWriter, req *http.Request) {
			if req.Method != http.MethodGet && req.Method != http.MethodHead {
				forPeople.Fail(w, req, httpx.MethodNotAllowed(req.Method))
				return
			}
			r.handle(k, w, req)
		})
	}
	frame := httpx.Frame{
		Log: k.log, MaxBody: c.MaxBody, HSTS: strings.HasPrefix(c.BaseURL, "https:"),
		Fail: func(w http.ResponseWriter, r *http.Request, err error) {
			if strings.HasPrefix(r.URL.Path, "/api/") {
				forPrograms.Fail(w, r, err)
				return
			}
			forPeople.Fail(w, r, err)
		},
	}
	return frame.Wrap(mux), nil
}

// operatorRoutes is the map of the addresses for whoever runs the program.
var operatorRoutes = []struct {
	path   string
	handle func(*keeper, http.ResponseWriter, *http.Request)
}{
	{"/healthz", (*keeper).alive},
	{"/readyz", (*keeper).ready},
}

// checkpoint returns the newest signed checkpoint and its key, empty when there is none.
func (k *keeper) checkpoint() (text, key string) {
	signed, err := k.files.Signed()
	if err != nil || signed == nil {
		return "", ""
	}
	return string(signed), k.files.PublicKey()
}

// alive answers that the process runs.
func (k *keeper) alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte("ok\n")) // the client is gone: nobody to tell
}

// ready answers whether requests can be served: the database answers and the
// record fits its newest checkpoint. What is wrong is in the log.
func (k *keeper) ready(w http.ResponseWriter, r *http.Request) {
	state := map[string]string{"database": "ok", "record": "ok"}
	status := http.StatusOK
	if _, err := k.store.Head(r.Context()); err != nil {
		status = http.StatusServiceUnavailable
		state["database"], state["record"] = "unavailable", "unknown"
		k.log.WarnContext(r.Context(), "not ready", "error", err.Error())
	} else if err := k.consistent(r.Context()); err != nil {
		status = http.StatusServiceUnavailable
		state["record"] = "inconsistent"
		k.log.ErrorContext(r.Context(), "not ready", "error", err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(state) // the client is gone: nobody to tell
}
