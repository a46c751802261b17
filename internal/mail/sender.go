package mail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/wneessen/go-mail"
)

// Sender takes a message on its way.
type Sender interface {
	Send(context.Context, Message) error
}

// SMTP hands messages to a mail server. User and Password may be empty.
type SMTP struct {
	Host, User, Password, From string
	Port                       int
}

// sendTime is how long one message may take.
const sendTime = 30 * time.Second

// Send sends one message. The line is encrypted (STARTTLS, or TLS from the start
// on port 465), except to this machine itself.
func (s SMTP) Send(ctx context.Context, m Message) error {
	msg, err := m.build(s.From, mail.EncodingQP)
	if err != nil {
		return err
	}
	options := []mail.Option{mail.WithPort(s.Port), mail.WithTimeout(sendTime), mail.WithTLSPolicy(mail.TLSMandatory)}
	if s.Port == 465 {
		options = append(options, mail.WithSSL())
	}
	if ip := net.ParseIP(s.Host); s.Host == "localhost" || ip != nil && ip.IsLoopback() {
		options = append(options, mail.WithTLSPolicy(mail.TLSOpportunistic))
	}
	if s.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.User), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(s.Host, options...)
	if err != nil {
		return fmt.Errorf("the mail server: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTime)
	defer cancel()
	return client.DialAndSendWithContext(ctx, msg)
}

// Folder lays messages down as files that can be read as they are, so that
// everything can be tried without a mail server: DIR/0001-sign_in-ana@example.org.eml.
type Folder struct {
	Dir, From string

	mutex sync.Mutex
}

var notInName = regexp.MustCompile(`[^a-zA-Z0-9@._+-]+`)

// Send writes one message. The file is whole or not there.
func (f *Folder) Send(_ context.Context, m Message) error {
	msg, err := m.build(f.From, mail.NoEncoding)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if _, err := msg.WriteTo(&b); err != nil {
		return err
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if err := os.MkdirAll(f.Dir, 0o700); err != nil {
		return err
	}
	half, err := os.CreateTemp(f.Dir, ".letter-*")
	if err != nil {
		return err
	}
	_, err = half.Write(b.Bytes())
	if err = errors.Join(err, half.Close()); err != nil {
		return errors.Join(err, os.Remove(half.Name()))
	}
	n, err := f.newest()
	if err != nil {
		return errors.Join(err, os.Remove(half.Name()))
	}
	name := fmt.Sprintf("-%s-%s.eml", notInName.ReplaceAllString(m.Kind, "_"), notInName.ReplaceAllString(m.To, "_"))
	for { // another process may take a number meanwhile
		n++
		path := filepath.Join(f.Dir, fmt.Sprintf("%04d", n)+name)
		if taken, _ := filepath.Glob(filepath.Join(f.Dir, fmt.Sprintf("%04d-*.eml", n))); len(taken) > 0 {
			continue
		}
		err := os.Link(half.Name(), path)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil { // a file system without links
			return os.Rename(half.Name(), path)
		}
		return os.Remove(half.Name())
	}
}

// newest is the highest number in the folder.
func (f *Folder) newest() (n int, err error) {
	files, err := os.ReadDir(f.Dir)
	for _, file := range files {
		number, _, _ := strings.Cut(file.Name(), "-")
		if i, err := strconv.Atoi(number); err == nil {
			n = max(n, i)
		}
	}
	return n, err
}
