package demo_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// source is source.json.
type source struct {
	About   string `json:"about"`
	Sources map[string]struct {
		Name string `json:"name"`
		Year int    `json:"year"`
	} `json:"sources"`
	Notes       map[string]note `json:"notes"`
	Plans       []plan          `json:"plans"`
	Commitments []commitment    `json:"commitments"`
}

type plan struct {
	Member string `json:"member"` // code, or name of a member without one
	Number string `json:"number"` // "?" where it is not known
	Start  string `json:"start"`
	End    string `json:"end"`
}

type commitment struct {
	Row        string              `json:"row"`   // of the list of facts, with a letter where it names several
	Plans      []string            `json:"plans"` // "SRB 4"
	Number     string              `json:"number"`
	OGPID      string              `json:"ogp_id"`
	Page       string              `json:"page"` // member's name in the address of the commitment's page
	Title      words               `json:"title"`
	Text       words               `json:"text"`
	Start      string              `json:"start"`
	End        string              `json:"end"`
	Lead       []string            `json:"lead"`
	Supporting []string            `json:"supporting"`
	Tags       map[string][]string `json:"tags"`    // by edition
	Ratings    [][]string          `json:"ratings"` // edition, product, variable, scale, value, missing kind, code
	Notes      []note              `json:"notes"`
}

// words is a text in several languages, in the order of the file.
type words civic.Text

func (w *words) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		lang, err := d.Token()
		if err != nil {
			return err
		}
		p := civic.Phrase{Lang: fmt.Sprint(lang)}
		if err := d.Decode(&p.Text); err != nil {
			return err
		}
		*w = append(*w, p)
	}
	return nil
}

// note is [source, text], or the name of one of the shared notes.
type note struct {
	shared, source string
	text           words
}

func (n *note) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &n.shared)
	}
	return json.Unmarshal(raw, &[]any{&n.source, &n.text})
}

