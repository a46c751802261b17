package phrase

import "github.com/a-h/templ"

// Examples shows the component in its states.
func Examples() []templ.Component {
	return []templ.Component{
		Inline(Text{Lang: "es", Dir: "ltr", Text: "Datos abiertos<br/>para todos"}),
		Inline(Text{Lang: "en", Dir: "ltr", Pieces: []Piece{{Text: "Open "}, {Text: "data", Found: true}}}),
		Block(Text{Lang: "ar", Dir: "rtl", Text: "سطر<br/>سطر\n\nفقرة"}),
		Block(Text{Lang: "und", Dir: "auto", Text: "<script>alert(1)</script>"}),
		Block(Text{Lang: "en", Dir: "ltr"}),
	}
}
