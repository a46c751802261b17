package web

import (
	"errors"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/httpx"
	"avow/internal/i18n"
	components "avow/internal/web/ui/components/form"
)

// enter reads who asks and whether the row is for them. Who is not signed in is
// sent to sign in and comes back; a form that was sent is not lost: the error page keeps it.
func (c *call) enter() (done bool, err error) {
	c.w.Header().Set("Cache-Control", "no-store")
	c.who, err = c.site.App.Caller(c.r.Context(), httpx.SessionToken(c.r, c.site.secure()))
	if err != nil {
		return false, err
	}
	err = c.allowed()
	if err == nil || c.r.Method != http.MethodGet && c.r.Method != http.MethodHead {
		return false, err
	}
	back := "?to=" + url.QueryEscape(c.r.URL.RequestURI())
	switch civic.KindOf(err) {
	case civic.Unauthenticated:
		http.Redirect(c.w, c.r, c.url("/sign-in")+back, http.StatusSeeOther)
	case civic.Unproven:
		http.Redirect(c.w, c.r, c.url("/account/second-factor")+back, http.StatusSeeOther)
	default:
		return false, err
	}
	return true, nil
}

// allowed asks whether the caller could have the row's permission anywhere. Where
// exactly is for the use case to ask.
func (c *call) allowed() error {
	if c.route.Permission == AnAccount {
		if !c.who.SignedIn() {
			return &civic.Error{Kind: civic.Unauthenticated, Key: "error.sign_in"}
		}
		return nil
	}
	return c.who.AskAnywhere(c.route.Permission)
}

// secure reports whether the public address is HTTPS.
func (s *Site) secure() bool { return strings.HasPrefix(s.BaseURL, "https:") }

// sent is what a person sent.
type sent struct {
	values url.Values
	files  map[string][]*multipart.FileHeader
}

// memory is how much of an upload is held in memory; the rest waits in a file.
const memory = 1 << 20

// form reads what was sent, urlencoded or multipart. Too much is TooLarge.
func (c *call) form() (*sent, error) {
	if c.sent != nil {
		return c.sent, nil
	}
	err := c.r.ParseMultipartForm(memory)
	if errors.Is(err, http.ErrNotMultipart) {
		err = c.r.ParseForm()
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, err
	case err != nil:
		return nil, &civic.Error{Kind: civic.Invalid, Key: "error.form", Cause: err}
	}
	c.sent = &sent{values: c.r.PostForm}
	if c.r.MultipartForm != nil {
		c.sent.files = c.r.MultipartForm.File
	}
	return c.sent, nil
}

// text is a field, trimmed, with its line ends as line feeds and without other
// control characters.
func (f *sent) text(name string) string {
	s := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(f.values.Get(name))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}

// all are the values of a field that may be chosen several times.
func (f *sent) all(name string) []string { return f.values[name] }

// has reports whether a box was ticked or a button pressed.
func (f *sent) has(name string) bool { return f.values.Get(name) != "" }

// upload is the first file of a field, nil when none was chosen.
func (f *sent) upload(name string) *multipart.FileHeader {
	if len(f.files[name]) == 0 || f.files[name][0].Size == 0 && f.files[name][0].Filename == "" {
		return nil
	}
	return f.files[name][0]
}

// faults are the faults of fields in an error, translated, for a page that shows
// the form again; ok is false when the error is of another kind.
func (c *call) faults(err error) (out []components.Fault, ok bool) {
	var several civic.Errors
	var one *civic.Error
	switch {
	case errors.As(err, &several):
	case errors.As(err, &one) && one.Kind == civic.Invalid:
		several = civic.Errors{one}
	default:
		return nil, false
	}
	for _, e := range several {
		out = append(out, components.Fault{Field: e.Field, Text: c.p.TMap(e.Key, lower(e.Args))})
	}
	return out, len(out) > 0
}

// again shows a form a second time, with its faults.
func (c *call) again(page component) error { return c.send(http.StatusUnprocessableEntity, page) }

// goOn sends a person on after a form was taken: to an address of this site.
func (c *call) goOn(path string) error {
	http.Redirect(c.w, c.r, c.url(path), http.StatusSeeOther)
	return nil
}

// back is the address of this site to which a person wants to return, else fallback.
func (c *call) back(to, fallback string) string {
	u, err := url.Parse(to)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(to, "//") || strings.Contains(to, "\\") ||
		slices.Contains(strings.Split(u.Path, "/"), "..") ||
		!slices.ContainsFunc(c.site.Words.Languages(), func(l i18n.Language) bool { return strings.HasPrefix(u.Path, "/"+l.Code+"/") }) {
		return c.url(fallback)
	}
	return u.RequestURI()
}

// headed is the title of a page with a form: it says first that something is wrong.
func (c *call) headed(title string, faults []components.Fault) string {
	if len(faults) == 0 {
		return title
	}
	return c.p.T("form.error", "title", title)
}

// problems is the summary of what is wrong with a form.
func (c *call) problems(faults []components.Fault) component {
	return components.Errors(c.p.T("form.problem"), faults)
}
