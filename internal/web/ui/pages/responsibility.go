package pages

import (
	"avow/internal/web/ui/components/phrase"
	"avow/internal/web/ui/layout"
)

// Responsibility is who answers for what in a member.
type Responsibility struct {
	Page     layout.Page
	Trail    []Link
	Title    string
	Done     string
	Demo     string
	Gaps     []GapRow
	Duties   []DutyRow
	Tensions []TensionRow
	Tools    []ToolRow
	About    string // which plans are meant
	Add      []Link // on the working page: where to write down more
	JSON     string
}

// GapRow is something that nobody answers for.
type GapRow struct {
	Kind string
	What phrase.Text
	URL  string // "" where there is no page
	Note string
}

// DutyRow is an institution with its part in each commitment.
type DutyRow struct {
	Name            phrase.Text
	Leads, Supports []PhraseLink
}

// PhraseLink is a link whose words are data.
type PhraseLink struct {
	URL  string
	Text phrase.Text
}

// TensionRow is a pull between legal texts with its owner.
type TensionRow struct {
	Topic    phrase.Text
	Laws     []string
	Owner    *phrase.Text // nil: nobody
	Ties     []PhraseLink
	Resolved string // "" while it pulls
	How      []phrase.Text
	Edit     *Link
}

// ToolRow is a tool with who keeps it running.
type ToolRow struct {
	Name       string
	URL        string
	Purpose    []phrase.Text
	Owner      *phrase.Text
	Maintainer string // "" nobody
	Licence    string
	Until      string
	Ties       []PhraseLink
	Edit       *Link
}
