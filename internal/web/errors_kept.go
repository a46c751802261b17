package web

import (
	"cmp"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"avow/internal/web/ui/pages"
)

// How much of what a person sent an error page keeps: fields, characters of one,
// bytes of all. Nothing that the site's own forms ask for comes near.
const (
	keptFields = 200
	keptText   = 50_000
	keptBytes  = 512 << 10
	keptShort  = 60 // characters up to which a field is sent along without being shown
)

// secrets are the fields that no page repeats.
var secrets = []string{"code", "token", "password", "file", "secret"}

// givenBack is what the error page gives back of a form that was sent, nil for
// nothing. A request from another site gets nothing back: a page of ours with its
// words and a button would do in one click what was just refused.
func (c *call) givenBack(status int, key string) *pages.Kept {
	if c.r.Method != http.MethodPost || key == "error.cross_origin" ||
		status == http.StatusRequestURITooLong || status == http.StatusRequestEntityTooLarge {
		return nil
	}
	values, files := c.resent()
	k := &pages.Kept{Files: files}
	left, fields := keptBytes, 0
	for _, name := range slices.Sorted(maps.Keys(values)) {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if len(name) > 100 || slices.Contains(secrets, strings.ToLower(last)) {
			continue
		}
		for _, v := range values[name] {
			if fields++; fields > keptFields || len(v) > left || utf8.RuneCountInString(v) > keptText || !utf8.ValidString(v) {
				k.Cut = true
				continue
			}
			left -= len(v)
			if strings.ContainsRune(v, '\n') || utf8.RuneCountInString(v) > keptShort {
				k.Texts = append(k.Texts, pages.KeptText{ID: "kept-" + strconv.Itoa(len(k.Texts)+1), Name: name, Label: c.p.T("error.kept.field", "field", name), Value: v})
			} else {
				k.Rest = append(k.Rest, [2]string{name, v})
			}
		}
	}
	if len(k.Texts)+len(k.Rest) == 0 {
		return nil
	}
	path := c.r.URL.EscapedPath()
	if !c.site.takes(http.MethodPost, c.r.URL.Path) || strings.HasPrefix(path, "//") {
		return k
	}
	k.Action = c.r.URL.RequestURI()
	back := "/" + c.p.Code + "/"
	if c.site.has(c.r.URL.Path) {
		k.Form, back = k.Action, k.Action
	}
	to := "?to=" + url.QueryEscape(back)
	switch {
	case status == http.StatusUnauthorized:
		k.SignIn = c.url("/sign-in") + to
	case key == "error.second_factor":
		k.Prove = c.url("/account/second-factor") + to
	}
	return k
}

// resent are the fields of the form that was sent and whether files came with it,
// read now when no handler came so far.
func (c *call) resent() (values url.Values, files bool) {
	r := c.r
	if r.MultipartForm != nil {
		return r.MultipartForm.Value, len(r.MultipartForm.File) > 0
	}
	if r.PostForm != nil {
		return r.PostForm, false
	}
	if r.Body == nil {
		return nil, false
	}
	kind, _, _ := mime.ParseMediaType(cmp.Or(r.Header.Get("Content-Type"), "application/octet-stream"))
	r.Body = http.MaxBytesReader(c.w, r.Body, 16<<20) // a frame bounds it before, usually by less
	switch kind {
	case "application/x-www-form-urlencoded":
		body, err := io.ReadAll(io.LimitReader(r.Body, 2*keptBytes))
		if err != nil {
			return nil, false
		}
		values, _ = url.ParseQuery(string(body)) // what can be read of it
		return values, false
	case "multipart/form-data":
		return c.resentParts()
	}
	return nil, false
}

// resentParts reads the texts among the parts of a form, without keeping its files.
func (c *call) resentParts() (values url.Values, files bool) {
	parts, err := c.r.MultipartReader()
	if err != nil {
		return nil, false
	}
	values = url.Values{}
	for range 2 * keptFields {
		part, err := parts.NextPart()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				return values, true // cut: there was more than texts
			}
			return values, files
		}
		if part.FileName() != "" {
			files = true
			continue
		}
		text, err := io.ReadAll(io.LimitReader(part, 4*keptText+1))
		if err != nil {
			return values, true
		}
		values.Add(part.FormName(), string(text))
	}
	return values, files
}

// readable is the path of this address in other languages: that of its form,
// else the home page.
func (c *call) readable() string {
	if c.site.has(c.r.URL.Path) {
		return strings.TrimPrefix(c.r.URL.EscapedPath(), "/"+c.p.Code)
	}
	return "/"
}
