package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"time"
)

// Options are what tests choose otherwise; the zero value is what the program uses.
type Options struct {
	Resolve func(ctx context.Context, name string) ([]netip.Addr, error)    // the system's resolver when nil
	Dial    func(ctx context.Context, network, to string) (net.Conn, error) // a plain dial when nil
	Allow   func(ip netip.Addr) bool                                        // Outside when nil
	Ports   []int                                                           // 80 and 443 when nil
	TLS     *tls.Config
	Time    time.Duration // for everything together: 10 s when 0
	Agent   string
}

// The bounds of one request.
const (
	usualTime    = 10 * time.Second
	maxBody      = 1 << 20
	maxRedirects = 5
	maxHeaders   = 64 << 10
)

// Client asks untrusted addresses. It is safe for concurrent use.
type Client struct {
	o    Options
	http *http.Client
}

// New makes a client.
func New(o Options) *Client {
	if o.Resolve == nil {
		o.Resolve = func(ctx context.Context, name string) ([]netip.Addr, error) {
			return net.DefaultResolver.LookupNetIP(ctx, "ip", name)
		}
	}
	if o.Dial == nil {
		o.Dial = (&net.Dialer{Timeout: usualTime, KeepAlive: -1}).DialContext
	}
	if o.Allow == nil {
		o.Allow = Outside
	}
	if o.Ports == nil {
		o.Ports = []int{80, 443}
	}
	if o.Time == 0 {
		o.Time = usualTime
	}
	if o.Agent == "" {
		o.Agent = "Avow"
	}
	c := &Client{o: o}
	c.http = &http.Client{
		Transport: &http.Transport{
			Proxy: nil, DialContext: c.dial, TLSClientConfig: o.TLS, DisableKeepAlives: true, ForceAttemptHTTP2: false,
			TLSHandshakeTimeout: o.Time, ResponseHeaderTimeout: o.Time, MaxResponseHeaderBytes: maxHeaders, DisableCompression: true,
		},
		CheckRedirect: c.redirect,
	}
	return c
}

func (c *Client) portAllowed(n int) bool     { return slices.Contains(c.o.Ports, n) }
func (c *Client) allowed(ip netip.Addr) bool { return c.o.Allow(ip) }

// resolve returns the addresses of a name. One that leads inside refuses them
// all: who mixes them wants to be let in.
func (c *Client) resolve(ctx context.Context, name string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(name); err == nil {
		if !c.allowed(ip) {
			return nil, refuse(KeyInside, name, nil)
		}
		return []netip.Addr{ip}, nil
	}
	ips, err := c.o.Resolve(ctx, name)
	if err != nil || len(ips) == 0 {
		return nil, refuse(KeyUnknown, name, err)
	}
	for i, ip := range ips {
		if ip.Is4In6() && ip.Zone() == "" {
			ip = ip.Unmap() // how resolvers write an IPv4 address
			ips[i] = ip
		}
		if !c.allowed(ip) {
			return nil, refuse(KeyInside, name, nil)
		}
	}
	return ips, nil
}

// dial looks the name up once, checks what it found, and dials just that.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	ips, err := c.resolve(ctx, name)
	if err != nil {
		return nil, err
	}
	var failed []error
	for _, ip := range ips[:min(len(ips), 4)] {
		conn, err := c.o.Dial(ctx, network, hostPort(ip, port))
		if err == nil {
			return conn, nil
		}
		failed = append(failed, err)
	}
	return nil, errors.Join(failed...)
}

func (c *Client) redirect(next *http.Request, before []*http.Request) error {
	if next.Method == http.MethodPost || before[0].Method == http.MethodPost {
		return http.ErrUseLastResponse // what is sent goes to the address that was given, and to no other
	}
	if len(before) > maxRedirects {
		return refuse(KeyRedirect, before[0].URL.String(), nil)
	}
	next.Header.Del("Referer")
	next.Header.Del("Authorization")
	next.Header.Del("Cookie")
	_, err := c.check(next.URL.String())
	return err
}

// Check reports why an address may not be asked, nil when it may. It looks the
// name up and connects to nothing.
func (c *Client) Check(ctx context.Context, address string) error {
	u, err := c.check(address)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Time)
	defer cancel()
	_, err = c.resolve(ctx, u.Hostname())
	return renamed(err, address)
}

// Answer is what an address answered.
type Answer struct {
	URL    string // after redirects
	Status int
	Header http.Header
	Body   []byte
}

// Get asks an address.
func (c *Client) Get(ctx context.Context, address string) (Answer, error) {
	return c.send(ctx, http.MethodGet, address, nil, nil)
}

// Post sends something to an address. It follows no redirect.
func (c *Client) Post(ctx context.Context, address string, header http.Header, body []byte) (Answer, error) {
	return c.send(ctx, http.MethodPost, address, header, body)
}

func (c *Client) send(ctx context.Context, method, address string, header http.Header, body []byte) (Answer, error) {
	u, err := c.check(address)
	if err != nil {
		return Answer{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Time)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), bytes.NewReader(body))
	if err != nil {
		return Answer{}, refuse(KeyForm, address, err)
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("User-Agent", c.o.Agent)
	res, err := c.http.Do(r)
	if err != nil {
		return Answer{}, renamed(err, address)
	}
	defer res.Body.Close()
	out := Answer{URL: res.Request.URL.String(), Status: res.StatusCode, Header: res.Header}
	out.Body, err = io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	switch {
	case err != nil:
		return out, refuse(KeyFailed, address, err)
	case len(out.Body) > maxBody:
		return out, refuse(KeyLarge, address, nil)
	}
	return out, nil
}
