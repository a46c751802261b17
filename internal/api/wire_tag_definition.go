package api

import (
	"slices"

	"avow/internal/taxonomy"
)

// TagDefinition is a definition that a tag has or had.
type TagDefinition struct {
	From    string   `json:"from" format:"date" doc:"The first day on which it holds"`
	Until   *string  `json:"until" format:"date" doc:"The day from which another holds, or none"`
	Version int      `json:"version" doc:"Of the taxonomy, that brought it"`
	Text    []Phrase `json:"text" nullable:"false"`
	Source  *string  `json:"source"`
}

// tagDefinitions are the definitions of a tag through time, without the stretches in
// which it had none.
func tagDefinitions(history []taxonomy.TagState) []TagDefinition {
	out := []TagDefinition{}
	for i, s := range history {
		if i > 0 && slices.Equal(history[i-1].Tag.Definition, s.Tag.Definition) && history[i-1].Tag.Source == s.Tag.Source {
			if n := len(out); n > 0 && !s.Tag.Definition.Blank() {
				out[n-1].Until = orNull(s.Until)
			}
			continue
		}
		if !s.Tag.Definition.Blank() {
			out = append(out, TagDefinition{s.From, orNull(s.Until), s.Version.Number, phrases(s.Tag.Definition), orNull(s.Tag.Source)})
		}
	}
	return out
}
