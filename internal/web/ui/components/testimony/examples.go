package testimony

import (
	"github.com/a-h/templ"

	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/components/value"
)

// Examples shows no testimony, some of it with a hidden number, and a dispute.
func Examples() []templ.Component {
	few := value.Value{Text: "Too few to tell", Missing: true}
	text := []phrase.Text{{Lang: "ar", Dir: "rtl", Text: "رأيت البئر <b>تعمل</b>"}}
	return []templ.Component{
		Voices(Citizens{Voice: "Citizens", Empty: "Nobody has said anything yet.", Ask: Link{URL: "/en/work/reports/x/testify", Text: "Say what you saw"}}),
		section(Citizens{Voice: "Citizens", Table: Table{Caption: "Who said what", Heads: []string{"What", "On this site", "By phone", "Together"},
			Rows: []Row{{Head: "This happened", Cells: []value.Value{few, few, {Text: "7"}}}, {Head: "This did not happen", Cells: []value.Value{{Text: "0"}, {Text: "0"}, {Text: "0"}}}}},
			Note: "Fewer than five are not told apart.", ToldBy: "In their words", Told: []Told{{Says: "This happened", Texts: text, On: "By phone"}, {Hidden: "Hidden: insult"}}}, nil),
		section(Citizens{Voice: "Citizens", Empty: "Nobody"}, []Dispute{
			{Raised: "A forum member, 3 May 2026", Claim: text, Answered: "The government, 5 May 2026", Answer: text, Settled: "Settled on 9 May 2026", Outcome: "The report was corrected", Why: text},
			{Raised: "A reviewer", Claim: text, Waiting: "Not answered yet"}}),
	}
}
