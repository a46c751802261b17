package webtest

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"avow/internal/htmlcheck"
)

// check says what is not true, or nil.
func (w *World) check(c Check) error {
	switch c.Subject {
	case "sound":
		last, err := w.page()
		if err != nil {
			return err
		}
		root, err := last.parse()
		if err != nil {
			return err
		}
		if problems := htmlcheck.Problems(root); len(problems) > 0 {
			return fmt.Errorf("%s", strings.Join(problems, "; "))
		}
		return nil
	case "verifies":
		if w.Verify == nil {
			return fmt.Errorf("the record of this program cannot be verified")
		}
		return w.Verify()
	case "grew":
		return w.grew(c.Want)
	}
	want, err := w.fill(c.Want)
	if err != nil {
		return err
	}
	got, err := w.subject(c)
	if err != nil {
		return err
	}
	holds, err := c.holds(got, want)
	if holds || err != nil {
		return err
	}
	if len(got) > 900 {
		got = got[:900] + "…"
	}
	return fmt.Errorf("%s %s is not %s %q but %q", c.Subject, c.Named, c.Sign, want, got)
}

// holds compares what is there with what should be.
func (c Check) holds(got, want string) (bool, error) {
	sign, not := strings.CutPrefix(c.Sign, "!")
	holds := false
	switch sign {
	case "==", "=":
		holds = got == want
	case "contains":
		holds = strings.Contains(got, want)
	case "~":
		pattern, err := regexp.Compile(want)
		if err != nil {
			return false, err
		}
		holds = pattern.MatchString(got)
	}
	return holds != not, nil
}

// subject gives what a check is about.
func (w *World) subject(c Check) (string, error) {
	named, err := w.fill(c.Named)
	if err != nil {
		return "", err
	}
	if c.Subject == "mail" || c.Subject == "mails" {
		return w.mail(c.Subject, named)
	}
	last, err := w.page()
	if err != nil {
		return "", err
	}
	switch c.Subject {
	case "code":
		return strconv.Itoa(last.code), nil
	case "header":
		return strings.Join(last.header.Values(named), ", "), nil
	case "location":
		return last.location(), nil
	case "body":
		return last.body, nil
	case "text":
		return last.text()
	case "title":
		root, err := last.parse()
		if err != nil {
			return "", err
		}
		for n := range root.Descendants() {
			if n.Data == "title" {
				return words(n), nil
			}
		}
		return "", nil
	case "json":
		return last.json(named)
	case "link":
		return last.link(named)
	case "field":
		return last.field(named)
	}
	return "", fmt.Errorf("nobody knows what %s is", c.Subject)
}

// mail gives the newest mail to an address, or how many there are.
func (w *World) mail(subject, to string) (string, error) {
	if w.Mail == nil {
		return "", fmt.Errorf("this program sends no mail")
	}
	all, err := w.Mail()
	if err != nil {
		return "", err
	}
	all = slices.DeleteFunc(all, func(m Mail) bool { return !strings.EqualFold(m.To, to) })
	switch {
	case subject == "mails":
		return strconv.Itoa(len(all)), nil
	case len(all) == 0:
		return "", fmt.Errorf("no mail went to %s", to)
	}
	newest := all[len(all)-1]
	return newest.Subject + "\n" + newest.Text, nil
}

// take gives what a line keeps.
func (w *World) take(c Check) (string, error) {
	got, err := w.subject(c)
	if err != nil {
		return "", err
	}
	if c.Want == "" {
		if got == "" {
			return "", fmt.Errorf("%s %s is empty", c.Subject, c.Named)
		}
		return got, nil
	}
	want, err := w.fill(c.Want)
	if err != nil {
		return "", err
	}
	pattern, err := regexp.Compile(want)
	if err != nil {
		return "", err
	}
	if c.Subject == "mail" { // the newest letter that fits: others may have come since
		if got, err = w.letterLike(c.Named, pattern, got); err != nil {
			return "", err
		}
	}
	m := pattern.FindStringSubmatch(got)
	if m == nil {
		if len(got) > 900 {
			got = got[:900] + "…"
		}
		return "", fmt.Errorf("nothing in %s %s is like %s: %q", c.Subject, c.Named, want, got)
	}
	return m[min(1, len(m)-1)], nil
}

// grew compares the entries since the last request with those that are named.
func (w *World) grew(want string) error {
	if w.Record == nil {
		return fmt.Errorf("the record of this program cannot be read")
	}
	all, err := w.Record()
	if err != nil {
		return err
	}
	have := slices.Sorted(slices.Values(all[w.before:]))
	var named []string
	for _, verb := range strings.Split(want, ",") {
		if verb = strings.TrimSpace(verb); verb != "nothing" {
			named = append(named, verb)
		}
	}
	slices.Sort(named)
	if !slices.Equal(have, named) {
		return fmt.Errorf("the record grew by %q, not by %q", have, named)
	}
	return nil
}

// path is an address without its scheme and host.
func path(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || strings.HasPrefix(address, "//") {
		return address
	}
	return u.RequestURI()
}

// resolve gives an address of a page as one of the site.
func resolve(page, to string) string {
	base, err := url.Parse(page)
	if err != nil {
		return to
	}
	u, err := base.Parse(to)
	if err != nil {
		return to
	}
	return u.RequestURI()
}

// letterLike is the newest mail to an address that fits a pattern, else fallback.
func (w *World) letterLike(named string, pattern *regexp.Regexp, fallback string) (string, error) {
	to, err := w.fill(named)
	if err != nil {
		return "", err
	}
	all, err := w.Mail()
	if err != nil {
		return "", err
	}
	for _, m := range slices.Backward(all) {
		if text := m.Subject + "\n" + m.Text; strings.EqualFold(m.To, to) && pattern.MatchString(text) {
			return text, nil
		}
	}
	return fallback, nil
}
