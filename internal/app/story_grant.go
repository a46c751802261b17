package app

import (
	"slices"

	"avow/internal/civic"
)

// roleWord is what a role is called.
func roleWord(r civic.AccessRole) civic.Word {
	return civic.Word{Key: "story.role." + string(r), Else: string(r)}
}

// byWord is what somebody in a role is called who did something.
func byWord(r civic.AccessRole) civic.Word {
	return civic.Word{Key: "story.by." + string(r), Else: string(r)}
}

// tellGrant tells that a role was given or ended, by which role, and for what. To
// whom it was given is not told: the record holds no name.
func tellGrant(t *teller, now civic.Grant, was *civic.Grant) ([]Sentence, error) {
	key, whose := "story.grant.given", now.By
	switch {
	case was == nil && !t.first():
		return nil, nil
	case was != nil && now.Ended != "" && was.Ended == "":
		key, whose = "story.grant.ended", now.Ended
	case was != nil && now.Until != was.Until && now.Until != "":
		return []Sentence{say("story.grant.until", "role", roleWord(now.Role), "date", civic.Day(now.Until))}, nil
	case was != nil:
		return nil, nil
	}
	by, err := t.actor(whose, civic.Place{Member: now.Member, Plans: []civic.PlanID{now.Plan}}, civic.KindGrant)
	if err != nil {
		return nil, err
	}
	args := []any{"role", roleWord(now.Role), "by", by}
	if now.Institution != "" {
		name, err := t.institution(now.Institution)
		if err != nil {
			return nil, err
		}
		key, args = key+".for", append(args, "institution", name)
	}
	s := say(key, args...)
	if now.Until != "" && was == nil {
		s.More = append(s.More, said("story.grant.until_day", "date", civic.Day(now.Until)))
	}
	if now.Reason != "" {
		s.More = append(s.More, said("story.reason", "reason", now.Reason))
	}
	return []Sentence{s}, nil
}

// speakers are the roles by which somebody with several is named, the first that fits.
var speakers = []civic.AccessRole{civic.PointOfContact, civic.SupportUnit, civic.Moderator, civic.Reviewer, civic.ForumMember, civic.Facilitator,
	civic.Reporter, civic.Administrator}

// actor is the role in which somebody wrote at a place. Roles that ended since
// count: they held then.
func (t *teller) actor(who civic.Actor, on civic.Place, kind civic.Kind) (civic.Word, error) {
	id := who.AccountOf()
	if id == "" {
		return civic.Word{Key: "story.by." + string(who), Else: string(who)}, nil
	}
	grants, known := t.grants[id]
	if !known {
		var err error
		if grants, err = belonging[civic.Grant](t.ctx, t.app, civic.KindGrant, civic.OfAccount, string(id)); err != nil {
			return civic.Word{}, err
		}
		t.grants[id] = grants
	}
	order := speakers
	if kind == civic.KindReport {
		order = append([]civic.AccessRole{civic.Reporter}, order...)
	}
	for _, role := range order {
		fits := func(g civic.Grant) bool {
			return g.Role == role && (g.Member == "" || on.Member == "" || g.Member == on.Member)
		}
		if slices.ContainsFunc(grants, fits) {
			return byWord(role), nil
		}
	}
	return byWord(civic.Citizen), nil
}
