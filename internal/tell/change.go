package tell

import (
	"cmp"
	"net/url"
	"strings"
	"time"

	"avow/internal/app"
	"avow/internal/i18n"
)

// Happened is a sentence for programs: what /api/v1/changes answers and what a
// webhook receives.
type Happened struct {
	Entry      int64   `json:"entry" doc:"Entry of the public record, counted from 0; several sentences may tell of one"`
	At         string  `json:"at" format:"date-time" doc:"Of what citizens say the beginning of the month: entry tells the order"`
	Kind       string  `json:"kind" doc:"The noun that changed" example:"report"`
	Subject    string  `json:"subject" doc:"Its ID"`
	Verb       string  `json:"verb" doc:"The verb of the entry" example:"update"`
	Actor      string  `json:"actor" doc:"The role of whoever wrote it; never an account" example:"point_of_contact"`
	Key        string  `json:"key" doc:"Which sentence it is" example:"story.report.new"`
	Text       string  `json:"text" doc:"The sentence, in English"`
	Field      *string `json:"field" doc:"The field that changed, where no sentence says more"`
	Before     *string `json:"before" doc:"Its value before"`
	After      *string `json:"after" doc:"Its value after"`
	Member     *string `json:"member" doc:"Slug"`
	Plan       *string `json:"plan" doc:"Slug"`
	Commitment *string `json:"commitment" doc:"OGP ID, or our ID"`
	URL        string  `json:"url" doc:"The page that shows it"`
}

// ForPrograms makes a change of a sentence. base is the public address of the site.
func ForPrograms(p *i18n.Printer, base string, s app.Sentence) Happened {
	_, actor, _ := strings.Cut(s.Actor.Key, "story.by.")
	path := "/record/changes"
	if s.Path != "" {
		path = (&url.URL{Path: s.Path}).EscapedPath()
	}
	return Happened{
		Entry: s.Entry, At: time.UnixMicro(s.At).UTC().Format("2006-01-02T15:04:05.999999Z"), Kind: string(s.Kind), Subject: s.Subject, Verb: s.Verb,
		Actor: cmp.Or(actor, s.Actor.Else), Key: s.Key, Text: Say(p, s.Said()...),
		Field: orNull(s.Field), Before: orNull(s.Before), After: orNull(s.After),
		Member: orNull(s.MemberSlug), Plan: orNull(s.PlanSlug), Commitment: orNull(s.Ref), URL: base + "/" + p.Code + path,
	}
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
