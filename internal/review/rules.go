package review

// RuleSet is a version of OGP's process rules. Old ones stay as they were: a plan
// is judged by those of its time.
type RuleSet struct {
	Key   string   // "co-creation-2022"
	From  string   // YYYY-MM-DD, the day from which it is in force
	Grace string   // last day on which not meeting it had no consequence; "" without
	Asks  []string // IDs of its requirements
	Numbers
}

// Numbers are what a rule set counts with. Zero where it does not count.
type Numbers struct {
	MeetingMonths int // the forum meets at least once in so many months (1.1)
	Updates       int // of the repository, and
	Results       int // meetings with results, in twelve months (2.2, 5.1)
	AnnounceDays  int // between announcing and starting co-creation (3.1)
	InputDays     int // the least that counts as a suitable period for input (3.3); OGP names no number
	SettleMonths  int // in which a member that begins here records what has no other clock (2.1, 2.2); ours
}

// RuleSets lists them, the oldest first. The standards of 2022 are OGP's
// Participation and Co-Creation Standards, approved on 24 November 2021; their
// wording for 3.1 to 3.3 and 5.1 and the numbers AnnounceDays and Results are taken
// from general knowledge and not from the text. InputDays and SettleMonths are
// ours and can be set otherwise. The years of the earlier rules are those of the
// plans that were held against them.
var RuleSets = []RuleSet{
	{Key: "iap2-2016", From: "2016-01-01", Asks: []string{"timely", "involve", "inform", "progress"}},
	{Key: "iap2-2018", From: "2018-01-01", Asks: []string{"timely", "involve", "inform", "repository", "progress"}},
	{Key: "co-creation-2022", From: "2022-01-01", Grace: "2023-12-31",
		Asks:    []string{"1.1", "2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "5.1"},
		Numbers: Numbers{MeetingMonths: 6, Updates: 2, Results: 2, AnnounceDays: 14, InputDays: 14, SettleMonths: 6}},
}

// RulesOn returns the rules in force on a day (YYYY-MM-DD); ok is false for a day
// before the oldest that are known here.
func RulesOn(day string) (rules RuleSet, ok bool) {
	for _, r := range RuleSets {
		if r.From <= day {
			rules, ok = r, true
		}
	}
	return rules, ok
}
