package fetch

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// Keys of refusals. They carry the address, and nothing about what is behind it.
const (
	KeyForm     = "fetch.form"     // no address of the web
	KeyUser     = "fetch.user"     // a name or password in it
	KeyPort     = "fetch.port"     // a port that is not for the web
	KeyInside   = "fetch.inside"   // it lies inside a network
	KeyUnknown  = "fetch.unknown"  // the name is not known
	KeyRedirect = "fetch.redirect" // it leads on too often
	KeyLarge    = "fetch.large"    // the answer is too long
	KeyFailed   = "fetch.failed"   // no answer
)

func refuse(key, address string, cause error) error {
	return &civic.Error{Kind: civic.Invalid, Key: key, Field: "url", Args: map[string]any{"url": short(address)}, Cause: cause}
}

// maxAddress is how long an address may be (bytes).
const maxAddress = 2000

func short(address string) string {
	if len(address) > 200 {
		return strings.ToValidUTF8(address[:200], "") + "…"
	}
	return address
}

// closed are the ranges that no outside site has (IANA's special-purpose
// registries), and those in which an IPv4 address hides. Whoever runs a service
// at a translated address has one without translation too.
var closed = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
)

// open is the one range of IPv6 from which global addresses are given; outTaken
// are its parts that are for other purposes.
var (
	open     = netip.MustParsePrefix("2000::/3")
	outTaken = prefixes("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16", "5f00::/16", "2001:0:0::/32")
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, p := range list {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}

// Outside reports whether an address is one of the public internet.
func Outside(ip netip.Addr) bool {
	if ip.Zone() != "" || !ip.IsValid() || ip.Is4In6() {
		return false
	}
	if ip.Is6() {
		if !open.Contains(ip) {
			return false
		}
		return !within(outTaken, ip)
	}
	return !within(closed, ip)
}

func within(list []netip.Prefix, ip netip.Addr) bool {
	for _, p := range list {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// check refuses an address by its form: what can be said before its name is looked up.
func (c *Client) check(address string) (*url.URL, error) {
	if len(address) > maxAddress || strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }) {
		return nil, refuse(KeyForm, address, nil)
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, refuse(KeyForm, address, err)
	}
	if u.User != nil {
		return nil, refuse(KeyUser, address, nil)
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if strings.Contains(u.Hostname(), "%") || host == "" {
		return nil, refuse(KeyForm, address, nil)
	}
	if !c.portAllowed(port(u)) {
		return nil, refuse(KeyPort, address, nil)
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil:
		if !c.allowed(ip) {
			return nil, refuse(KeyInside, address, nil)
		}
	case numeric(host) || strings.Contains(host, ":"):
		// 2130706433, 0x7f.1, 0177.0.0.1: ways of writing an address that some resolvers read.
		return nil, refuse(KeyInside, address, nil)
	case !strings.Contains(host, ".") || insideName(host):
		return nil, refuse(KeyInside, address, nil)
	case !nameForm(host):
		return nil, refuse(KeyForm, address, nil)
	}
	return u, nil
}

func port(u *url.URL) int {
	text := u.Port()
	if text == "" {
		return map[string]int{"http": 80, "https": 443}[u.Scheme]
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// numeric reports whether the last part of a name is a number: no such name exists
// in public, and what looks so is an address.
func numeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if last == "" {
		return true
	}
	if rest, ok := strings.CutPrefix(last, "0x"); ok {
		_, err := strconv.ParseUint(rest, 16, 64)
		return err == nil || rest == ""
	}
	return !strings.ContainsFunc(last, func(r rune) bool { return r < '0' || r > '9' })
}

// insideNames are endings that are only for names inside a network (RFC 6761,
// RFC 6762, RFC 8375, ICANN's .internal, and what is in use).
var insideNames = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "test", "invalid", "onion", "home.arpa", "localdomain"}

func insideName(host string) bool {
	for _, end := range insideNames {
		if host == end || strings.HasSuffix(host, "."+end) {
			return true
		}
	}
	return false
}

// nameForm is the form of a name in DNS; an international one is written in ASCII.
func nameForm(host string) bool {
	if len(host) > 253 {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, func(r rune) bool {
			return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
		}) {
			return false
		}
	}
	return true
}

// hostPort is where to dial an address that was checked.
func hostPort(ip netip.Addr, port string) string { return net.JoinHostPort(ip.String(), port) }
