package civic

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// doings says each permission in words for everybody.
var doings = map[Permission]string{
	MayImport:       "Read a whole table of commitments in",
	MayCorrect:      "Correct a rating that a table gives wrongly",
	MayAdminister:   "See accounts, block them, end their sessions, change settings",
	MayGrant:        "Give and end any role",
	MayGrantWithin:  "Give and end the roles of facilitator, forum member and reporter",
	MayReadDraft:    "Read commitments that are not published yet",
	MayDraft:        "Write drafts of commitments",
	MayPlan:         "Open a plan, set its stages and reporting periods, publish and amend its commitments",
	MayAssignID:     "Give a commitment its OGP ID",
	MayReport:       "Report progress and correct a report",
	MayTestify:      "Say what one has seen of what a report tells",
	MayTestifyFor:   "Write down what somebody met off line has seen",
	MayContribute:   "Send an idea or a comment to a plan",
	MayContributeBy: "Write down the contribution of somebody met off line",
	MayAnswer:       "Answer contributions and disputes for the government",
	MayDispute:      "Contest a report",
	MaySettle:       "Settle a dispute",
	MayModerate:     "Hide a contribution by a published rule, with a reason",
	MayKeepFiles:    "Keep documents, the forum, its meetings and the steps of the process",
	MayKeepDuties:   "Keep the lists of tensions between laws and of tools",
	MayHook:         "Have changes sent to an address of an organisation",
	MayCode:         "Work on studies: freeze a list of commitments, group, name and code them, and settle what coders disagree on",
	MayTaxonomy:     "Change the tags: make, rename, redefine, place, merge and split them, and undo that",
	MayTag:          "Decide which tags a commitment has",
}

// holderWords say who somebody with a role is, and where the role holds.
var holderWords = map[AccessRole][2]string{
	Citizen:        {"everybody with an account", "everywhere"},
	Facilitator:    {"facilitators", "in the member, plan or commitment of their role"},
	ForumMember:    {"members of the forum", "in the member or plan of their role"},
	Reporter:       {"reporters", "in the member, plan, commitment or institution of their role"},
	PointOfContact: {"points of contact", "in the member or plan of their role"},
	Reviewer:       {"reviewers", "everywhere, or in the member or plan of their role"},
	Moderator:      {"moderators", "everywhere, or in the member or plan of their role"},
	SupportUnit:    {"officers of OGP's Support Unit", "everywhere, or in the members of their role"},
	Administrator:  {"administrators of the site", "everywhere"},
}

func factor(r AccessRole) string {
	if NeedsSecondFactor(r) {
		return "needed"
	}
	return "not needed"
}

// rowsOf are who, where and second factor, for each holder of a permission.
func rowsOf(p Permission) [][3]string {
	var out [][3]string
	for _, r := range Holders(p) {
		out = append(out, [3]string{holderWords[r][0], holderWords[r][1], factor(r)})
	}
	if len(out) == 0 {
		out = append(out, [3]string{"nobody over the network", "–", "–"})
	}
	return out
}

const aboutMatrix = `Reading what is public needs no permission and no account. The person at the
command line of the machine may do everything. A role ends on its last day, or when somebody
ends it; what it allowed is then refused at once. A role in one plan never reaches another plan.`

func matrixText() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "WHO MAY DO WHAT\n\n%s\n", aboutMatrix)
	for _, p := range Permissions() {
		fmt.Fprintf(&b, "\n%s\n  (permission %q)\n\n", doings[p], string(p))
		fmt.Fprintf(&b, "  %-32s| %-62s| %s\n", "who", "where", "second factor")
		fmt.Fprintf(&b, "  %s|%s|%s\n", strings.Repeat("-", 32), strings.Repeat("-", 63), strings.Repeat("-", 14))
		for _, r := range rowsOf(p) {
			line := fmt.Sprintf("  %-32s| %-62s| %s", r[0], r[1], r[2])
			b.WriteString(strings.TrimRight(line, " ") + "\n")
		}
	}
	return b.Bytes()
}

func matrixPage() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Who may do what\n\nThis page is written from the program's own table (`internal/civic/permission.go`); a test keeps it so.\n\n%s\n", aboutMatrix)
	b.WriteString("\nRoles are given by administrators; a point of contact gives those of facilitator, forum member and reporter within its own member or plan. " +
		"Who gave which role, when and why is in the public record, with the number of the account and never its name.\n")
	for _, p := range Permissions() {
		fmt.Fprintf(&b, "\n## %s\n\n`%s`\n\n| who | where | second factor |\n|---|---|---|\n", doings[p], p)
		for _, r := range rowsOf(p) {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", r[0], r[1], r[2])
		}
	}
	return b.Bytes()
}

func TestThePermissionMatrixIsTheOneThatPeopleRead(t *testing.T) {
	for _, p := range Permissions() {
		if doings[p] == "" {
			t.Errorf("the permission %q has no words", p)
		}
		for _, r := range Holders(p) {
			if holderWords[r][0] == "" {
				t.Errorf("the role %q has no words", r)
			}
		}
	}
	for path, want := range map[string][]byte{
		filepath.Join("testdata", "permissions.txt"):        matrixText(),
		filepath.Join("..", "..", "docs", "permissions.md"): matrixPage(),
	} {
		if *update {
			if err := os.WriteFile(path, want, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if have, err := os.ReadFile(path); err != nil || !bytes.Equal(have, want) {
			t.Errorf("%s is not what the program does (%v): go test ./internal/civic -run Matrix -update", path, err)
		}
	}
}

func TestEachRoleThatPublishesNeedsASecondFactor(t *testing.T) {
	open := []Permission{MayTestify, MayTestifyFor, MayContribute, MayContributeBy, MayReadDraft, MayDispute, MayKeepFiles}
	for _, p := range Permissions() {
		for _, r := range Holders(p) {
			if !NeedsSecondFactor(r) && !slices.Contains(open, p) {
				t.Errorf("one factor is enough for %s to %s", r, p)
			}
		}
	}
}
