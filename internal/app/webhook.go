package app

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"avow/internal/civic"
	"avow/internal/store"
)

// Webhook is an address that is told of each change at a member, in order.
type Webhook = store.Webhook

// Delivery is one try to tell a webhook of an entry.
type Delivery = store.Delivery

// WebhookInput is what somebody gives for a new webhook. Check is how the address
// is looked at: what it refuses is a fault of the field "url".
type WebhookInput struct {
	Member civic.MemberID
	URL    string
	// Session is that of the caller: in it the secret is shown once, with ShownOnce.
	Session string
	Check   func(ctx context.Context, address string) error
}

const (
	hookGivesUp  = 3 * 24 * time.Hour // of failing, until a webhook is turned off
	hookFirst    = 30 * time.Second   // wait after a failure, doubled each time
	hookLongest  = 4 * time.Hour
	hookLease    = 2 * time.Minute
	hooksAtOnce  = 10 // of one member
	hookScan     = 200
	secretPrefix = "whsec_" // of Standard Webhooks
)

// MakeWebhook begins a webhook at a member. Its secret is shown once, with
// ShownOnce. It is told of what happens from now on.
func (a *App) MakeWebhook(ctx context.Context, who civic.Caller, in WebhookInput) (w Webhook, err error) {
	if err := who.Ask(civic.MayHook, civic.Place{Member: in.Member}); err != nil {
		return w, err
	}
	if _, _, err := read[civic.Member](ctx, a, civic.KindMember, string(in.Member)); err != nil {
		return w, err
	}
	if err := in.Check(ctx, in.URL); err != nil {
		return w, err
	}
	all, err := a.store.Webhooks(ctx, []string{string(in.Member)})
	if err != nil {
		return w, err
	}
	if n := len(slices.DeleteFunc(all, func(o Webhook) bool { return o.Ended != 0 })); n >= hooksAtOnce {
		return w, &civic.Error{Kind: civic.TooMany, Key: "webhook.too_many", Field: "url", Args: map[string]any{"count": hooksAtOnce}}
	}
	head, err := a.store.Head(ctx)
	if err != nil {
		return w, err
	}
	id, err := a.newID()
	if err != nil {
		return w, err
	}
	text, err := a.newSecret()
	if err != nil {
		return w, err
	}
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return w, err
	}
	w = Webhook{ID: id, Member: in.Member, Account: who.Account, URL: in.URL, Secret: raw, Created: a.now().UnixMicro(), Position: head.Size}
	return w, a.store.House(ctx, func(h *store.House) error {
		if err := h.AddWebhook(w); err != nil {
			return err
		}
		return a.show(h, who.Account, in.Session, Shown{Name: w.URL, Token: secretPrefix + base64.StdEncoding.EncodeToString(raw)})
	})
}

// Webhooks lists those at the members where somebody may have them, without secrets.
func (a *App) Webhooks(ctx context.Context, who civic.Caller) ([]Webhook, error) {
	members, err := a.HookMembers(ctx, who)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(members))
	for i, m := range members {
		ids[i] = string(m.ID)
	}
	out, err := a.store.Webhooks(ctx, ids)
	for i := range out {
		out[i].Secret = nil
	}
	return out, err
}

// HookMembers lists the members where somebody may have webhooks, by name.
func (a *App) HookMembers(ctx context.Context, who civic.Caller) ([]civic.Member, error) {
	if err := who.AskAnywhere(civic.MayHook); err != nil {
		return nil, err
	}
	s, err := a.index.current(ctx)
	if err != nil {
		return nil, err
	}
	var out []civic.Member
	for _, m := range s.members {
		if m.Slug != "" && who.May(civic.MayHook, civic.Place{Member: m.ID}) {
			out = append(out, m)
		}
	}
	slices.SortFunc(out, func(x, y civic.Member) int { return cmp.Compare(x.Name, y.Name) })
	return out, nil
}

// shownDeliveries is how many tries a webhook's page shows.
const shownDeliveries = 50

// Webhook returns one with its last tries, for those who may have it.
func (a *App) Webhook(ctx context.Context, who civic.Caller, id string) (Webhook, []Delivery, error) {
	w, err := a.hookOf(ctx, who, id)
	if err != nil {
		return w, nil, err
	}
	w.Secret = nil
	tries, err := a.store.Deliveries(ctx, id, shownDeliveries)
	return w, tries, err
}

func (a *App) hookOf(ctx context.Context, who civic.Caller, id string) (Webhook, error) {
	w, ok, err := a.store.Webhook(ctx, id)
	switch {
	case err != nil:
		return w, err
	case !ok:
		return w, noWebhook(id)
	}
	return w, who.Ask(civic.MayHook, civic.Place{Member: w.Member})
}

func noWebhook(id string) error {
	return &civic.Error{Kind: civic.NotFound, Key: "webhook.not_found", Args: map[string]any{"ref": id}}
}

// HookToTest returns a webhook with its secret for a test that somebody asked for,
// and notes nothing.
func (a *App) HookToTest(ctx context.Context, who civic.Caller, id string) (Webhook, error) {
	w, err := a.hookOf(ctx, who, id)
	if err == nil && w.Ended != 0 {
		return w, noWebhook(id)
	}
	return w, err
}

