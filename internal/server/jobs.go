package server

import (
	"context"
	"net"
	"net/url"

	"avow/internal/app"
	"avow/internal/config"
	"avow/internal/fetch"
	"avow/internal/i18n"
	"avow/internal/jobs"
	"avow/internal/mail"
)

// relay sends the mails that wait: by the mail server, or into a folder where none is set.
func (k *keeper) relay(c config.Config, a *app.App, set *i18n.Set) jobs.Relay {
	var sender mail.Sender = &mail.Folder{Dir: c.Mail(), From: c.SMTPFrom}
	if c.SMTPHost != "" {
		sender = mail.SMTP{Host: c.SMTPHost, Port: c.SMTPPort, User: c.SMTPUser, Password: c.SMTPPassword, From: c.SMTPFrom}
	}
	return jobs.Relay{App: a, Office: mail.Office{Words: set, Sender: sender}, Now: k.now, Log: k.log}
}

// loop is what this process does by the clock.
func (k *keeper) loop(c config.Config, a *app.App, set *i18n.Set) jobs.Loop {
	at := address(c, c.Listen)
	return jobs.Loop{Log: k.log, Tasks: []jobs.Task{k.relay(c, a, set).Task(), jobs.Sweep(a),
		jobs.Digest{App: a, Words: set, Address: at, Now: k.now}.Task(), jobs.Remind{App: a, Words: set, Address: at}.Task(), k.hook(c, a, set).Task()}}
}

// hook tells webhooks what changed.
func (k *keeper) hook(c config.Config, a *app.App, set *i18n.Set) jobs.Hook {
	return jobs.Hook{App: a, Words: set, Fetch: fetch.New(fetch.Options{Agent: "Avow/" + Version()}), Address: address(c, c.Listen), Now: k.now}
}

// address is where people reach the site: the public address, else the one that
// this process listens on.
func address(c config.Config, listens string) string {
	if c.BaseURL != "" {
		return c.BaseURL
	}
	host, port, err := net.SplitHostPort(listens)
	if err != nil {
		return ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return (&url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}).String()
}

// tellSetup shows the link with which the first administrator begins, while there is none.
func (k *keeper) tellSetup(ctx context.Context, a *app.App, address, lang string, say func(key string, args ...any)) error {
	has, err := a.HasAdministrator(ctx)
	if err != nil || has {
		return err
	}
	token, err := a.NewSetup(ctx)
	if err == nil {
		say("cli.serve.setup", "address", setupAddress(address, lang, token))
	}
	return err
}

func setupAddress(address, lang, token string) string {
	return address + "/" + lang + "/setup?token=" + token
}

// SetupAddress is where somebody uses a setup token, as far as the settings tell.
func SetupAddress(c config.Config, lang, token string) string {
	return setupAddress(address(c, c.Listen), lang, token)
}
