package api

import (
	"avow/internal/app"
	"avow/internal/civic"
)

// Phrase is a text in one language.
type Phrase struct {
	Language string `json:"language" maxLength:"35" doc:"BCP 47" example:"en"`
	Text     string `json:"text" maxLength:"100000"`
}

func phrases(t civic.Text) []Phrase {
	return each(t, func(p civic.Phrase) Phrase { return Phrase{p.Lang, p.Text} })
}

func textOf(list []Phrase) civic.Text {
	var out civic.Text
	for _, p := range list {
		out = append(out, civic.Phrase{Lang: p.Language, Text: p.Text})
	}
	return out
}

// Evidence is what shows what a report says: an address, or a file kept here.
type Evidence struct {
	Title []Phrase  `json:"title,omitempty" required:"false"`
	URL   string    `json:"url,omitempty" required:"false" maxLength:"4000" doc:"http or https"`
	File  *KeptFile `json:"file,omitempty" required:"false"`
}

// KeptFile is a file kept here, by its content.
type KeptFile struct {
	SHA256 string `json:"sha256" maxLength:"64" doc:"Hexadecimal"`
	Name   string `json:"name" maxLength:"400"`
	Type   string `json:"type,omitempty" required:"false"`
	Size   int64  `json:"size,omitempty" required:"false"`
}

// MilestoneState is what a report says of one milestone.
type MilestoneState struct {
	Code   string  `json:"code" maxLength:"100" doc:"Code of the milestone, or its ID"`
	Status string  `json:"status" enum:"not_started,limited,substantial,completed"`
	DoneOn *string `json:"done_on" required:"false" doc:"YYYY-MM-DD, with completed"`
}

// Report is what an institution says of its own progress. It is no independent rating.
type Report struct {
	ID            string           `json:"id"`
	Version       int              `json:"version" doc:"Of the newest text; give it as If-Match to correct the report"`
	Plan          string           `json:"plan" doc:"Slug"`
	Period        string           `json:"period" doc:"Key of the plan's period; empty when the source has none"`
	Commitment    string           `json:"commitment" doc:"OGP ID, or ours"`
	Milestone     string           `json:"milestone" doc:"Code of the indicator that it is on; empty for the whole commitment"`
	Institution   *string          `json:"institution" doc:"ID of the institution that reports; null when the source does not tell"`
	By            string           `json:"institution_name"`
	Status        *string          `json:"status" doc:"not_started, limited, substantial or completed; null when the source does not use this scale"`
	StatusWords   string           `json:"status_words" doc:"The source's own word, where it is not one of the scale"`
	StatusMissing *Missing         `json:"status_missing"`
	Done          []Phrase         `json:"done" nullable:"false"`
	Challenges    []Phrase         `json:"challenges" nullable:"false"`
	Next          []Phrase         `json:"next" nullable:"false"`
	Evidence      []Evidence       `json:"evidence" nullable:"false"`
	Milestones    []MilestoneState `json:"milestones" nullable:"false"`
	Filed         *string          `json:"filed" doc:"Day of the first version; null when that is not known"`
	State         string           `json:"state" doc:"reported_in_time, reported_late or reported_undated; empty without a period"`
	DaysLate      int              `json:"days_late"`
	Dated         Date             `json:"dated" doc:"The day that an imported report speaks of"`
	Source        string           `json:"source" doc:"Edition of an imported report"`
	Demo          bool             `json:"demo"`
	URL           string           `json:"url"`
	Versions      []ReportVersion  `json:"versions" nullable:"false" doc:"Filing and corrections, newest first"`
}

// ReportVersion is the filing of a report, or a correction.
type ReportVersion struct {
	Version int      `json:"version"`
	At      string   `json:"at"`
	Verb    string   `json:"verb" enum:"report,correct_report,create,update"`
	Changed []string `json:"changed" nullable:"false" doc:"Fields that it changed"`
	Ledger  int64    `json:"ledger" doc:"Entry of the public record"`
}

