package web

import (
	"context"

	"avow/internal/app"
	"avow/internal/civic"
	components "avow/internal/web/ui/components/form"
	"avow/internal/web/ui/pages"
)

// Hooks is how the site looks at addresses of webhooks, and how it tests them.
type Hooks struct {
	Check func(ctx context.Context, address string) error
	Test  func(ctx context.Context, who civic.Caller, id string) error
}

var errNoHooks = &civic.Error{Kind: civic.Unavailable, Key: "webhook.none_here"}

func (c *call) hooksPage(url, member string, faults []components.Fault) (component, error) {
	ctx := c.r.Context()
	members, err := c.site.App.HookMembers(ctx, c.who)
	if err != nil {
		return nil, err
	}
	list, err := c.site.App.Webhooks(ctx, c.who)
	if err != nil {
		return nil, err
	}
	w := words{c.p}
	title := c.p.T("webhook.title")
	p := pages.Webhooks{Page: c.layout("", c.headed(title, faults)), Action: c.url("/work/webhooks"), Test: c.url("/work/webhooks/test"), End: c.url("/work/webhooks/end"),
		Faults: faults,
		URL:    components.Field{Name: "url", Label: c.p.T("webhook.url"), Hint: c.p.T("webhook.url.hint"), Kind: "url", Max: 2000, Value: url, Fault: components.Of(faults, "url")},
		Member: components.Menu{Name: "member", Label: c.p.T("label.member"), Fault: components.Of(faults, "member")}}
	if done := map[string]string{"ended": "webhook.done.ended", "tested": "webhook.done.tested"}[c.query("done")]; done != "" {
		p.Done = c.p.T(done)
	}
	names := map[civic.MemberID]string{}
	for _, m := range members {
		names[m.ID] = w.memberName(m)
		p.Member.Items = append(p.Member.Items, components.Choice{Value: string(m.ID), Label: names[m.ID], Chosen: member == string(m.ID)})
	}
	for _, h := range list {
		one, err := c.hook(h, names[h.Member])
		if err != nil {
			return nil, err
		}
		p.Hooks = append(p.Hooks, one)
	}
	return pages.WebhooksPage(p), nil
}

// hook is one webhook with its last tries.
func (c *call) hook(h app.Webhook, member string) (pages.Webhook, error) {
	out := pages.Webhook{ID: h.ID, URL: h.URL, Member: member, Made: c.p.Date(h.Created), Runs: h.Ended == 0}
	switch {
	case h.Ended != 0 && h.Why == "failing":
		out.State = c.p.T("webhook.state.failing", "date", c.p.Date(h.Ended))
	case h.Ended != 0:
		out.State = c.p.T("webhook.state.ended", "date", c.p.Date(h.Ended))
	case h.Failing != 0:
		out.State = c.p.T("webhook.state.retrying", "date", c.p.DateTime(h.Failing))
	default:
		out.State = c.p.T("webhook.state.runs")
	}
	_, tries, err := c.site.App.Webhook(c.r.Context(), c.who, h.ID)
	if err != nil {
		return out, err
	}
	for _, t := range tries[:min(len(tries), 20)] {
		what := c.p.T("webhook.test")
		if t.Entry != app.TestEntry {
			what = c.p.Plain(int(t.Entry))
		}
		went := c.p.T("webhook.taken", "status", t.Status)
		if t.Fault != "" {
			went = c.p.T(t.Fault, "url", h.URL, "status", t.Status)
		}
		out.Tries = append(out.Tries, pages.Try{When: c.p.DateTime(t.At), What: what, Went: went})
	}
	return out, nil
}

// webhooks lists the webhooks of the caller's members and asks for a new one.
func (s *Site) webhooks(c *call) error {
	page, err := c.hooksPage("", "", nil)
	if err != nil {
		return err
	}
	return c.show(page)
}

// makeWebhook begins a webhook and leads to the page that shows its secret once.
func (s *Site) makeWebhook(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if s.Hooks.Check == nil {
		return errNoHooks
	}
	in := app.WebhookInput{Member: civic.MemberID(f.text("member")), URL: f.text("url"), Session: c.session(), Check: s.Hooks.Check}
	_, err = s.App.MakeWebhook(c.r.Context(), c.who, in)
	if faults, ok := c.faults(err); ok {
		page, err := c.hooksPage(in.URL, string(in.Member), faults)
		if err != nil {
			return err
		}
		return c.again(page)
	}
	if err != nil {
		return err
	}
	return c.goOn("/account/once?to=/" + c.p.Code + "/work/webhooks")
}

func (s *Site) testWebhook(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if s.Hooks.Test == nil {
		return errNoHooks
	}
	if err := s.Hooks.Test(c.r.Context(), c.who, f.text("hook")); err != nil {
		return err
	}
	return c.goOn("/work/webhooks?done=tested")
}

func (s *Site) endWebhook(c *call) error {
	f, err := c.form()
	if err != nil {
		return err
	}
	if err := s.App.EndWebhook(c.r.Context(), c.who, f.text("hook")); err != nil {
		return err
	}
	return c.goOn("/work/webhooks?done=ended")
}
