package jobs

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/fetch"
	"avow/internal/i18n"
	"avow/internal/tell"
)

// Hook tells webhooks what changed, each in the order of the record.
type Hook struct {
	App     *app.App
	Words   *i18n.Set
	Fetch   *fetch.Client
	Address string // of the site
	Now     func() time.Time
}

const (
	hookEvery = 5 * time.Second
	hookMost  = 100 // tellings in one run
)

// Changes is what a webhook is sent: as /api/v1/changes answers for one entry.
type Changes struct {
	Items []tell.Happened `json:"items"`
	Next  int64           `json:"next"`
}

// Task tells what is due, every few seconds.
func (k Hook) Task() Task { return Task{"webhook", hookEvery, k.Run} }

// Run tells the webhooks that wait what happened next.
func (k Hook) Run(ctx context.Context) error {
	for range hookMost {
		t, ok, err := k.App.NextTelling(ctx)
		if err != nil || !ok {
			return err
		}
		if len(t.Sentences) == 0 {
			continue
		}
		if err := k.tell(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

func (k Hook) tell(ctx context.Context, t app.Telling) error {
	p := k.Words.For(i18n.English)
	body := Changes{Next: t.Entry + 1}
	for _, s := range t.Sentences {
		body.Items = append(body.Items, tell.ForPrograms(p, k.Address, s))
	}
	status, fault, err := k.post(ctx, t.Webhook, "msg_"+t.ID+"_"+strconv.FormatInt(t.Entry, 10), body)
	if err != nil {
		return err
	}
	return k.App.Delivered(context.WithoutCancel(ctx), t, status, fault, k.Address+"/"+p.Code+"/work/webhooks?hook="+t.ID, rand.Float64())
}

// Test sends a webhook an empty list of changes, at somebody's wish.
func (k Hook) Test(ctx context.Context, who civic.Caller, id string) error {
	w, err := k.App.HookToTest(ctx, who, id)
	if err != nil {
		return err
	}
	status, fault, err := k.post(ctx, w, "msg_"+w.ID+"_test_"+strconv.FormatInt(k.Now().UnixMicro(), 10), Changes{Items: []tell.Happened{}, Next: w.Position})
	if err != nil {
		return err
	}
	return k.App.Tested(ctx, id, status, fault)
}

// post signs and sends (Standard Webhooks 1.0) and says why it was not taken, "" when it was.
func (k Hook) post(ctx context.Context, w app.Webhook, id string, body any) (status int, fault string, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return 0, "", err
	}
	at := strconv.FormatInt(k.Now().Unix(), 10)
	answer, err := k.Fetch.Post(ctx, w.URL, http.Header{
		"Content-Type": {"application/json"}, "Webhook-Id": {id}, "Webhook-Timestamp": {at}, "Webhook-Signature": {Sign(w.Secret, id, at, raw)},
	}, raw)
	if ctx.Err() != nil {
		return 0, "", ctx.Err()
	}
	var refused *civic.Error
	switch {
	case errors.As(err, &refused):
		return answer.Status, refused.Key, nil
	case err != nil:
		return answer.Status, fetch.KeyFailed, nil
	case answer.Status < 200 || answer.Status > 299:
		return answer.Status, "webhook.fault.status", nil
	}
	return answer.Status, "", nil
}

// Sign is the signature of a message (Standard Webhooks, v1).
func Sign(secret []byte, id, timestamp string, body []byte) string {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte(id + "." + timestamp + "."))
	m.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(m.Sum(nil))
}
