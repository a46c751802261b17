package mail

import (
	"fmt"
	netmail "net/mail"
	"strings"
	"time"
	"unicode"

	"avow/internal/i18n"

	"github.com/wneessen/go-mail"
)

// Message is a letter that is ready to go.
type Message struct {
	ID      string // unique; a message that goes out twice has the same
	To      string
	Kind    string
	Subject string
	Text    string
	HTML    string
	At      time.Time

	Unsubscribe string
}

// Compose gives a letter its form.
func Compose(id, to, kind string, p *i18n.Printer, data []byte, at time.Time) (Message, error) {
	l, err := Write(kind, p, data)
	if err != nil {
		return Message{}, err
	}
	html := l.html(p)
	return Message{ID: id, To: to, Kind: kind, Subject: line(l.Subject), Text: l.text(), HTML: html, At: at, Unsubscribe: line(l.Unsubscribe)}, nil
}

// line makes a text one line: what has a line end could be read as another header.
func line(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))), " ")
}

// build makes the message as go-mail sends it.
func (m Message) build(from string, encoding mail.Encoding) (*mail.Msg, error) {
	sender, err := netmail.ParseAddress(from)
	if err != nil {
		return nil, fmt.Errorf("the sender's address: %w", err)
	}
	to, err := netmail.ParseAddress(m.To)
	if err != nil || to.Address != m.To || line(m.To) != m.To {
		return nil, fmt.Errorf("the address of a letter of the kind %q cannot be used", m.Kind)
	}
	msg := mail.NewMsg(mail.WithEncoding(encoding), mail.WithNoDefaultUserAgent())
	msg.FromMailAddress(sender)
	msg.SetAddrHeaderFromMailAddress(mail.HeaderTo, to)
	msg.Subject(m.Subject)
	msg.SetDateWithValue(m.At)
	_, domain, _ := strings.Cut(sender.Address, "@")
	msg.SetMessageIDWithValue(m.ID + "@" + domain)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if m.Unsubscribe != "" {
		msg.SetGenHeader(mail.HeaderListUnsubscribe, "<"+m.Unsubscribe+">")
		msg.SetGenHeader(mail.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(mail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, m.HTML)
	return msg, nil
}
