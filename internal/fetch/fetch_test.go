package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"avow/internal/civic"
)

// hostile are addresses that lead inside, or are none: by every way of writing
// them that is known.
var hostile = strings.Fields(`
http://127.0.0.1/ http://127.0.0.1:80/ http://127.1/ http://127.0.1/ http://127.255.255.254/ http://0.0.0.0/ http://0/ http://0.1.2.3/
http://localhost/ http://LOCALHOST/ http://localhost./ http://a.localhost/ http://localhost.localdomain/ http://ip6-localhost/
http://2130706433/ http://017700000001/ http://0x7f000001/ http://0x7f.0.0.1/ http://0177.0.0.1/ http://0x7f.1/ http://127.0x0.0.1/ http://0x/ http://1.2.3.0x4/
http://10.0.0.1/ http://10.255.255.255/ http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/ http://192.168.255.255/
http://169.254.169.254/latest/meta-data/ http://169.254.0.1/ http://169.254.170.2/ http://metadata/ http://metadata.google.internal/ http://168.63.129.16/
http://100.64.0.1/ http://100.100.100.200/ http://100.127.255.254/ http://192.0.0.1/ http://192.0.0.192/ http://192.0.2.1/ http://198.18.0.1/ http://198.19.255.255/
http://198.51.100.7/ http://203.0.113.9/ http://192.88.99.1/ http://192.31.196.1/ http://192.52.193.1/ http://192.175.48.1/
http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/
http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::ffff:127.0.0.1]/ http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/ http://[::ffff:8.8.8.8]/
http://[::127.0.0.1]/ http://[::7f00:1]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::7f00:1]/ http://[64:ff9b::8.8.8.8]/ http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/ http://[2002:a00:1::1]/ http://[2002:c0a8:1::]/ http://[2001::1]/ http://[2001:0:7f00:1::]/ http://[2001:db8::1]/ http://[2001:10::1]/ http://[2001:20::1]/
http://[fe80::1]/ http://[fe80::1%25eth0]/ http://[fe80::1%25lo]/ http://[fc00::1]/ http://[fd00::1]/ http://[fd00:ec2::254]/ http://[fec0::1]/ http://[ff02::1]/ http://[ff01::1]/
http://[100::1]/ http://[3fff::1]/ http://[5f00::1]/ http://[4000::1]/ http://[::1%25lo]/
http://intranet/ http://printer.local/ http://router.lan/ http://db.internal/ http://wiki.corp/ http://x.home.arpa/ http://a.test/ http://a.invalid/ http://x.onion/
http://user@example.org/ http://user:pass@example.org/ http://example.org@127.0.0.1/ http://127.0.0.1@example.org/ http://:@example.org/
http://example.org:22/ http://example.org:25/ http://example.org:6379/ http://example.org:8080/ http://example.org:0/ http://example.org:65536/ http://example.org:-1/
ftp://example.org/ file:///etc/passwd gopher://example.org/ javascript:alert(1) data:text/plain,x http: http:/// http://// //example.org/ example.org /etc/passwd
http:example.org http://[::1 http://::1/ http://%31%32%37.0.0.1/ http://127.0.0.1%2f@example.org/ http://exa%6dple.org%00/ http://example.org\@127.0.0.1/ http://①②⑦.⓪.⓪.①/
http://127。0。0。1/ http://ⓛocalhost/ http://.example.org/ http://example..org/ http://a_b*c.org/ ws://example.org/ HTTP://127.0.0.1/ hTTps://LocalHost/
http://inside.example/ http://mixed.example/ http://mapped.example/ http://six.example/ http://cgnat.example/ http://meta.example/ http://nowhere.example/
`)

// names is a resolver that lies.
var names = map[string][]string{
	"inside.example": {"127.0.0.1"}, "mixed.example": {"8.8.8.8", "10.0.0.1"}, "mapped.example": {"::ffff:127.0.0.1"}, "six.example": {"::1"},
	"cgnat.example": {"100.64.0.1"}, "meta.example": {"169.254.169.254"}, "good.example": {"8.8.8.8"}, "example.org": {"8.8.8.8"},
}

func resolve(_ context.Context, name string) (out []netip.Addr, err error) {
	for _, ip := range names[name] {
		out = append(out, netip.MustParseAddr(ip))
	}
	if out == nil {
		return nil, errors.New("no such name")
	}
	return out, nil
}

// listeners counts who comes in, whatever address the guard let through.
func listeners(t *testing.T) (dial func(context.Context, string, string) (net.Conn, error), came *atomic.Int64) {
	t.Helper()
	came = &atomic.Int64{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_ = c.Close()
		}
	}()
	return func(ctx context.Context, _, _ string) (net.Conn, error) {
		came.Add(1)
		return (&net.Dialer{}).DialContext(ctx, "tcp", l.Addr().String())
	}, came
}

