package api

import (
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// value makes something that a schema allows: word for every text, and every
// field, when there is a word; else what is required alone.
func (s site) value(schema *huma.Schema, word string, depth int) any {
	if schema.Ref != "" {
		schema = s.huma.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
	}
	switch schema.Type {
	case huma.TypeObject:
		out := map[string]any{}
		for name, p := range schema.Properties {
			if word == "" && !slices.Contains(schema.Required, name) || name == "$schema" || depth > 4 {
				continue
			}
			out[name] = s.value(p, word, depth+1)
		}
		return out
	case huma.TypeArray:
		if word == "" {
			return []any{}
		}
		return []any{s.value(schema.Items, word, depth+1)}
	case huma.TypeString:
		if len(schema.Enum) > 0 {
			return schema.Enum[0]
		}
		if schema.MaxLength != nil && len(word) > *schema.MaxLength {
			return word[:*schema.MaxLength]
		}
		return word
	case huma.TypeBoolean:
		return word != ""
	}
	return 0
}
