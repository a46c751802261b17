package mail

import (
	"encoding/json"
	"fmt"

	"avow/internal/i18n"
)

// Letter is what a mail says, before it has a form. Its texts are finished.
type Letter struct {
	Subject string
	Blocks  []Block
	// Unsubscribe is an address that ends these letters with one click (RFC 8058),
	// "" for letters that were asked for one by one.
	Unsubscribe string
}

// Block is a part of a letter: one of a heading, a paragraph, a list, a link, or a
// code to type.
type Block struct {
	Heading string
	Text    string
	Items   []Item
	Link    Link
	Code    string
}

// Link leads to a page of the site.
type Link struct{ Text, URL string }

// Item is one entry of a list; URL may be "".
type Item struct{ Text, URL string }

// kinds write the letters, each from its data.
var kinds = map[string]func(p *i18n.Printer, data []byte) (Letter, error){
	"sign_in": signIn, "invitation": invitation,
	"follow": follow, "digest": digest, "reminder": remind, "webhook_ended": hookEnded,
}

// Write writes a letter of a kind in a language.
func Write(kind string, p *i18n.Printer, data []byte) (Letter, error) {
	write := kinds[kind]
	if write == nil {
		return Letter{}, fmt.Errorf("there is no letter of the kind %q", kind)
	}
	l, err := write(p, data)
	if err != nil {
		return Letter{}, fmt.Errorf("write a letter of the kind %q: %w", kind, err)
	}
	return l, nil
}

// from reads the data of a letter.
func from[T any](data []byte) (v T, err error) {
	err = json.Unmarshal(data, &v)
	return v, err
}