func TestNoHostileAddressIsConnectedTo(t *testing.T) {
	dial, came := listeners(t)
	c := New(Options{Resolve: resolve, Dial: dial})
	if len(hostile) < 100 {
		t.Fatalf("only %d addresses are tried", len(hostile))
	}
	for _, address := range append(hostile, "", " http://example.org/", "http://exa mple.org/", "http://example.org/\r\nHost: x", strings.Repeat("http://example.org/", 200)) {
		for what, try := range map[string]func() error{
			"asked":   func() error { _, err := c.Get(t.Context(), address); return err },
			"sent":    func() error { _, err := c.Post(t.Context(), address, nil, []byte("x")); return err },
			"checked": func() error { return c.Check(t.Context(), address) },
		} {
			err := try()
			var told *civic.Error
			if !errors.As(err, &told) || told.Key == KeyFailed {
				t.Errorf("%.80q, %s: %v", address, what, err)
			}
		}
	}
	if n := came.Load(); n != 0 {
		t.Errorf("%d connections were made", n)
	}
	t.Logf("%d addresses, no connection", len(hostile))
}

func TestWhatIsDialledIsWhatWasChecked(t *testing.T) {
	asked := 0
	var dialled []string
	c := New(Options{
		Resolve: func(context.Context, string) ([]netip.Addr, error) {
			asked++
			return []netip.Addr{netip.MustParseAddr(map[bool]string{true: "8.8.8.8", false: "127.0.0.1"}[asked%2 == 1])}, nil
		},
		Dial: func(_ context.Context, _, to string) (net.Conn, error) {
			dialled = append(dialled, to)
			return nil, errors.New("no")
		},
	})
	for range 4 {
		_, _ = c.Get(t.Context(), "http://rebind.example.org/")
	}
	for _, to := range dialled {
		if to != "8.8.8.8:80" {
			t.Errorf("dialled %s", to)
		}
	}
	if len(dialled) != 2 || asked != 4 {
		t.Errorf("asked %d times, dialled %v", asked, dialled)
	}
}

// site is a server of the outside world, and a client that finds it there.
func site(t *testing.T, handle http.HandlerFunc, o Options) *Client {
	t.Helper()
	srv := httptest.NewServer(handle)
	t.Cleanup(srv.Close)
	o.Resolve = resolve
	o.Dial = func(ctx context.Context, _, to string) (net.Conn, error) {
		if to != "8.8.8.8:80" {
			t.Errorf("dialled %s", to)
		}
		return (&net.Dialer{}).DialContext(ctx, "tcp", srv.Listener.Addr().String())
	}
	return New(o)
}

func TestARedirectInwardIsNotFollowed(t *testing.T) {
	for _, to := range []string{"http://127.0.0.1/", "http://localhost/", "http://inside.example/", "http://[::1]/", "http://good.example:22/", "file:///etc/passwd",
		"http://169.254.169.254/", "//127.0.0.1/", "http://user:pw@good.example/", "http://0x7f000001/"} {
		c := site(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		}, Options{})
		_, err := c.Get(t.Context(), "http://good.example/")
		var told *civic.Error
		if !errors.As(err, &told) || told.Key == KeyFailed || told.Key == KeyRedirect {
			t.Errorf("%s: %v", to, err)
		}
	}
}

func TestRedirectsOutsideAreFollowedFiveTimes(t *testing.T) {
	hops := 0
	c := site(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" {
			t.Error("something was told on the way")
		}
		if hops++; hops <= 5 {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
			http.Redirect(w, r, "http://example.org/next", http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, "here")
	}, Options{})
	a, err := c.Get(t.Context(), "http://good.example/")
	if err != nil || string(a.Body) != "here" || a.URL != "http://example.org/next" {
		t.Fatalf("%+v %v", a, err)
	}
	hops = -1
	var told *civic.Error
	if _, err := c.Get(t.Context(), "http://good.example/"); !errors.As(err, &told) || told.Key != KeyRedirect {
		t.Errorf("the sixth redirect: %v", err)
	}
}

func TestWhatIsSentFollowsNoRedirect(t *testing.T) {
	n := 0
	c := site(t, func(w http.ResponseWriter, r *http.Request) {
		n++
		http.Redirect(w, r, "http://example.org/", http.StatusTemporaryRedirect)
	}, Options{})
	a, err := c.Post(t.Context(), "http://good.example/", nil, []byte("secret"))
	if err != nil || a.Status != http.StatusTemporaryRedirect || n != 1 {
		t.Errorf("%d %v, asked %d times", a.Status, err, n)
	}
}

func TestAnEndlessAnswerEnds(t *testing.T) {
	c := site(t, func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	}, Options{})
	var told *civic.Error
	if _, err := c.Get(t.Context(), "http://good.example/"); !errors.As(err, &told) || told.Key != KeyLarge {
		t.Error(err)
	}
}

func TestASlowAnswerEnds(t *testing.T) {
	c := site(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(200)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}, Options{Time: 50 * time.Millisecond})
	var told *civic.Error
	if _, err := c.Get(t.Context(), "http://good.example/"); !errors.As(err, &told) || told.Key != KeyFailed {
		t.Error(err)
	}
}

func FuzzNoAddressInsideIsEverDialled(f *testing.F) {
	for _, a := range hostile {
		f.Add(a)
	}
	f.Add("https://example.org/path?q=1")
	c := New(Options{
		Resolve: resolve,
		Dial: func(_ context.Context, _, to string) (net.Conn, error) {
			ap, err := netip.ParseAddrPort(to)
			if err != nil || !Outside(ap.Addr()) || ap.Port() != 80 && ap.Port() != 443 {
				panic("dialled " + to)
			}
			return nil, errors.New("no")
		},
	})
	f.Fuzz(func(t *testing.T, address string) { _, _ = c.Get(t.Context(), address) })
}
