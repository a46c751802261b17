package form

import "github.com/a-h/templ"

// Examples shows each way of asking, calm and at fault.
func Examples() []templ.Component {
	items := []Choice{{Value: "yes", Label: "This happened", Chosen: true}, {Value: "no", Label: "This did not happen", Hint: "As far as you saw"}}
	return []templ.Component{
		Errors("There is a problem", []Fault{{Text: "The plan has ended"}}),
		Text(Field{Name: "name", Label: "Name", Hint: "As people call it", Fault: "Enter a name", Max: 100, Optional: "optional"}),
		Text(Field{Name: "done.ar", Label: "What was done", Area: true, Lang: "ar", Dir: "rtl", Value: `تم </textarea>`}),
		Text(Field{Name: "code", Label: "Code", Kind: "code"}),
		Text(Field{Name: "due", Label: "Until", Kind: "date", Value: "2026-12-31"}),
		Pick(Choices{Name: "happened", Legend: "Did it happen?", Hint: "Say what you saw", Fault: "Choose an answer", Items: items}),
		Pick(Choices{Name: "channels", Legend: "Channels", Many: true, Items: items}),
		Select(Menu{Name: "role", Label: "Role", Items: items}),
		File(Upload{Name: "file", Label: "Document", Hint: "PDF, at most 20 MB", Accept: ".pdf"}),
		asked(false), asked(true),
		Answers([]Answer{{Question: "Name", Value: "Open budget", ChangeURL: "/en/x", Change: "Change"}, {Question: "Until", Value: "2026"}}),
		Saved("Saved"),
	}
}