func (a *API) report(ref string, cm civic.Commitment, v app.ReportView) Report {
	out := Report{
		ID: string(v.ID), Version: v.Version, Plan: v.InPlan.Slug, Period: v.Period, Commitment: ref, Status: orNull(string(v.Status)),
		StatusWords: v.Words, StatusMissing: missing(v.NoStatus), Done: phrases(v.Done), Challenges: phrases(v.Challenges), Next: phrases(v.Next),
		Evidence: each(v.Evidence, wireEvidence), Filed: orNull(v.Filed), State: string(v.State), DaysLate: v.Days, Dated: date(v.Dated),
		Source: string(v.Edition), Demo: v.Demo, URL: a.BaseURL + "/en/reports/" + string(v.ID), Versions: each(v.Versions, reportVersion),
		Milestones: each(v.Steps, func(s civic.MilestoneState) MilestoneState {
			m, _ := cm.MilestoneBy(string(s.Milestone))
			return MilestoneState{m.Name(), string(s.Status), orNull(s.DoneOn)}
		}),
	}
	if m, ok := cm.MilestoneBy(string(v.Milestone)); ok {
		out.Milestone = m.Name()
	}
	if v.By.ID != "" {
		out.Institution, out.By = orNull(string(v.By.ID)), v.By.Name.String()
	}
	return out
}

func wireEvidence(e civic.Evidence) Evidence {
	out := Evidence{Title: phrases(e.Title), URL: e.URL}
	if e.File != nil {
		out.File = &KeptFile{e.File.SHA256, e.File.Name, e.File.Type, e.File.Size}
	}
	return out
}

func reportVersion(v app.ReportVersion) ReportVersion {
	out := ReportVersion{Version: v.Number, At: instant(v.At), Verb: v.Verb, Changed: []string{}, Ledger: v.Entry}
	for _, field := range []struct {
		name string
		is   bool
	}{
		{"status", v.Change.Status}, {"done", changedText(v.Change.Done)}, {"challenges", changedText(v.Change.Challenges)}, {"next", changedText(v.Change.Next)},
		{"evidence", len(v.Change.NewEvidence)+len(v.Change.GoneEvidence) > 0}, {"milestones", v.Stepped},
	} {
		if field.is {
			out.Changed = append(out.Changed, field.name)
		}
	}
	return out
}

func changedText(list []civic.TextChange) bool {
	for _, t := range list {
		if t.Added+t.Removed > 0 {
			return true
		}
	}
	return false
}

// Progress is the roll-up of a plan. Nothing is merged into a percentage: what is
// missing or unknown is counted for itself.
type Progress struct {
	Plan        string               `json:"plan"`
	AsOf        string               `json:"as_of" doc:"The day on which it was counted"`
	Units       map[string]int       `json:"units" doc:"What is reported on, by how far it is: missing, unknown, off_scale, not_started, limited, substantial, completed, not_applicable"`
	Reports     map[string]int       `json:"reports" doc:"The reports of all periods, by what became of them"`
	Periods     []PeriodProgress     `json:"periods" nullable:"false"`
	Commitments []CommitmentProgress `json:"commitments" nullable:"false"`
}

// PeriodProgress is a period with what became of its reports.
type PeriodProgress struct {
	Key     string         `json:"key"`
	Start   string         `json:"start"`
	End     string         `json:"end"`
	Due     string         `json:"due"`
	Reports map[string]int `json:"reports"`
}

// CommitmentProgress is a commitment's roll-up: its standing is the lowest of its units.
type CommitmentProgress struct {
	Commitment string              `json:"commitment"`
	Number     string              `json:"number"`
	Standing   string              `json:"standing"`
	Units      []UnitProgress      `json:"units" nullable:"false"`
	Milestones []MilestoneProgress `json:"milestones" nullable:"false"`
}

