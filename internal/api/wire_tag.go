package api

import (
	"encoding/json"

	"avow/internal/app"
	"avow/internal/taxonomy"
)

// Tag is a tag and the editions that have it.
type Tag struct {
	Slug            string       `json:"slug" doc:"Its ID in the taxonomy"`
	Name            string       `json:"name"`
	Names           []Phrase     `json:"names" nullable:"false"`
	Parents         []string     `json:"parents" nullable:"false" doc:"Slugs"`
	Deprecated      *string      `json:"deprecated" format:"date" doc:"The day from which it should not be given any more"`
	CommitmentCount int          `json:"commitment_count" doc:"That have it or a tag below it, each commitment once"`
	DirectCount     int          `json:"direct_count" doc:"That have it themselves"`
	Editions        []TagEdition `json:"editions" nullable:"false"`
	URL             string       `json:"url"`
}

// TagEdition is a tag in one edition.
type TagEdition struct {
	Edition string `json:"edition"`
	Name    string `json:"name"`
	Yes     int    `json:"yes"`
	Unknown int    `json:"unknown" doc:"Commitments for which the source does not answer"`
}

// TagDetail is everything known of a tag.
type TagDetail struct {
	Tag
	Aliases     []Phrase        `json:"aliases" nullable:"false" doc:"Other and former names"`
	Definition  []Phrase        `json:"definition" nullable:"false" doc:"Empty when none is known"`
	Source      *string         `json:"source" doc:"Of the definition"`
	Children    []string        `json:"children" nullable:"false"`
	Related     []string        `json:"related" nullable:"false"`
	Facets      []string        `json:"facets" nullable:"false"`
	Roles       []string        `json:"roles" nullable:"false" doc:"What a government does with the technology: developer, user, target, regulator"`
	Strands     []string        `json:"strands" nullable:"false"`
	Successors  []string        `json:"successors" nullable:"false" doc:"What should be given instead"`
	Derived     bool            `json:"derived" doc:"Computed by OGP, no tag that people chose"`
	Unverified  bool            `json:"unverified"`
	Definitions []TagDefinition `json:"definitions" nullable:"false" doc:"Each that it has or had, dated, the oldest first"`
	Versions    []TagState      `json:"versions" nullable:"false" doc:"What it was, the oldest first, as far as it is in force"`
}

// TagState is what a tag was in a stretch of days.
type TagState struct {
	Version    int      `json:"version" doc:"Of the taxonomy"`
	From       string   `json:"from" format:"date"`
	Until      *string  `json:"until" format:"date" doc:"The day from which it was something else"`
	Names      []Phrase `json:"names" nullable:"false"`
	Definition []Phrase `json:"definition" nullable:"false"`
	Parents    []string `json:"parents" nullable:"false"`
}

// Taxonomy is a state of the taxonomy.
type Taxonomy struct {
	Version   int               `json:"version"`
	Effective string            `json:"effective" format:"date"`
	InForce   *bool             `json:"in_force,omitempty" doc:"Its edition or change set is in force now. Left out of the answer for a number, which stays the same"`
	Tags      []json.RawMessage `json:"tags" nullable:"false" doc:"By ID: names, definition, parents and so on, as that version has them"`
}

// TaxonomyVersion is a version of the taxonomy with the changes that made it.
type TaxonomyVersion struct {
	Number    int               `json:"number"`
	Step      string            `json:"step" doc:"edition, apply, undo or redo"`
	Edition   *string           `json:"edition"`
	Set       *string           `json:"set"`
	Settings  map[string]string `json:"settings,omitempty"`
	Effective string            `json:"effective" format:"date"`
	InForce   bool              `json:"in_force"`
	Why       []Phrase          `json:"why" nullable:"false" doc:"Of an undo or redo"`
	Changes   []TagChange       `json:"changes" nullable:"false"`
}

// TagChange is one operation on the taxonomy.
type TagChange struct {
	ID         string   `json:"id"`
	Op         string   `json:"op"`
	Tag        string   `json:"tag"`
	Names      []Phrase `json:"names" nullable:"false"`
	Definition []Phrase `json:"definition" nullable:"false"`
	Parents    []string `json:"parents" nullable:"false"`
	Related    []string `json:"related" nullable:"false"`
	Into       []string `json:"into" nullable:"false"`
	Reason     []Phrase `json:"reason" nullable:"false"`
}

