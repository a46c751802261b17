package jobs_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/fetch"
	"avow/internal/jobs"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// receiver is an organisation's program.
type receiver struct {
	secret  []byte
	status  int
	ids     []string
	entries []int64
	t       *testing.T
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	raw, err := io.ReadAll(req.Body)
	if err != nil {
		r.t.Error(err)
	}
	id, at := req.Header.Get("webhook-id"), req.Header.Get("webhook-timestamp")
	if want := jobs.Sign(r.secret, id, at, raw); req.Header.Get("webhook-signature") != want {
		r.t.Errorf("the signature is %q, not %q", req.Header.Get("webhook-signature"), want)
	}
	var body jobs.Changes
	if err := json.Unmarshal(raw, &body); err != nil {
		r.t.Error(err)
	}
	r.ids = append(r.ids, id)
	if len(body.Items) > 0 && r.status == http.StatusOK {
		r.entries = append(r.entries, body.Items[0].Entry)
	}
	w.WriteHeader(r.status)
}

// outside is a client to which the receiver is a site of the outside world.
func outside(t *testing.T, r http.Handler) *fetch.Client {
	t.Helper()
	srv := httptest.NewServer(r)
	t.Cleanup(srv.Close)
	return fetch.New(fetch.Options{
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("8.8.8.8")}, nil
		},
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", srv.Listener.Addr().String())
		},
	})
}

func (h *house) hooked(r *receiver) (jobs.Hook, civic.Caller, app.Webhook) {
	h.t.Helper()
	account, err := h.app.OpenAccount(h.t.Context(), "poc@example.org", "", "en")
	if err != nil {
		h.t.Fatal(err)
	}
	grant := civic.Grant{ID: civic.GrantID(ident(50)), Account: account, Role: civic.PointOfContact, Scope: civic.Scope{Member: north.ID}, By: civic.LocalOperator}
	h.write("grant", grant)
	who := civic.Caller{Actor: civic.ActorOf(account), Account: account, Grants: []civic.Grant{grant}, Strong: true}
	hook := jobs.Hook{App: h.app, Words: h.words, Fetch: outside(h.t, r), Address: "https://avow.example", Now: h.now}
	w, err := h.app.MakeWebhook(h.t.Context(), who, app.WebhookInput{Member: north.ID, URL: "http://program.example.org/in", Check: hook.Fetch.Check, Session: base64.RawURLEncoding.EncodeToString(make([]byte, 32))})
	if err != nil {
		h.t.Fatal(err)
	}
	r.secret = w.Secret
	return hook, who, w
}

func TestAWebhookIsToldOfEachChangeInOrder(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		r := &receiver{t: t, status: http.StatusOK}
		hook, who, w := h.hooked(r)
		other := civic.Member{ID: civic.MemberID(ident(2)), Slug: "southland", Code: "SOU", Name: "Southland", Regime: civic.National}
		h.write("create", promise(1, "Water"), other, promise(2, "Courts"))
		h.write("create", promise(3, "Roads"))
		r.status = http.StatusBadGateway
		for range 3 {
			if err := hook.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.at = h.at.Add(time.Hour)
		}
		if len(r.entries) != 0 || len(r.ids) != 3 || r.ids[0] != r.ids[2] {
			t.Errorf("while it fails the first message is tried again: %v", r.ids)
		}
		r.status = http.StatusOK
		if err := hook.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(r.entries) != "[2 4 5]" {
			t.Errorf("told of the entries %v", r.entries)
		}
		if err := hook.Test(t.Context(), who, w.ID); err != nil {
			t.Error(err)
		}
		_, tries, err := h.app.Webhook(t.Context(), who, w.ID)
		if err != nil || len(tries) != 7 {
			t.Errorf("%d tries are noted, %v", len(tries), err)
		}
		if err := h.app.EndWebhook(t.Context(), civic.Caller{Actor: "account:x", Account: "x"}, w.ID); civic.KindOf(err) != civic.Forbidden {
			t.Errorf("somebody else ends it: %v", err)
		}
		if err := h.app.EndWebhook(t.Context(), who, w.ID); err != nil {
			t.Error(err)
		}
		h.write("create", promise(4, "Schools"))
		if err := hook.Run(t.Context()); err != nil || len(r.entries) != 3 {
			t.Errorf("after its end it is told %v, %v", r.entries, err)
		}
	})
}

func TestAWebhookThatFailsForThreeDaysIsTurnedOff(t *testing.T) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		h := newHouse(t, s)
		r := &receiver{t: t, status: http.StatusInternalServerError}
		hook, _, _ := h.hooked(r)
		h.write("create", promise(1, "Water"))
		for range 40 {
			if err := hook.Run(t.Context()); err != nil {
				t.Fatal(err)
			}
			h.at = h.at.Add(2 * time.Hour)
		}
		if n := len(r.ids); n < 10 || n > 39 {
			t.Errorf("%d tries in three days", n)
		}
		got := h.post()
		if len(got) != 1 || got[0].To != "poc@example.org" || !strings.Contains(got[0].Text, "http://program.example.org/in") {
			t.Errorf("the letter: %+v", got)
		}
	})
}

func TestAWebhookToAnAddressInsideTheNetworkIsRefused(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t).Open(t))
	r := &receiver{t: t, status: http.StatusOK}
	hook, who, _ := h.hooked(r)
	before, err := h.app.Webhooks(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"http://127.0.0.1/", "http://10.1.2.3/in", "http://localhost/", "http://[::1]/", "http://169.254.169.254/", "ftp://example.org/", "", "http://example.org:8080/"} {
		_, err := h.app.MakeWebhook(t.Context(), who, app.WebhookInput{Member: north.ID, URL: address, Check: hook.Fetch.Check})
		var refused *civic.Error
		if !errors.As(err, &refused) || refused.Kind != civic.Invalid || refused.Field != "url" {
			t.Errorf("%s: %v", address, err)
		}
	}
	if after, err := h.app.Webhooks(t.Context(), who); err != nil || len(after) != len(before) {
		t.Errorf("%d webhooks, %v", len(after), err)
	}
}
