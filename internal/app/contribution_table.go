package app

import (
	"context"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// ContributionLine is a line of the table of contributions with their responses.
// Texts are guarded: none of them is a formula to a spreadsheet.
type ContributionLine struct {
	ID, Month, Channel, Text, Hidden, Commitment, Decision, Response, Answered string
}

// ContributionTable returns the contributions to a plan with their responses, in a
// language where a text has it, and the plan's slug.
func (a *App) ContributionTable(ctx context.Context, plan, lang string) ([]ContributionLine, string, error) {
	p, err := a.Process(ctx, plan)
	if err != nil {
		return nil, "", err
	}
	out := make([]ContributionLine, 0, len(p.Contributions))
	say := func(t civic.Text) string { return interchange.Guard(t.In(lang).Text) }
	for _, c := range p.Contributions {
		line := ContributionLine{ID: string(c.ID), Month: c.Month, Channel: string(c.Channel), Text: say(c.Text), Decision: c.Decision, Response: say(c.Response), Answered: c.Answered}
		if c.Hidden != nil {
			line.Hidden = c.Hidden.Rule
		}
		if c.Commitment != nil {
			line.Commitment = c.Commitment.Ref
		}
		out = append(out, line)
	}
	return out, p.Plan.Slug, nil
}
