package server

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"slices"
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
	Kind       string           `json:"kind"`
	Page       bool             `json:"page"` // HTML for everybody
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
		rows = append(rows, Row{"site", r.Name, r.Method, r.Path, r.Kind, r.Kind == web.KindPage || r.Kind == web.KindError,
			r.Permission, r.Ledger, append([]string{}, r.Addresses(i18n.English, known)...)})
	}
	for _, r := range api.Routes() {
		rows = append(rows, Row{"api", r.Operation, r.Method, r.Path, "", false, r.Permission, r.Effect, filled(r.Samples, known)})
	}
	for _, r := range operatorRoutes {
		rows = append(rows, Row{"operator", strings.TrimPrefix(r.path, "/"), "GET", r.path, "", false, web.Everybody, web.NoEntry, []string{r.path}})
	}
	return rows, nil
}

// example is an ID that the description of the API makes up: its noun stands in it.
var example = regexp.MustCompile(`01j([a-z]+?)0+a`)

// filled puts IDs that the database holds in the place of made-up ones.
func filled(samples []string, k web.Known) []string {
	out := make([]string, len(samples))
	for i, s := range samples {
		out[i] = example.ReplaceAllStringFunc(s, func(id string) string {
			if held := k.IDs[example.FindStringSubmatch(id)[1]]; len(held) > 0 {
				return held[0]
			}
			return id
		})
	}
	return out
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
	if k, err = site.Known(ctx); err != nil {
		return k, err
	}
	return k, ids(ctx, st, k)
}

// ids adds the IDs of every noun of the living member, and of its drafts.
func ids(ctx context.Context, st *store.Store, k web.Known) error {
	if len(k.Living.Plans) == 0 {
		return nil
	}
	id, err := st.FindPlan(ctx, k.Living.Plans[0])
	if err != nil {
		return err
	}
	v, err := st.Newest(ctx, civic.KindPlan, string(id))
	if err != nil {
		return err
	}
	var plan civic.Plan
	if err := json.Unmarshal(v.Body, &plan); err != nil {
		return err
	}
	for _, kind := range civic.Kinds {
		if kind == civic.KindMember || kind == civic.KindPlan || kind == civic.KindCommitment {
			continue
		}
		err := st.EachNewest(ctx, kind, func(v store.Version) error {
			var of struct {
				Member  civic.MemberID `json:"member"`
				Plan    civic.PlanID   `json:"plan"`
				Account string         `json:"account"`
				File    *civic.File    `json:"file"`
			}
			if err := json.Unmarshal(v.Body, &of); err != nil {
				return err
			}
			if of.Member != plan.Member || of.Plan != "" && of.Plan != plan.ID {
				return nil
			}
			k.IDs[string(kind)] = append(k.IDs[string(kind)], v.ID)
			if of.File != nil {
				k.IDs["file"] = append(k.IDs["file"], of.File.SHA256+"/"+url.PathEscape(of.File.Name))
			}
			if of.Account != "" {
				k.IDs["account"] = append(k.IDs["account"], of.Account)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	k.IDs["voice"] = append(slices.Clone(k.IDs["contribution"]), k.IDs["testimony"]...)
	for _, slug := range k.Living.Plans {
		id, err := st.FindPlan(ctx, slug)
		if err != nil {
			return err
		}
		drafts, err := st.DraftsOfPlan(ctx, id)
		if err != nil {
			return err
		}
		for _, d := range drafts {
			k.IDs["draft"] = append(k.IDs["draft"], d.ID)
			var c civic.Commitment
			if err := json.Unmarshal(d.Body, &c); err != nil {
				return err
			}
			for _, m := range c.Milestones {
				k.IDs["milestone"] = append(k.IDs["milestone"], string(m.ID))
			}
		}
	}
	return nil
}