// TagOutlook is what a set of changes does.
type TagOutlook struct {
	Set         string      `json:"set"`
	DryRun      bool        `json:"dry_run"`
	Version     int         `json:"version" doc:"Of the taxonomy; 0 when it was only tried"`
	Commitments int         `json:"commitments" doc:"Touched by any of the changes, each once"`
	Members     int         `json:"members"`
	Person      int         `json:"need_a_person" doc:"Commitments on which a person has to decide"`
	Persons     []string    `json:"persons" nullable:"false" doc:"These commitments: OGP IDs, or ours"`
	Effects     []TagEffect `json:"effects" nullable:"false"`
	Counts      []TagShift  `json:"counts" nullable:"false" doc:"Of every tag that a change names, and of the others whose counts differ"`
}

// TagEffect is what one change touches.
type TagEffect struct {
	Change      TagChange `json:"change"`
	Commitments int       `json:"commitments"`
	Members     int       `json:"members"`
	Person      int       `json:"need_a_person"`
	Persons     []string  `json:"persons" nullable:"false" doc:"These commitments"`
}

// TagShift is how the counts of a tag change.
type TagShift struct {
	Tag    string   `json:"tag"`
	Before TagCount `json:"before"`
	After  TagCount `json:"after"`
}

// TagCount is how many commitments a tag has.
type TagCount struct {
	Direct int `json:"direct" doc:"That have it themselves"`
	Rolled int `json:"rolled_up" doc:"That have it or a tag below it, each once"`
}

func slugs[T ~string](list []T) []string { return each(list, func(v T) string { return string(v) }) }

func (a *API) tag(t app.TagItem) Tag {
	return Tag{t.Slug, t.Name, phrases(t.Names), slugs(t.Tag.Parents), orNull(t.Tag.Deprecated), t.Commitments, t.Direct,
		each(t.Editions, func(e app.TagEdition) TagEdition { return TagEdition{string(e.Edition), e.Name, e.Yes, e.Unknown} }),
		a.site("tags", t.Slug)}
}

func (a *API) tagDetail(t app.TagItem, g *taxonomy.Graph, history []taxonomy.TagState) TagDetail {
	return TagDetail{Tag: a.tag(t), Aliases: phrases(t.Tag.Aliases), Definition: phrases(t.Tag.Definition), Source: orNull(t.Tag.Source),
		Children: slugs(g.Children(t.Tag.ID)), Related: slugs(t.Tag.Related), Facets: slugs(t.Tag.Facets), Roles: slugs(t.Tag.Roles),
		Strands: slugs(t.Tag.Strands), Successors: slugs(t.Tag.Into), Derived: t.Tag.Derived, Unverified: t.Tag.Unverified,
		Definitions: tagDefinitions(history), Versions: each(history, func(s taxonomy.TagState) TagState {
			return TagState{s.Version.Number, s.From, orNull(s.Until), phrases(s.Tag.Names), phrases(s.Tag.Definition), slugs(s.Tag.Parents)}
		})}
}

func taxonomyVersion(v taxonomy.Version) TaxonomyVersion {
	return TaxonomyVersion{v.Number, string(v.Step), orNull(string(v.Edition)), orNull(v.Set), v.About.Settings, v.Effective, v.InForce,
		phrases(v.Why), each(v.Changes, tagChange)}
}

func tagChange(c taxonomy.Change) TagChange {
	return TagChange{string(c.ID), string(c.Op), string(c.Tag), phrases(c.Names), phrases(c.Definition), slugs(c.Parents), slugs(c.Related), slugs(c.Into), phrases(c.Reason)}
}

func tagOutlook(set string, tried bool, o app.TagOutlook) TagOutlook {
	out := TagOutlook{Set: set, DryRun: tried, Version: o.Version, Commitments: o.Commitments, Members: o.Members, Person: len(o.Person),
		Persons: o.Refs(o.Person), Counts: each(o.Counts, tagShift)}
	for i, e := range o.Effects {
		out.Effects = append(out.Effects, TagEffect{tagChange(o.Changes[i]), e.Commitments, e.Members, len(e.Person), o.Refs(e.Person)})
	}
	return out
}

func tagShift(s taxonomy.Shift) TagShift {
	return TagShift{string(s.Tag), TagCount(s.Before), TagCount(s.After)}
}
