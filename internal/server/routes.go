package server

import (
	"context"
	"errors"
	"strings"

	"avow/internal/api"
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/i18n"
	"avow/internal/store"
	"avow/internal/web"
)

// Row is an address of the running program: a row of the site map, of the API
// map, or one of the two for operators. The checks of every address are made
// from these.
type Row struct {
	Room       string           `json:"room"` // "site", "api" or "operator"
	Name       string           `json:"name"`
	Method     string           `json:"method"`
	Pattern    string           `json:"pattern"`
	Page       bool             `json:"page"` // HTML for people
	Permission civic.Permission `json:"permission"`
	Ledger     string           `json:"ledger"`
	Samples    []string         `json:"samples"` // in English, with names that the database holds
}

// Routes lists every address. A database that is not there yet leaves the
// samples out that need one.
func Routes(ctx context.Context, c config.Config) (any, error) {
	known, err := known(ctx, c)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, r := range web.Routes() {
		rows = append(rows, Row{"site", r.Name, r.Method, r.Path, r.Kind == web.KindPage || r.Kind == web.KindError,
			r.Permission, r.Ledger, append([]string{}, r.Addresses(i18n.English, known)...)})
	}
	for _, r := range api.Routes() {
		rows = append(rows, Row{"api", r.Operation, r.Method, r.Path, false, r.Permission, r.Effect, r.Samples})
	}
	for _, r := range operatorRoutes {
		rows = append(rows, Row{"operator", strings.TrimPrefix(r.path, "/"), "GET", r.path, false, web.Everybody, web.NoEntry, []string{r.path}})
	}
	return rows, nil
}

func known(ctx context.Context, c config.Config) (k web.Known, err error) {
	o := storeOptions(c)
	o.ReadOnly = true
	st, err := store.Open(ctx, o)
	var told *civic.Error
	if errors.As(err, &told) && told.Key == store.KeyNoDatabase {
		return k, nil
	}
	if err != nil {
		return k, err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	set, err := words(c)
	if err != nil {
		return k, err
	}
	site, err := web.New(web.Options{App: app.New(st, app.Options{Now: now}), Words: set})
	if err != nil {
		return k, err
	}
	return site.Known(ctx)
}
