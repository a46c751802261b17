package web

import (
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/web/ui/layout"
)

// desks are the places of work that the head of a working page leads to, each
// for those who have its permission somewhere: key of its name, path, permission.
var desks = []struct {
	key, path  string
	permission civic.Permission
}{
	{"work.nav.reports", "/work/reports", civic.MayReport},
	{"planwork.title", "/work/plans", civic.MayReadDraft},
	{"work.nav.people", "/work/people", civic.MayGrantWithin},
	{"work.nav.repository", "/work/repository", civic.MayKeepFiles},
	{"work.nav.disputes", "/work/disputes", civic.MayDispute},
	{"work.nav.disputes", "/work/disputes", civic.MayAnswer},
	{"work.nav.disputes", "/work/disputes", civic.MaySettle},
	{"work.nav.moderation", "/work/moderation", civic.MayModerate},
	{"accounts.title", "/work/accounts", civic.MayAdminister},
	{"work.nav.studies", "/work/studies", civic.MayCode},
	{"tagwork.tags", "/work/tags", civic.MayTag},
	{"tagwork.taxonomy", "/work/taxonomy", civic.MayTaxonomy},
	{"work.nav.webhooks", "/work/webhooks", civic.MayHook},
}

// workNav are the places where the caller works.
func (c *call) workNav() []layout.Link {
	if !c.who.SignedIn() {
		return nil
	}
	var out []layout.Link
	for _, d := range desks {
		if d.permission != AnAccount {
			if err := c.who.AskAnywhere(d.permission); err != nil && civic.KindOf(err) != civic.Unproven {
				continue
			}
		}
		at := c.url(d.path)
		if slices.ContainsFunc(out, func(l layout.Link) bool { return l.URL == at }) {
			continue // with another permission
		}
		out = append(out, layout.Link{URL: at, Text: c.p.T(d.key), Current: c.r.URL.Path == at || strings.HasPrefix(c.r.URL.Path, at+"/")})
	}
	return out
}

// worksHere makes a page one of work: for the person alone, with its own stylesheet.
func (c *call) worksHere(p *layout.Page) {
	p.Work, p.Hidden, p.Search = true, true, false
	p.WorkNav, p.Who = c.workNav(), c.who.Name
	if c.who.SignedIn() && p.Who == "" {
		p.Who = c.p.T("work.account")
	}
}