// stableID makes the ID of a thing from its name: always the same one.
func stableID(t *testing.T, name string) string {
	t.Helper()
	sum := sha256.Sum256([]byte("avow demonstration data: " + name))
	id, err := civic.NewID(time.Date(2022, 11, 1, 0, 0, 0, 0, time.UTC).UnixMilli(), bytes.NewReader(sum[:]))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func readSource(t *testing.T) source {
	t.Helper()
	data, err := os.ReadFile("source.json")
	if err != nil {
		t.Fatal(err)
	}
	var s source
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// compose makes the subjects of source.json in the order of the file format.
func compose(t *testing.T, s source) []civic.Subject {
	t.Helper()
	var members, institutions, plans, commitments []civic.Subject
	memberOf := map[string]civic.Member{}
	planOf := map[string]civic.Plan{}
	for _, p := range s.Plans {
		m, ok := memberOf[p.Member]
		if !ok {
			m, ok = interchange.FindMember(interchange.MemberRef{Name: p.Member, Code: p.Member})
			if !ok {
				t.Fatalf("member %s is not in the reference list", p.Member)
			}
			m.ID, m.Demo = civic.MemberID(stableID(t, "member "+m.Slug)), true
			memberOf[p.Member] = m
			members = append(members, m)
		}
		made := composePlan(t, m, p)
		planOf[p.Member+" "+p.Number] = made
		plans = append(plans, made)
	}
	known := map[string]civic.InstitutionID{}
	for _, c := range s.Commitments {
		first := planOf[c.Plans[0]]
		made := composeCommitment(t, s, c)
		made.Member, made.Submitted = first.Member, first.Submitted
		for i, name := range c.Plans {
			p, ok := planOf[name]
			if !ok {
				t.Fatalf("row %s: no plan %q", c.Row, name)
			}
			made.Plans = append(made.Plans, civic.PlanEntry{Plan: p.ID})
			if i == 0 {
				made.Plans[0].Number = c.Number
			}
		}
		for i, part := range made.Parts {
			key := string(first.Member) + part.Name
			if known[key] == "" {
				known[key] = civic.InstitutionID(stableID(t, "institution "+key))
				institutions = append(institutions, civic.Institution{ID: known[key], Member: first.Member,
					Name: civic.Text{{Lang: "en", Text: part.Name}}, Demo: true})
			}
			made.Parts[i].Institution = known[key]
		}
		commitments = append(commitments, made)
	}
	return append(append(append(members, institutions...), plans...), commitments...)
}

func composePlan(t *testing.T, m civic.Member, p plan) civic.Plan {
	t.Helper()
	out := civic.Plan{ID: civic.PlanID(stableID(t, "plan "+m.Slug+" "+p.Number)), Member: m.ID, Number: p.Number, Regime: m.Regime, Demo: true}
	if m.Regime == civic.LegacyLocal {
		out.Regime = civic.Local // plans of 2021 and later stand under OGP Local, whatever the member began as
	}
	if p.Number == "?" {
		out.Slug = m.Slug + "-in-2022"
		out.Title = civic.Text{{Lang: "en", Text: "Action plan in force in 2022 (its number is not known here)"},
			{Lang: "fr", Text: "Plan d’action en vigueur en 2022 (numéro inconnu ici)"},
			{Lang: "es", Text: "Plan de acción vigente en 2022 (aquí no se conoce su número)"}}
		return out
	}
	out.Slug = m.Slug + "-" + p.Number
	out.Start, out.End = civic.When{Date: p.Start}, civic.When{Date: p.End}
	out.Submitted, out.EndYear = out.Start.Year(), out.End.Year()
	out.Length = out.EndYear - out.Submitted
	period := p.Start + "-" + p.End
	out.Title = civic.Text{{Lang: "en", Text: m.Name + " Action Plan " + period}}
	return out
}

func composeCommitment(t *testing.T, s source, c commitment) civic.Commitment {
	t.Helper()
	out := civic.Commitment{ID: civic.CommitmentID(stableID(t, "commitment "+c.Row)), OGPID: c.OGPID, Title: civic.Text(c.Title), Text: civic.Text(c.Text),
		Start: civic.When{Date: c.Start}, End: civic.When{Date: c.End}, Demo: true, Placeholder: c.OGPID == "",
		Sources: []civic.Source{{Edition: "demo", Key: c.Row}}}
	if c.Page != "" {
		out.URL = "https://www.opengovpartnership.org/members/" + c.Page + "/commitments/" + c.OGPID + "/"
	}
	for _, name := range c.Lead {
		out.Parts = append(out.Parts, civic.Part{Role: civic.Lead, Name: name})
	}
	for _, name := range c.Supporting {
		out.Parts = append(out.Parts, civic.Part{Role: civic.Supporting, Name: name})
	}
	for _, edition := range []string{"ogp-site", "ogp-site-1", "ogp-site-2", "ogp-site-3"} {
		if yes, ok := c.Tags[edition]; ok {
			out.Tags = append(out.Tags, civic.EditionTags{Edition: civic.Edition(edition), Yes: yes})
		}
	}
	for _, r := range c.Ratings {
		r = append(r, "", "", "")
		rating := civic.Rating{Variable: r[2], Scale: r[3], Value: r[4]}
		if r[4] == "" {
			rating.Missing = &civic.Missing{Kind: civic.MissingKind(r[5]), Code: r[6]}
		}
		n := len(out.Assessments)
		if n == 0 || string(out.Assessments[n-1].Edition) != r[0] || string(out.Assessments[n-1].Product) != r[1] {
			out.Assessments = append(out.Assessments, civic.Assessment{Product: civic.Product(r[1]), Edition: civic.Edition(r[0]),
				NoYear: &civic.Missing{Kind: civic.NotSpecified}})
			n++
		}
		out.Assessments[n-1].Ratings = append(out.Assessments[n-1].Ratings, rating)
	}
	for _, n := range c.Notes {
		if n.shared != "" {
			shared, ok := s.Notes[n.shared]
			if !ok {
				t.Fatalf("row %s: no note %q", c.Row, n.shared)
			}
			n = shared
		}
		from, ok := s.Sources[n.source]
		if !ok {
			t.Fatalf("row %s: no source %q", c.Row, n.source)
		}
		out.Notes = append(out.Notes, civic.Note{Text: civic.Text(n.text), Source: from.Name, Year: from.Year})
	}
	return out
}

// row returns the number of a row without its letter.
func row(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimRight(s, "abc"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
