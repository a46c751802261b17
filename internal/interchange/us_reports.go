package interchange

import (
	"regexp"
	"strings"

	"avow/internal/civic"
)

// A sub-commitment's record tells its progress in two texts: one whose column
// names its month ("aug_2023_progress"), and the page's body, written later and
// without a date. Each is a report; the status of the record belongs to the later one.
var (
	usProgress = regexp.MustCompile(`^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)_([0-9]{4})_progress$`)
	usSections = regexp.MustCompile(`(?m)^[ \t*#]*(Progress Update|Evidence)[ \t]*:[ \t*]*`)
	usNothing  = regexp.MustCompile(`(?i)^(none|n/a)\.?$`)
)

var usMonths = map[string]string{"jan": "01", "feb": "02", "mar": "03", "apr": "04", "may": "05", "jun": "06", "jul": "07", "aug": "08", "sep": "09", "oct": "10", "nov": "11", "dec": "12"}

// usStatuses are the words of the tracker that are words of our scale. Any other
// is kept as the source's own: "In Progress" may be limited or substantial.
var usStatuses = map[string]civic.SelfCompletion{"not started": civic.SelfNotStarted, "complete": civic.SelfCompleted, "completed": civic.SelfCompleted}

// addReports makes the reports of a sub-commitment's record.
func (t *usTracker) addReports(id, sub string, r usRecord) {
	malformed := func(column string) func(string) {
		return func(address string) {
			t.out.Warnings = append(t.out.Warnings, Issue{Row: r.row, Column: column, Code: "link_malformed", Args: map[string]any{"value": address, "code": sub}})
		}
	}
	add := func(report civic.Report) {
		t.out.Reports = append(t.out.Reports, ReportDraft{Row: r.row, Member: unitedStates, OGPID: id, Milestone: sub, Report: report})
	}
	for _, f := range r.fields {
		m := usProgress.FindStringSubmatch(f.key)
		if m == nil || strings.TrimSpace(r.text[f.key]) == "" {
			continue
		}
		done, links := plainText(r.text[f.key])
		add(civic.Report{Done: english(done), Evidence: evidenceOf(links, usSite, "en", malformed(f.key)), Dated: civic.When{Date: m[2] + "-" + usMonths[m[1]]},
			Order: 1, NoStatus: &civic.Missing{Kind: civic.NotReported}})
	}
	status := strings.TrimSpace(r.text["commitment_status"])
	body := strings.TrimSpace(r.text["body"])
	if status == "" && body == "" {
		return
	}
	report := civic.Report{Dated: civic.When{Missing: &civic.Missing{Kind: civic.NotSpecified}}, Order: 2}
	if known := usStatuses[strings.ToLower(status)]; known != "" {
		report.Status = known
	} else if status != "" {
		report.Words = status
	} else {
		report.NoStatus = &civic.Missing{Kind: civic.NotReported}
	}
	progress, proof := usParts(body)
	text, links := plainText(progress)
	report.Done = english(text)
	words, more := plainText(proof)
	report.Evidence = evidenceOf(append(links, more...), usSite, "en", malformed("body"))
	if len(more) == 0 && words != "" && !usNothing.MatchString(words) { // "See previous update"
		report.Evidence = append(report.Evidence, civic.Evidence{Title: english(quoted(words, civic.MaxEvidenceTitle-1))})
	}
	add(report)
}

// usParts splits a page's body at its headings; what stands before them is progress.
func usParts(body string) (progress, evidence string) {
	body = lineBreak.ReplaceAllString(body, "\n")
	heading, from := "Progress Update", 0
	keep := func(to int) {
		if heading == "Evidence" {
			evidence += body[from:to] + "\n"
		} else {
			progress += body[from:to] + "\n"
		}
	}
	for _, m := range usSections.FindAllStringSubmatchIndex(body, -1) {
		keep(m[0])
		heading, from = body[m[2]:m[3]], m[1]
	}
	keep(len(body))
	return strings.TrimSpace(progress), strings.TrimSpace(evidence)
}
