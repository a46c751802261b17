package jobs

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"avow/internal/app"
	"avow/internal/i18n"
	"avow/internal/mail"
	"avow/internal/store"
	"avow/internal/store/storetest"
)

// post is a mail server that can be out of order.
type post struct {
	broken error
	mutex  sync.Mutex
	got    []mail.Message
}

func (p *post) Send(_ context.Context, m mail.Message) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.broken == nil {
		p.got = append(p.got, m)
	}
	return p.broken
}

// office is a relay over an empty database, with a clock that a test sets.
type office struct {
	Relay
	post  *post
	at    time.Time
	store *store.Store
	log   *bytes.Buffer
}

func eachOffice(t *testing.T, run func(t *testing.T, o *office)) {
	storetest.EachStore(t, func(t *testing.T, s *store.Store) {
		words, err := i18n.Load(i18n.Options{})
		if err != nil {
			t.Fatal(err)
		}
		o := &office{post: &post{}, at: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), store: s, log: &bytes.Buffer{}}
		clock := func() time.Time { return o.at }
		o.Relay = Relay{App: app.New(s, app.Options{Now: clock}), Office: mail.Office{Words: words, Sender: o.post}, Now: clock,
			Log: slog.New(slog.NewTextHandler(o.log, nil))}
		run(t, o)
	})
}

func (o *office) queue(t *testing.T, to, key string, due time.Time) {
	t.Helper()
	err := o.store.House(context.Background(), func(h *store.House) error {
		return h.QueueMail(store.QueuedMail{Key: key, To: to, Lang: "en", Kind: "sign_in", Data: []byte(`{"code": "1"}`), Due: due.UnixMicro()})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) send(t *testing.T) {
	t.Helper()
	if err := o.SendDue(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestMailsGoOutInOrderWhenTheyAreDueAndOncePerKey(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for _, to := range []string{"a@example.org", "b@example.org", "c@example.org"} {
			o.queue(t, to, "", o.at)
		}
		o.queue(t, "later@example.org", "", o.at.Add(time.Hour))
		o.queue(t, "once@example.org", "key", o.at)
		o.queue(t, "again@example.org", "key", o.at)
		o.send(t)
		o.queue(t, "afterwards@example.org", "key", o.at)
		o.send(t)
		var to []string
		for _, m := range o.post.got {
			to = append(to, m.To)
		}
		if want := []string{"a@example.org", "b@example.org", "c@example.org", "once@example.org"}; !slices.Equal(to, want) {
			t.Errorf("%v, not %v", to, want)
		}
		o.at = o.at.Add(time.Hour)
		o.send(t)
		if len(o.post.got) != 5 {
			t.Errorf("%d mails", len(o.post.got))
		}
	})
}

func TestAMailThatCannotBeSentIsTriedTenTimesAndThenGivenUp(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.post.broken = errors.New("out of order")
		o.queue(t, "a@example.org", "", o.at)
		for range 9 {
			o.send(t)
			o.send(t) // not due again yet
			o.at = o.at.Add(4 * time.Hour)
		}
		if strings.Contains(o.log.String(), "given up") || strings.Count(o.log.String(), "not sent") != 9 {
			t.Errorf("%s", o.log)
		}
		o.send(t)
		if !strings.Contains(o.log.String(), "given up") || strings.Contains(o.log.String(), "a@example.org") {
			t.Errorf("%s", o.log)
		}
		o.post.broken = nil
		o.at = o.at.Add(24 * time.Hour)
		o.send(t)
		if len(o.post.got) != 0 {
			t.Error("it was sent after all")
		}
	})
}

func TestAMailOfARelayThatDiedIsSentByTheNext(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.queue(t, "a@example.org", "", o.at)
		if leased, err := o.App.LeaseMails(context.Background(), 10); err != nil || len(leased) != 1 {
			t.Fatalf("%v %v", leased, err)
		}
		o.send(t)
		if len(o.post.got) != 0 {
			t.Error("two have it at once")
		}
		o.at = o.at.Add(6 * time.Minute)
		o.send(t)
		if len(o.post.got) != 1 {
			t.Error("nobody sent it")
		}
	})
}

func TestSeveralRelaysSendEachMailOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		for range 60 {
			o.queue(t, "a@example.org", "", o.at)
		}
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				if err := o.SendDue(context.Background()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		ids := map[string]bool{}
		for _, m := range o.post.got {
			ids[m.ID] = true
		}
		if len(o.post.got) != 60 || len(ids) != 60 {
			t.Errorf("%d mails with %d names", len(o.post.got), len(ids))
		}
	})
}

func TestALoopStopsWhenItIsToldAndWaitsForItsTasks(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	begun, ended := make(chan struct{}), false
	l := Loop{Log: slog.New(slog.DiscardHandler), Tasks: []Task{{"long", time.Hour, func(ctx context.Context) error {
		close(begun)
		<-ctx.Done()
		ended = true
		return ctx.Err()
	}}}}
	done := make(chan struct{})
	go func() { l.Run(ctx); close(done) }()
	<-begun
	stop()
	<-done
	if !ended {
		t.Error("the task was left alone")
	}
}

func TestATaskThatFailsRestsLonger(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: time.Second, 1: 2 * time.Second, 5: 32 * time.Second, 20: time.Hour, 99: time.Hour} {
		if got := pause(time.Second, failures); got != want {
			t.Errorf("after %d failures %s, not %s", failures, got, want)
		}
	}
	if got := pause(24*time.Hour, 1); got != 24*time.Hour {
		t.Errorf("a daily task is done more often because it failed: %s", got)
	}
}

func TestOnceDoesEveryTask(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		o.queue(t, "a@example.org", "", o.at)
		l := Loop{Log: o.Log, Tasks: []Task{o.Task(), Sweep(o.App)}}
		if err := l.Once(context.Background()); err != nil || len(o.post.got) != 1 {
			t.Errorf("%v %d", err, len(o.post.got))
		}
	})
}

func TestMailsCanBeLaidDownInAFolder(t *testing.T) {
	eachOffice(t, func(t *testing.T, o *office) {
		dir := filepath.Join(t.TempDir(), "mail")
		o.Office.Sender = &mail.Folder{Dir: dir, From: "avow@localhost"}
		o.queue(t, "a@example.org", "", o.at)
		o.send(t)
		if files, err := filepath.Glob(filepath.Join(dir, "0001-*.eml")); err != nil || len(files) != 1 {
			t.Errorf("%v %v", files, err)
		}
	})
}
