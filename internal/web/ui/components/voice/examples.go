package voice

import "github.com/a-h/templ"

// Examples shows the three voices.
func Examples() []templ.Component {
	return []templ.Component{Label(Government, "Reported by the government"), Label(Reviewer, "Found by independent review"), Label(Citizens, "Said by citizens")}
}
