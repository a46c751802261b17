package webtest

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
)

// Letters reads the folder in which mails are laid down, oldest first. It is the
// answer of World.Mail.
func Letters(dir string) ([]Mail, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var out []Mail
	for _, file := range files {
		m, err := letter(file)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}

// letter reads one file: its subject, and its first part, which is plain text.
func letter(file string) (m Mail, err error) {
	f, err := os.Open(file)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	msg, err := mail.ReadMessage(f)
	if err != nil {
		return m, err
	}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(msg.Header.Get("Subject")); err != nil {
		return m, err
	}
	to, err := msg.Header.AddressList("To")
	if err != nil {
		return m, err
	}
	m.To = to[0].Address
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		return m, err
	}
	part, err := multipart.NewReader(msg.Body, params["boundary"]).NextPart()
	if err != nil {
		return m, err
	}
	text, err := io.ReadAll(part)
	m.Text = string(text)
	return m, err
}
