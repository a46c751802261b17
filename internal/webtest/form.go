package webtest

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form of a page, as a browser would send it.
type Form struct {
	Method, Action string
	Multipart      bool
	Main           bool // in the page's content, not around it
	Inputs         []Input
	Buttons        []Input // Label is what stands on it
}

// Input is a field of a form.
type Input struct {
	Name, Label, Value string
	Kind               string   // type of an input, "textarea" or "select"
	Sent               bool     // a browser sends it as it is: ticked, chosen, not empty file
	Options            []string // values of a select
	MaxLength          string
}

// Forms lists the forms of a page.
func Forms(page string) ([]Form, error) {
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return nil, err
	}
	labels := map[string]string{} // of id
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "label" && attr(n, "for") != "" {
			labels[attr(n, "for")] = words(n)
		}
	}
	var out []Form
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "form" {
			continue
		}
		inMain := false
		for up := range n.Ancestors() {
			inMain = inMain || up.Data == "main"
		}
		f := Form{Main: inMain, Method: strings.ToUpper(attr(n, "method")), Action: attr(n, "action"), Multipart: attr(n, "enctype") == "multipart/form-data"}
		for e := range n.Descendants() {
			f.take(e, labels)
		}
		out = append(out, f)
	}
	return out, nil
}

func (f *Form) take(e *html.Node, labels map[string]string) {
	if e.Type != html.ElementNode {
		return
	}
	in := Input{Name: attr(e, "name"), Label: labels[attr(e, "id")], Value: attr(e, "value"), Kind: e.Data, Sent: true, MaxLength: attr(e, "maxlength")}
	switch e.Data {
	case "input":
		in.Kind = attr(e, "type")
		switch in.Kind {
		case "submit":
			in.Label = in.Value
			f.Buttons = append(f.Buttons, in)
			return
		case "checkbox", "radio":
			in.Sent = hasAttr(e, "checked")
			if !hasAttr(e, "value") {
				in.Value = "on"
			}
		case "file":
			in.Sent = false
		}
	case "textarea":
		in.Value = strings.TrimPrefix(content(e), "\n")
	case "select":
		in.Sent = false
		for o := range e.Descendants() {
			if o.Type != html.ElementNode || o.Data != "option" {
				continue
			}
			value := attr(o, "value")
			if !hasAttr(o, "value") {
				value = words(o)
			}
			if len(in.Options) == 0 || hasAttr(o, "selected") {
				in.Value, in.Sent = value, true
			}
			in.Options = append(in.Options, value)
		}
	case "button":
		in.Label = words(e)
		f.Buttons = append(f.Buttons, in)
		return
	default:
		return
	}
	if in.Name != "" && !hasAttr(e, "disabled") {
		f.Inputs = append(f.Inputs, in)
	}
}

// form gives the request that the person's page would send by a button.
func (a *answer) form(label string) (Form, Input, error) {
	forms, err := Forms(a.body)
	if err != nil {
		return Form{}, Input{}, err
	}
	type choice struct {
		form   Form
		button Input
	}
	var found []choice
	for _, f := range forms {
		if f.Method != "POST" || label == "" && !f.Main && len(forms) > 1 {
			continue
		}
		for _, b := range f.Buttons {
			if label == "" || b.Label == label {
				found = append(found, choice{f, b})
			}
		}
	}
	var names []string
	for _, c := range found {
		names = append(names, c.button.Label)
	}
	switch {
	case len(found) == 1, len(found) > 1 && label == "" && sameForm(found[0].form, found[len(found)-1].form),
		len(found) > 1 && label != "":
		return found[0].form, found[0].button, nil
	case len(found) == 0:
		return Form{}, Input{}, fmt.Errorf("%s (%d) has no form with the button %q%s", a.url, a.code, label, a.hint())
	}
	return Form{}, Input{}, fmt.Errorf("%s has several buttons: say which of %q", a.url, names)
}

func sameForm(a, b Form) bool {
	return a.Action == b.Action && slices.EqualFunc(a.Inputs, b.Inputs, func(x, y Input) bool { return x.Name == y.Name })
}

// fill puts what the script says into a form, and what the page holds besides.
func (f Form) fill(button Input, r *Request) (*Request, error) {
	said := map[string]bool{}
	out := *r
	out.Fields = nil
	for _, one := range r.Fields {
		if one.Label != "" {
			i := slices.IndexFunc(f.Inputs, func(in Input) bool { return in.Label == one.Label })
			if i < 0 {
				return nil, fmt.Errorf("the form has no field of the label %q", one.Label)
			}
			one.Name = f.Inputs[i].Name
			if k := f.Inputs[i].Kind; k == "radio" || k == "checkbox" {
				one.Value = f.Inputs[i].Value
			}
		}
		if !slices.ContainsFunc(f.Inputs, func(in Input) bool { return in.Name == one.Name }) {
			var names []string
			for _, in := range f.Inputs {
				names = append(names, in.Name)
			}
			return nil, fmt.Errorf("the form has no field %q but %q", one.Name, slices.Compact(names))
		}
		said[one.Name] = true
		out.Fields = append(out.Fields, one)
	}
	for _, name := range r.Without {
		said[name] = true
	}
	for _, in := range f.Inputs {
		if in.Sent && !said[in.Name] {
			out.Fields = append(out.Fields, Field{Name: in.Name, Value: in.Value})
		}
	}
	if button.Name != "" {
		out.Fields = append(out.Fields, Field{Name: button.Name, Value: button.Value})
	}
	out.Method, out.URL = "POST", f.Action
	return &out, nil
}

// link gives where the link of a text leads to.
func (a *answer) link(label string) (string, error) {
	root, err := a.parse()
	if err != nil {
		return "", err
	}
	partly := ""
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" || attr(n, "href") == "" {
			continue
		}
		switch text := words(n); {
		case text == label:
			return attr(n, "href"), nil
		case partly == "" && strings.Contains(text, label):
			partly = attr(n, "href")
		}
	}
	if partly == "" {
		return "", fmt.Errorf("%s (%d) has no link %q", a.url, a.code, label)
	}
	return partly, nil
}

// field gives what a form of the page holds.
func (a *answer) field(name string) (string, error) {
	forms, err := Forms(a.body)
	if err != nil {
		return "", err
	}
	for _, f := range forms {
		for _, in := range f.Inputs {
			if in.Name == name && in.Sent {
				return in.Value, nil
			}
		}
	}
	return "", fmt.Errorf("%s (%d) has no field %q", a.url, a.code, name)
}

func words(n *html.Node) string { return strings.Join(strings.Fields(content(n)), " ") }

func content(n *html.Node) string {
	var b strings.Builder
	for k := range n.Descendants() {
		if k.Type == html.TextNode {
			b.WriteString(k.Data)
		}
	}
	return b.String()
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}
