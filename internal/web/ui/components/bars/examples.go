package bars

import "github.com/a-h/templ"

// Examples shows the component with values, with everything missing, and with
// one row of very few.
func Examples() []templ.Component {
	head := [3]string{"Completion", "Commitments", "Share"}
	return []templ.Component{
		Figure(Chart{Caption: "Covers 10 commitments.", Head: head, Rows: []Row{
			{Label: "Complete", URL: "/en/commitments?completion=complete", N: 6, Count: "6", Share: "60%", Tone: 5},
			{Label: "Limited", N: 3, Count: "3", Share: "30%", Tone: 3},
			{Label: "Not reported", N: 1, Count: "1", Share: "10%", Missing: true},
		}}),
		Figure(Chart{Caption: "Covers 2 commitments.", Head: head, Rows: []Row{{Label: "Not reported", N: 2, Count: "2", Share: "100%", Missing: true}}}),
		Figure(Chart{Caption: "Covers 9,999 commitments.", Head: head, Rows: []Row{
			{Label: "Complete", N: 9998, Count: "9,998", Share: "99%", Tone: 5}, {Label: "Limited", N: 1, Count: "1", Share: "1%", Tone: 3},
		}}),
	}
}
