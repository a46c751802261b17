package web

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"avow/internal/web/ui/pages"
)

// description is the part of an OpenAPI document that the page shows.
type description struct {
	Paths map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Summary     string
		Description string
		Samples     []string `json:"x-samples"`
		Security    []any
		Parameters  []struct {
			Name        string
			In          string
			Description string
			Schema      struct {
				Type any
				Enum []any
			}
		}
	}
}

// readOperations reads the API's own description.
func readOperations(doc []byte) ([]pages.Operation, error) {
	if len(doc) == 0 {
		return nil, nil
	}
	var d description
	if err := json.Unmarshal(doc, &d); err != nil {
		return nil, fmt.Errorf("read the description of the API: %w", err)
	}
	var out []pages.Operation
	for path, methods := range d.Paths {
		for method, m := range methods {
			o := pages.Operation{
				ID: "op-" + slug(m.OperationID), Method: strings.ToUpper(method), Path: path, Summary: cmp.Or(m.Summary, path), Text: m.Description,
			}
			// A link asks as anybody would: what needs a token or sends something has none.
			if method == "get" && len(m.Security) == 0 && len(m.Samples) > 0 && !strings.Contains(m.Samples[0], "{") && !strings.Contains(m.Samples[0], "/01j") {
				o.Example = m.Samples[0]
			}
			for _, p := range m.Parameters {
				if p.In != "query" && p.In != "path" {
					continue
				}
				o.Params = append(o.Params, pages.Param{Name: p.Name, Kind: kindOf(p.Schema.Type), Text: p.Description})
			}
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b pages.Operation) int { return strings.Compare(a.Path, b.Path) })
	return out, nil
}

// kindOf names a JSON type; an optional value has a list of types.
func kindOf(t any) string {
	switch t := t.(type) {
	case string:
		return t
	case []any:
		if len(t) > 0 {
			return fmt.Sprint(t[0])
		}
	}
	return ""
}

func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(s)), "-")
}

// apiDocs documents the API from its own description.
func (s *Site) apiDocs(c *call) error {
	return c.show(pages.APIPage(pages.APIDocs{Page: c.layout("api", c.p.T("apidocs.title")), Operations: s.operations}))
}
