package civic

// Bounds of what people say of reports, in characters of one language.
const (
	MaxTestimony = 5_000
	MaxDispute   = 10_000
)

// CheckTestimony says what is wrong with a testimony. Fields: channel, place,
// consent, saw.
func CheckTestimony(t Testimony) Errors {
	var e Errors
	someText(&e, "saw", t.Saw, MaxTestimony, false)
	oneOf(&e, "channel", string(t.Channel), words(Channels))
	oneLine(&e, "place", t.Place)
	if t.Channel.Offline() && !t.Consent {
		repositoryFault(&e, "consent", "consent")
	}
	return e
}

// CheckDispute says what is wrong with a dispute as it stands: claim, answer when
// it is answered, outcome and why when it is settled.
func CheckDispute(d Dispute) Errors {
	var e Errors
	someText(&e, "claim", d.Claim, MaxDispute, true)
	someText(&e, "answer", d.Answer, MaxDispute, d.Answered != "")
	if d.Settled != "" {
		oneOf(&e, "outcome", d.Outcome, DisputeOutcomes)
		someText(&e, "why", d.Why, MaxDispute, true)
	}
	return e
}

// CheckHiding says what is wrong with hiding something: it needs a published rule
// and a reason. Fields: rule, reason.
func CheckHiding(h Hiding) Errors {
	var e Errors
	oneOf(&e, "rule", h.Rule, HidingRules)
	if h.Reason == "" {
		repositoryFault(&e, "reason", "missing")
	}
	oneLine(&e, "reason", h.Reason)
	return e
}
