package tell

import (
	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/i18n"
)

// Followed is what people call something that is followed.
func Followed(p *i18n.Printer, t app.FollowTarget) string {
	member := civic.Country{Code: t.Member.Code, Name: t.Member.Name}
	switch t.Kind {
	case app.FollowPlan:
		return Place(p, nil, member, t.Plan.Number)
	case app.FollowMember:
		return Place(p, nil, member, "")
	case app.FollowCommitment:
		return Cut(t.Title.In(p.Code).Text, 160)
	case app.FollowTag:
		return p.T("follow.name.tag", "tag", t.Name)
	}
	return p.T("follow.name.query", "words", t.Name)
}
