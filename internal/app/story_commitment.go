package app

import (
	"slices"
	"strings"
	"time"

	"avow/internal/civic"
)

// mostSentences is how many things of one entry are told one by one.
const mostSentences = 24

func tellCommitment(t *teller, now civic.Commitment, was *civic.Commitment) ([]Sentence, error) {
	if was == nil {
		return t.newCommitment(now), nil
	}
	out := tellStanding(now, *was)
	out = append(out, tellMilestones(now.Milestones, was.Milestones)...)
	parts, err := t.parts(now, *was)
	if err != nil {
		return nil, err
	}
	out = append(out, parts...)
	tags, err := t.tellDecisions(now, *was)
	if err != nil {
		return nil, err
	}
	out = append(out, tags...)
	out = append(out, tellScope(now, *was)...)
	out = append(out, tellFacts(now, *was)...)
	if more := len(out) - mostSentences; more > 0 {
		out = append(out[:mostSentences], say("story.more", "count", more))
	}
	if len(out) == 0 && len(newEditions(*was, now)) > 0 {
		out = append(out, say("story.commitment.confirmed"))
	}
	return amended(out, now.Amendments, was.Amendments), nil
}

func (t *teller) newCommitment(now civic.Commitment) []Sentence {
	switch {
	case !t.first():
		return []Sentence{say("story.changed")} // the text before was erased
	case now.Proposed:
		return []Sentence{say("story.commitment.proposed")}
	case now.Adopted != nil:
		return []Sentence{adopted("story.commitment.new_adopted", *now.Adopted)}
	case t.told.Edition != "":
		return []Sentence{say("story.commitment.created_from", "source", civic.Word{Key: "edition." + string(t.told.Edition), Else: string(t.told.Edition)})}
	}
	return []Sentence{say("story.commitment.created")}
}

// tellStanding tells what became of the commitment as a whole.
func tellStanding(now, was civic.Commitment) []Sentence {
	var out []Sentence
	if now.Proposed && !was.Proposed {
		out = append(out, say("story.commitment.proposed"))
	}
	if now.Adopted != nil && was.Adopted == nil {
		out = append(out, adopted("story.commitment.adopted", *now.Adopted))
	}
	if now.Dropped && !was.Dropped {
		out = append(out, say("story.commitment.dropped"))
	}
	if now.OGPID != was.OGPID && was.OGPID == "" {
		out = append(out, say("story.commitment.ogp_id", "id", now.OGPID))
	}
	out = append(out, moved("commitment_start", now.Start, was.Start)...)
	out = append(out, moved("commitment_end", now.End, was.End)...)
	for _, p := range now.Partners {
		if !slices.Contains(was.Partners, p) {
			out = append(out, say("story.partner.added", "name", p.Name))
		}
	}
	for _, p := range was.Partners {
		if !slices.Contains(now.Partners, p) {
			out = append(out, say("story.partner.removed", "name", p.Name))
		}
	}
	return out
}

// adopted tells when and by whom something was adopted.
func adopted(key string, a civic.Adoption) Sentence {
	s := say(key, "date", civic.Day(a.On))
	if a.By != "" {
		s.More = append(s.More, said("story.decided", "by", a.By))
	}
	return s
}

// moved tells that a date became another: how many days later or earlier where
// both are whole days. what names the date, args are what that name needs.
func moved(what string, now, was civic.When, args ...any) []Sentence {
	named := said("story.what."+what, args...)
	switch {
	case sameWhen(now, was) && (now.Date == was.Date || !now.Decided() || !was.Decided()):
		return nil
	case was.IsZero() && now.Decided():
		return []Sentence{say("story.moved.set", "what", named, "after", civic.Day(now.Date))}
	case !now.Decided() || !was.Decided():
		return nil // told as a field
	}
	args = []any{"what", named, "before", civic.Day(was.Date), "after", civic.Day(now.Date)}
	a, errA := time.Parse(time.DateOnly, now.Date)
	b, errB := time.Parse(time.DateOnly, was.Date)
	if errA != nil || errB != nil {
		return []Sentence{say("story.moved.changed", args...)}
	}
	days := int(a.Sub(b).Hours() / 24)
	if days < 0 {
		return []Sentence{say("story.moved.earlier", append(args, "count", -days)...)}
	}
	return []Sentence{say("story.moved.later", append(args, "count", days)...)}
}