// UnitProgress is a commitment as a whole, or one of its indicators.
type UnitProgress struct {
	Milestone string      `json:"milestone" doc:"Code of the indicator; empty for the whole commitment"`
	Standing  string      `json:"standing"`
	Stale     bool        `json:"stale" doc:"The newest report is older than the last period that is closed"`
	Newest    *string     `json:"newest" doc:"ID of the newest report"`
	Said      *string     `json:"said" doc:"Status that the newest report gives, also when it is stale"`
	Filed     *string     `json:"filed"`
	Reports   []DueReport `json:"reports" nullable:"false" doc:"One for each period, in their order"`
}

// DueReport is what became of a report.
type DueReport struct {
	Period string  `json:"period"`
	State  string  `json:"state" enum:"not_yet_open,open,reported_in_time,reported_late,reported_undated,missing,not_applicable"`
	Days   int     `json:"days" doc:"After the due day"`
	Report *string `json:"report"`
	Status *string `json:"status"`
}

// MilestoneProgress is what became of a milestone's deadline.
type MilestoneProgress struct {
	Code      string  `json:"code"`
	Standing  string  `json:"standing"`
	Due       Date    `json:"due"`
	DoneOn    *string `json:"done_on"`
	DaysLate  int     `json:"days_late" doc:"Of what is done, after its due day; of what is not, until today"`
	MovedFrom *string `json:"moved_from" doc:"Its date as adopted, where that is another one"`
	DaysMoved int     `json:"days_moved"`
}

func progress(p *civic.PlanProgress) Progress {
	out := Progress{Plan: p.Plan.Slug, AsOf: p.Today, Units: tally(p.Counts.Units), Reports: tally(p.Counts.Reports), Periods: []PeriodProgress{}}
	for i, period := range p.Plan.Periods {
		out.Periods = append(out.Periods, PeriodProgress{period.Key, period.Start, period.End, period.LastDue(), tally(p.ByPeriod[i])})
	}
	out.Commitments = each(p.Commitments, func(c civic.CommitmentProgress) CommitmentProgress {
		return CommitmentProgress{
			Commitment: refOf(c.Commitment), Number: c.Commitment.NumberIn(p.Plan.ID), Standing: string(c.Standing),
			Units:      each(c.Units, func(u civic.UnitProgress) UnitProgress { return unitProgress(c.Commitment, u) }),
			Milestones: each(c.Milestones, milestoneProgress),
		}
	})
	return out
}

// tally has a place for nothing: an empty roll-up is an object and not null.
func tally[K ~string](t map[K]int) map[string]int {
	out := map[string]int{}
	for k, n := range t {
		out[string(k)] = n
	}
	return out
}

func unitProgress(c civic.Commitment, u civic.UnitProgress) UnitProgress {
	out := UnitProgress{Standing: string(u.Standing), Stale: u.Stale, Reports: each(u.Expected, func(e civic.Expectation) DueReport {
		return DueReport{e.Period, string(e.State), e.Days, orNull(string(e.Report)), orNull(string(e.Status))}
	})}
	if m, ok := c.MilestoneBy(string(u.Milestone)); ok {
		out.Milestone = m.Name()
	}
	if u.Newest != nil {
		out.Newest, out.Said, out.Filed = orNull(string(u.Newest.ID)), orNull(string(u.Newest.Status)), orNull(u.Newest.On)
	}
	return out
}

func milestoneProgress(m civic.MilestoneProgress) MilestoneProgress {
	return MilestoneProgress{m.Milestone.Name(), string(m.Standing), date(m.Milestone.Due), orNull(m.DoneOn), m.Late, orNull(m.MovedFrom.Date), m.Moved}
}

// refOf is the last part of a commitment's address.
func refOf(c civic.Commitment) string {
	if c.OGPID != "" {
		return c.OGPID
	}
	return string(c.ID)
}
