// Package config holds the settings of the program: one struct, filled from
// flags, then the environment, then a file, then defaults, in that order of
// precedence.
//
// It is not for settings that belong to the content (those are in the
// database), nor for reading secrets from anywhere else.
//
// Invariants: the zero value plus [Config.Defaults] is a working configuration;
// a name that nobody knows is an error and never ignored, in the environment
// (AVOW_…) as well as in the file. Names that begin with AVOW_TEST_ belong to
// the tests and are left alone.
package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Config is every setting. See docs/configuration.md for the same list in words.
type Config struct {
	Data        string // data directory; "./avow-data" by default
	Listen      string // HOST:PORT; "127.0.0.1:8080" by default, port 0 takes a free one
	DatabaseURL string // postgres://…; empty uses SQLite in Data
	BaseURL     string // public address without a trailing slash, "" when unknown: addresses are then relative
	LogLevel    string // "debug", "info", "warn" or "error"; "info" by default
	LogFormat   string // "text" or "json"; "text" by default
	Languages   string // directory with more catalogues or changes to ours, "" for none
	Pseudo      bool   // offer the pseudo-languages en-XA and ar-XB, for tests
	Demo        bool   // load the demonstration data into an empty database
	MaxBody     int64  // largest request body in bytes; 1 MiB by default

	SMTPHost     string // mail server; "" lays mails down in Mail() instead
	SMTPPort     int    // 587 by default
	SMTPUser     string // "" for a server that asks for none
	SMTPPassword string
	SMTPFrom     string // sender of all mails; "avow@" and the host of BaseURL by default

	OIDCIssuer       string // https://… of an organisation's own sign-in, "" for none
	OIDCClientID     string
	OIDCClientSecret string
	OIDCName         string // what the organisation is called, for the button
}

// Problem is a setting that cannot be used. Key is a message of the catalogues.
type Problem struct {
	Key  string
	Args map[string]any
}

// Error gives a text for logs; people get the translated message of Key.
func (p *Problem) Error() string {
	names := make([]string, 0, len(p.Args))
	for k := range p.Args {
		names = append(names, k)
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString(p.Key)
	for _, k := range names {
		fmt.Fprintf(&b, " %s=%v", k, p.Args[k])
	}
	return b.String()
}

const (
	prefix     = "AVOW_"
	testPrefix = "AVOW_TEST_"
	fileSuffix = "avow.conf"
)

// ConfigFileVariable names the environment variable that holds the path of the
// configuration file; without it the file avow.conf of the data directory is
// read when it exists.
const ConfigFileVariable = prefix + "CONFIG"

// setting is one name of the file and, in capitals behind AVOW_, of the environment.
type setting struct {
	name string
	set  func(*Config, string) error
}

func text(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, v string) error { *field(c) = v; return nil }
}

func oneOf(field func(*Config) *string, allowed ...string) func(*Config, string) error {
	return func(c *Config, v string) error {
		for _, a := range allowed {
			if v == a {
				*field(c) = v
				return nil
			}
		}
		return fmt.Errorf("one of %s", strings.Join(allowed, ", "))
	}
}

func flag(field func(*Config) *bool) func(*Config, string) error {
	return func(c *Config, v string) error {
		b, err := strconv.ParseBool(v)
		if err != nil {
			return fmt.Errorf("true or false")
		}
		*field(c) = b
		return nil
	}
}