// parts tells who came to lead or support a commitment, and who no longer does.
func (t *teller) parts(now, was civic.Commitment) ([]Sentence, error) {
	var out []Sentence
	tell := func(list, other []civic.Part, end string) error {
		for _, p := range list {
			if p.Missing != nil || slices.ContainsFunc(other, func(o civic.Part) bool { return samePart(p, o) }) {
				continue
			}
			var name any = p.Name
			if p.Name == "" {
				var err error
				if name, err = t.institution(p.Institution); err != nil {
					return err
				}
			}
			out = append(out, say("story.part."+string(p.Role)+end, "institution", name))
		}
		return nil
	}
	if err := tell(was.Parts, now.Parts, ".removed"); err != nil {
		return nil, err
	}
	err := tell(now.Parts, was.Parts, ".added")
	return out, err
}

func samePart(a, b civic.Part) bool {
	if a.Role != b.Role || b.Missing != nil {
		return false
	}
	return a.Institution != "" && a.Institution == b.Institution || foldSpace(a.Name) != "" && foldSpace(a.Name) == foldSpace(b.Name)
}

// otherwiseTold are the facts that have sentences of their own.
func otherwiseTold(c FactChange, now, was civic.Commitment) bool {
	head, rest, _ := strings.Cut(c.Field, ".")
	switch {
	case head == "milestone", head == "supporting", head == "lead", head == "partners", strings.HasPrefix(head, "amend"),
		c.Field == "proposed", c.Field == "adopted", c.Field == "adopted_by", c.Field == "dropped":
		return true
	case c.Field == "ogp_id":
		return was.OGPID == ""
	case c.Field == "start", c.Field == "end":
		return isDay(c.After) && (c.Before == "" || isDay(c.Before))
	case head == "absent", c.Field == "placeholder":
		return rest == "" && c.After == ""
	}
	return false
}

func isDay(s string) bool {
	return len(s) >= 4 && s[0] >= '0' && s[0] <= '9' && !strings.Contains(s, "/")
}

// tellFacts tells the facts that changed beside those of their own sentences.
// What a newer edition only adds is counted.
func tellFacts(now, was civic.Commitment) []Sentence {
	names := map[string]string{}
	for _, c := range []civic.Commitment{was, now} {
		eachTag(c, func(name string, _ *civic.Missing) { names[civic.Slug(name)] = name })
	}
	var out []Sentence
	added := 0
	for _, c := range ChangedFacts(was, now) {
		head, rest, _ := strings.Cut(c.Field, ".")
		switch {
		case c.Added && (isMissing(c.After) || c.After == "no"), otherwiseTold(c, now, was):
		case head == "absent":
			out = append(out, say("story.commitment.absent", "source", civic.Word{Key: "edition." + rest, Else: rest}))
		case head == "tag" && c.After == "yes":
			out = append(out, say("story.tag.added", "tag", names[rest]))
		case head == "tag" && c.Before == "yes" && c.After == "no":
			out = append(out, say("story.tag.removed", "tag", names[rest]))
		case c.Added:
			added++
		case c.Field == "url" && c.After != "":
			s := say("story.link", "url", c.After)
			s.Field, s.Before, s.After = c.Field, c.Before, c.After
			out = append(out, s)
		default:
			out = append(out, fieldSentence(c.Field, c.Before, c.After))
		}
	}
	if added > 0 {
		out = append(out, say("story.fields_added", "count", added))
	}
	return out
}

// amended adds why and by whom something adopted was changed: behind the one
// sentence that says what, or as a sentence before several.
func amended(out []Sentence, now, was []civic.Amendment) []Sentence {
	if len(now) <= len(was) {
		return out
	}
	a := now[len(now)-1]
	if len(out) != 1 {
		out = append([]Sentence{say("story.amended", "date", civic.Day(a.On))}, out...)
	}
	out[0].More = append(out[0].More, decision(a.By, a.Reason)...)
	return out
}

// decision tells why and by whom something was decided.
func decision(by string, reason civic.Text) []civic.Said {
	var out []civic.Said
	if len(reason) > 0 {
		out = append(out, said("story.reason", "reason", reason))
	}
	if by != "" {
		out = append(out, said("story.decided", "by", by))
	}
	return out
}
