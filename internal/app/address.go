package app

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"avow/internal/civic"

	"golang.org/x/net/idna"
)

// maxMail is the longest address that mail can be sent to (RFC 5321).
const maxMail = 254

// ParseMail brings a mail address into the form in which it names an account:
// lower case, the domain as the network writes it. What is wrong with it is told
// as a fault of the field "mail".
func ParseMail(s string) (string, error) {
	fault := func(key string) error { return &civic.Error{Kind: civic.Invalid, Key: key, Field: "mail"} }
	s = strings.TrimSpace(s)
	if s == "" {
		return "", fault("signin.mail_missing")
	}
	local, domain, ok := strings.Cut(s, "@")
	if !ok || !utf8.ValidString(s) || len(s) > maxMail || strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }) {
		return "", fault("signin.mail")
	}
	domain, err := idna.Lookup.ToASCII(domain)
	again, errAgain := idna.Lookup.ToASCII(domain) // what is written so must be readable so
	if err != nil || errAgain != nil || again != domain || !strings.Contains(strings.Trim(domain, "."), ".") {
		return "", fault("signin.mail")
	}
	s = strings.ToLower(local) + "@" + domain
	read, err := mail.ParseAddress(s)
	if err != nil || read.Address != s || read.Name != "" || len(s) > maxMail || strings.ContainsAny(local, `"\<>(),:;[]`) || strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) {
		return "", fault("signin.mail")
	}
	return s, nil
}

// maxName is the longest name of a person, in characters.
const maxName = 100

// parseName brings a person's name into one line; a fault has the field "name".
func parseName(s string) (string, error) {
	s = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))), " ")
	if len([]rune(s)) > maxName {
		return "", &civic.Error{Kind: civic.Invalid, Key: "account.name_long", Field: "name", Args: map[string]any{"most": maxName}}
	}
	return s, nil
}