// EndWebhook ends one at somebody's wish.
func (a *App) EndWebhook(ctx context.Context, who civic.Caller, id string) error {
	if _, err := a.hookOf(ctx, who, id); err != nil {
		return err
	}
	return a.store.House(ctx, func(h *store.House) error { return h.EndWebhook(id, a.now().UnixMicro()) })
}

// Telling is what a webhook is to be told next: the sentences of one entry, none
// when nothing new happened at its member.
type Telling struct {
	Webhook
	Entry     int64
	Sentences []Sentence
	leased    int64
}

// NextTelling takes the webhook that waited longest and finds what it is to be told. ok
// is false when none waits. Nobody else is given it for some minutes.
func (a *App) NextTelling(ctx context.Context) (t Telling, ok bool, err error) {
	now := a.now()
	head, err := a.store.Head(ctx)
	if err != nil {
		return t, false, err
	}
	if due, err := a.store.WebhookDue(ctx, now.UnixMicro(), head.Size); err != nil || !due {
		return t, false, err
	}
	t.leased = now.Add(hookLease).UnixMicro()
	err = a.store.House(ctx, func(h *store.House) error {
		t.Webhook, ok, err = h.LeaseWebhook(now.UnixMicro(), t.leased, head.Size)
		return err
	})
	if err != nil || !ok {
		return t, false, err
	}
	sentences, next, err := a.ChangesSince(ctx, t.Position, hookScan)
	if err != nil {
		return t, false, err
	}
	for _, s := range sentences {
		switch {
		case s.Member != t.Member:
		case len(t.Sentences) == 0:
			t.Entry, t.Sentences = s.Entry, append(t.Sentences, s)
		case s.Entry == t.Entry:
			t.Sentences = append(t.Sentences, s)
		}
	}
	if len(t.Sentences) == 0 {
		t.Position, t.Due = next, now.UnixMicro()
		return t, true, a.store.House(ctx, func(h *store.House) error { return h.MoveWebhook(t.Webhook, t.leased) })
	}
	return t, true, nil
}

// hookEnded is what the letter about a webhook that was turned off says.
type hookEnded struct {
	URL   string `json:"url"`
	Days  int    `json:"days"`
	Hooks string `json:"hooks"`
}

// Delivered notes how telling a webhook went: status of the answer, and why it was
// not taken, "" when it was. What was taken is not told again; what was not is told
// again later, before anything newer. After three days of that the webhook is
// turned off and whoever made it gets a letter. page is the address of its page.
// jitter, from 0 to 1, keeps webhooks that failed together apart.
func (a *App) Delivered(ctx context.Context, t Telling, status int, fault, page string, jitter float64) error {
	now := a.now()
	w := t.Webhook
	w.Tries++
	tried := w.Tries
	var letter []byte
	var to Account
	if fault == "" {
		w.Position, w.Tries, w.Failing, w.Due = t.Entry+1, 0, 0, now.UnixMicro()
	} else {
		wait := min(hookFirst<<min(w.Tries-1, 10), hookLongest)
		w.Due = now.Add(wait + time.Duration(jitter*float64(wait)/2)).UnixMicro()
		w.Failing = cmp.Or(w.Failing, now.UnixMicro())
		if now.Sub(time.UnixMicro(w.Failing)) >= hookGivesUp {
			w.Ended, w.Why = now.UnixMicro(), "failing"
			var err error
			if letter, err = json.Marshal(hookEnded{w.URL, int(hookGivesUp.Hours() / 24), page}); err != nil {
				return err
			}
			if to, err = a.AccountOf(ctx, w.Account); err != nil && civic.KindOf(err) != civic.NotFound {
				return err
			}
		}
	}
	return a.note(ctx, Delivery{Hook: w.ID, Entry: t.Entry, Status: status, Fault: fault, Tries: tried}, func(h *store.House) error {
		if letter != nil && to.Mail != "" {
			if err := h.QueueMail(store.QueuedMail{Key: "webhook/" + w.ID, To: to.Mail, Lang: to.Lang, Kind: "webhook_ended", Data: letter, Due: now.UnixMicro()}); err != nil {
				return err
			}
		}
		return h.MoveWebhook(w, t.leased)
	})
}

// TestEntry is the entry of a try that somebody asked for to test a webhook.
const TestEntry = -1

// Tested notes how a test of a webhook went.
func (a *App) Tested(ctx context.Context, id string, status int, fault string) error {
	return a.note(ctx, Delivery{Hook: id, Entry: TestEntry, Status: status, Fault: fault, Tries: 1}, nil)
}

func (a *App) note(ctx context.Context, d Delivery, also func(h *store.House) error) error {
	var err error
	if d.ID, err = a.newID(); err != nil {
		return err
	}
	d.At = a.now().UnixMicro()
	return a.store.House(ctx, func(h *store.House) error {
		if err := h.AddDelivery(d); err != nil || also == nil {
			return err
		}
		return also(h)
	})
}
