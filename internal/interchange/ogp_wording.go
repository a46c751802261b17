package interchange

import (
	"strings"

	"avow/internal/civic"
)

// wording is how an edition writes a value of a scale: its label and its code. An
// empty code means that no row shows which code the value has; codes lists
// further ones that are no clash.
type wording struct {
	value string
	label string
	code  string
	codes []string
}

// wordings by edition and scale. The code of Increase and Decrease is by how many
// steps completion changed.
var wordings = map[civic.Edition]map[string][]wording{
	OGP2015: {
		"specificity/2012":      lettered,
		"newness/2012":          {{value: "unclear", label: "Unclear", code: "0"}, {value: "pre_existing", label: "Pre-existing", code: "1"}, {value: "new", label: "New", code: "2"}},
		"potential_impact/2012": impact,
		"completion/2015": {{value: "not_started", label: "a. Not started", code: "1"}, {value: "limited", label: "b. Limited", code: "2"},
			{value: "substantial", label: "c. Substantial", code: "3"}, {value: "complete", label: "d. Complete", code: "4"},
			{value: "unclear", label: "Unclear", code: "Unclear"}, {value: "withdrawn", label: "Withdrawn", code: "Withdrawn"}},
		"on_schedule/2012": {{value: "behind_schedule", label: "behind schedule"}, {value: "on_schedule", label: "on schedule"},
			{value: "ahead_of_schedule", label: "ahead of schedule"}, {value: "unclear", label: "Unclear"}},
	},
	OGP2017: {
		"specificity/2012":      lettered,
		"potential_impact/2012": impact,
		"completion/2017": {{value: "withdrawn", label: "Withdrawn", code: "0"}, {value: "unclear", label: "Unclear", code: "1"},
			{value: "not_started", label: "a. Not started", code: "2"}, {value: "limited", label: "b. Limited", code: "3"},
			{value: "substantial", label: "c. Substantial", code: "4"}, {value: "complete", label: "d. Complete", code: "5"}},
		"change_in_completion/2017": change,
		"open_government/2017": {{value: "worsened", label: "a. Worsens", code: "0"}, {value: "did_not_change", label: "b. None", code: "1"},
			{value: "marginal", label: "c. Marginal", code: "2"}, {value: "major", label: "d. Major", code: "3"}, {value: "outstanding", label: "e. Outstanding", code: "4"}},
	},
	OGP2024: {
		"specificity/2012":           {{value: "none", label: "None", code: "0"}, {value: "low", label: "Low", code: "1"}, {value: "medium", label: "Medium", code: "2"}, {value: "high", label: "High", code: "3"}},
		"verifiable/2021":            {{value: "yes", label: "Yes"}, {value: "no", label: "No"}},
		"potential_impact/2012":      impact,
		"potential_for_results/2020": {{value: "unclear", label: "Unclear", code: "0"}, {value: "modest", label: "Modest", code: "1"}, {value: "substantial", label: "Substantial", code: "2"}},
		"completion/2017": {{value: "withdrawn", label: "Withdrawn", code: "0"}, {value: "unclear", label: "Unclear", code: "1"}, {value: "not_started", label: "Not Started", code: "2"},
			{value: "limited", label: "Limited", code: "3"}, {value: "substantial", label: "Substantial", code: "4"}, {value: "complete", label: "Complete", code: "5"},
			{value: "no_evidence_available", label: "No Evidence Available"}},
		"change_in_completion/2017": change,
		"early_results/2021": {{value: "no_notable", label: "No Notable", code: "0"}, {value: "no_notable", label: "No Notable Results", code: "0"},
			{value: "moderate", label: "Moderate", code: "1"}, {value: "significant", label: "Significant", code: "2"}},
		"open_government/2017": {{value: "worsened", label: "Worsens", code: "0"}, {value: "worsened", label: "Worsened", code: "0"}, {value: "did_not_change", label: "Did Not Change", code: "1"},
			{value: "no_early_results", label: "No early results to report yet", code: "1"}, {value: "marginal", label: "Marginal", code: "2"}, {value: "major", label: "Major", code: "3"},
			{value: "outstanding", label: "Outstanding", code: "4"}, {value: "did_not_change", label: "None", code: "1"}},
		"open_government_value/2017": {{value: "worsened", label: "Worsens"}, {value: "worsened", label: "Worsened"}, {value: "did_not_change", label: "Did Not Change", code: "2"},
			{value: "marginal", label: "Marginal", code: "3"}, {value: "major", label: "Major", code: "4"}, {value: "outstanding", label: "Outstanding"}},
	},
}

var (
	lettered = []wording{{value: "none", label: "None", code: "0"}, {value: "low", label: "a. low", code: "1"}, {value: "medium", label: "b. medium", code: "2"}, {value: "high", label: "c. high", code: "3"}}
	impact   = []wording{{value: "none", label: "None", code: "0"}, {value: "minor", label: "Minor", code: "1"}, {value: "moderate", label: "Moderate", code: "2"},
		{value: "transformative", label: "Transformative", code: "3"}, {value: "unclear", label: "Unclear", code: "0"}, {value: "worsens", label: "Worsens"}, {value: "worsens", label: "Worsen"}}
	change = []wording{{value: "no_change", label: "No Change", code: "0"}, {value: "increase", label: "Increase", code: "1", codes: []string{"2", "3"}},
		{value: "decrease", label: "Decrease", code: "-1", codes: []string{"-2", "-3"}}}
)

// notApplicableCode is the code beside the label "Not Applicable" of what a
// commitment did for one OGP value.
const notApplicableCode = "0"

// ofLabel finds the wording of a label; exact is false when case or white space differ.
func ofLabel(ed civic.Edition, scale, label string) (w wording, exact, ok bool) {
	for _, w := range wordings[ed][scale] {
		if w.label == label {
			return w, true, true
		}
	}
	for _, w := range wordings[ed][scale] {
		if strings.EqualFold(w.label, strings.TrimSpace(label)) {
			return w, false, true
		}
	}
	return wording{}, false, false
}

// ofValue finds the edition's usual wording of a value. A value that the edition
// never had is written out of its name.
func ofValue(ed civic.Edition, scale, value string) wording {
	for _, w := range wordings[ed][scale] {
		if w.value == value {
			return w
		}
	}
	words := strings.Split(value, "_")
	for i, word := range words {
		if word != "" {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return wording{value: value, label: strings.Join(words, " ")}
}