var settings = []setting{
	{"data", text(func(c *Config) *string { return &c.Data })},
	{"listen", text(func(c *Config) *string { return &c.Listen })},
	{"database_url", func(c *Config, v string) error {
		if u, err := url.Parse(v); v != "" && (err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql") {
			return fmt.Errorf("postgres://USER:PASSWORD@HOST:PORT/NAME")
		}
		c.DatabaseURL = v
		return nil
	}},
	{"base_url", func(c *Config, v string) error {
		if u, err := url.Parse(v); v != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
			return fmt.Errorf("https://HOST")
		}
		c.BaseURL = strings.TrimRight(v, "/")
		return nil
	}},
	{"log_level", oneOf(func(c *Config) *string { return &c.LogLevel }, "debug", "info", "warn", "error")},
	{"log_format", oneOf(func(c *Config) *string { return &c.LogFormat }, "text", "json")},
	{"languages", text(func(c *Config) *string { return &c.Languages })},
	{"pseudo_languages", flag(func(c *Config) *bool { return &c.Pseudo })},
	{"demo", flag(func(c *Config) *bool { return &c.Demo })},
	{"max_body", func(c *Config, v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 1024 || n > 1<<30 {
			return fmt.Errorf("1024 … 1073741824")
		}
		c.MaxBody = n
		return nil
	}},
	{"smtp_host", text(func(c *Config) *string { return &c.SMTPHost })},
	{"smtp_port", func(c *Config, v string) error {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 65535 {
			return fmt.Errorf("1 … 65535")
		}
		c.SMTPPort = n
		return nil
	}},
	{"smtp_user", text(func(c *Config) *string { return &c.SMTPUser })},
	{"smtp_password", text(func(c *Config) *string { return &c.SMTPPassword })},
	{"smtp_from", func(c *Config, v string) error {
		if _, err := mail.ParseAddress(v); v != "" && err != nil {
			return fmt.Errorf("NAME@HOST")
		}
		c.SMTPFrom = v
		return nil
	}},
	{"oidc_issuer", func(c *Config, v string) error {
		if u, err := url.Parse(v); v != "" && (err != nil || u.Scheme != "https" && !loopback(u) || u.Host == "") {
			return fmt.Errorf("https://HOST")
		}
		c.OIDCIssuer = v
		return nil
	}},
	{"oidc_client_id", text(func(c *Config) *string { return &c.OIDCClientID })},
	{"oidc_client_secret", text(func(c *Config) *string { return &c.OIDCClientSecret })},
	{"oidc_name", text(func(c *Config) *string { return &c.OIDCName })},
}

// loopback reports whether an address is on this machine: there, nothing listens in.
func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback())
}

// Names lists the settings as the file writes them.
func Names() []string {
	names := make([]string, len(settings))
	for i, s := range settings {
		names[i] = s.name
	}
	return names
}

// Variable returns the environment variable of a setting: "AVOW_LOG_LEVEL".
func Variable(name string) string { return prefix + strings.ToUpper(name) }

// Set gives one setting a value, as the file writes it. It returns a *Problem
// for an unknown name or a value that cannot be used; where tells the person
// where it stands ("AVOW_LISTEN", "avow.conf, line 3", "--listen").
func (c *Config) Set(name, value, where string) error {
	for _, s := range settings {
		if s.name != name {
			continue
		}
		if err := s.set(c, value); err != nil {
			return &Problem{Key: "config.value", Args: map[string]any{"where": where, "expected": err.Error()}}
		}
		return nil
	}
	return &Problem{Key: "config.unknown", Args: map[string]any{"where": where, "name": name, "known": strings.Join(Names(), ", ")}}
}

// Defaults fills what is still empty.
func (c *Config) Defaults() {
	def := func(field *string, v string) {
		if *field == "" {
			*field = v
		}
	}
	def(&c.Data, "avow-data")
	def(&c.Listen, "127.0.0.1:8080")
	def(&c.LogLevel, "info")
	def(&c.LogFormat, "text")
	if c.MaxBody == 0 {
		c.MaxBody = 1 << 20
	}
	if c.SMTPPort == 0 {
		c.SMTPPort = 587
	}
	if c.SMTPFrom == "" {
		host := "localhost"
		if u, err := url.Parse(c.BaseURL); err == nil && u.Hostname() != "" {
			host = u.Hostname()
		}
		c.SMTPFrom = "avow@" + host
	}
	def(&c.OIDCName, c.OIDCIssuer)
}

// Mail returns the directory where mails are laid down when no mail server is set.
func (c Config) Mail() string { return filepath.Join(c.Data, "mail") }

// Database returns the path of the SQLite file. It is not used when DatabaseURL is set.
func (c Config) Database() string { return filepath.Join(c.Data, "avow.db") }

// Record returns the directory of the signing key and the newest checkpoint.
func (c Config) Record() string { return filepath.Join(c.Data, "record") }
