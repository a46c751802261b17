package interchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// SKOS is a state of the taxonomy as a concept scheme (W3C SKOS Reference, 2009).
// Each tag is a concept: its names are prefLabel, its other and former names altLabel,
// its parents broader. A tag that was merged is no concept any more: its address says
// what it was called and what took its place.
type SKOS struct {
	Base    string     // public address of the site, without a slash at the end; "" when it has none
	Title   civic.Text // of the scheme
	Version int        // of the taxonomy
	Date    string     // YYYY-MM-DD from which it is in force
	Graph   *taxonomy.Graph
}

// The vocabularies that the scheme is written in.
var skosPrefixes = [][2]string{
	{"dcterms", "http://purl.org/dc/terms/"},
	{"owl", "http://www.w3.org/2002/07/owl#"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// node is a resource with what is said of it.
type node struct {
	iri  string
	says []saying
}

// saying is a property with its values: resources, texts, or values of a type.
type saying struct {
	property string // "skos:broader"
	iris     []string
	texts    civic.Text
	typed    []string // "value^^xsd:date" as pairs of value and type
}

func (s SKOS) scheme() string {
	if s.Base == "" {
		return nameless + "taxonomy"
	}
	return s.Base + "/api/v1/taxonomy"
}

func (s SKOS) concept(id taxonomy.ID) string {
	if s.Base == "" {
		return nameless + "tag:" + url.PathEscape(string(id))
	}
	return s.Base + "/api/v1/tags/" + url.PathEscape(string(id))
}

// nameless begins the names of a site that does not know its address.
const nameless = "urn:avow:"

func (s SKOS) concepts(ids []taxonomy.ID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = s.concept(id)
	}
	return out
}

// nodes are the scheme and then the concepts by ID.
func (s SKOS) nodes() []node {
	scheme := node{iri: s.scheme(), says: []saying{
		{property: "rdf:type", iris: []string{"skos:ConceptScheme"}}, {property: "dcterms:title", texts: s.Title},
		{property: "owl:versionInfo", texts: civic.Text{{Text: fmt.Sprint(s.Version)}}}, {property: "dcterms:issued", typed: []string{s.Date, "xsd:date"}},
		{property: "skos:hasTopConcept", iris: s.concepts(s.Graph.Roots())},
	}}
	out := []node{scheme}
	for t := range s.Graph.All() {
		out = append(out, s.node(t))
	}
	return out
}

func (s SKOS) node(t taxonomy.Tag) node {
	if t.MergedInto != "" {
		return node{iri: s.concept(t.ID), says: []saying{
			{property: "dcterms:identifier", texts: civic.Text{{Text: string(t.ID)}}}, {property: "dcterms:title", texts: t.Names},
			{property: "owl:deprecated", typed: []string{"true", "xsd:boolean"}}, {property: "dcterms:isReplacedBy", iris: s.concepts([]taxonomy.ID{t.MergedInto})},
		}}
	}
	n := node{iri: s.concept(t.ID), says: []saying{
		{property: "rdf:type", iris: []string{"skos:Concept"}}, {property: "skos:inScheme", iris: []string{s.scheme()}},
		{property: "skos:notation", texts: civic.Text{{Text: string(t.ID)}}},
		{property: "skos:prefLabel", texts: t.Names}, {property: "skos:altLabel", texts: otherLabels(t)}, {property: "skos:definition", texts: t.Definition},
	}}
	say := func(property string, iris ...string) { n.says = append(n.says, saying{property: property, iris: iris}) }
	if t.Source != "" {
		n.says = append(n.says, saying{property: "dcterms:source", texts: civic.Text{{Text: t.Source}}})
	}
	if len(t.Parents) == 0 {
		say("skos:topConceptOf", s.scheme())
	}
	say("skos:broader", s.concepts(t.Parents)...)
	say("skos:narrower", s.concepts(s.Graph.Children(t.ID))...)
	say("skos:related", s.concepts(t.Related)...)
	if t.Deprecated != "" {
		n.says = append(n.says, saying{property: "owl:deprecated", typed: []string{"true", "xsd:boolean"}})
	}
	say("dcterms:isReplacedBy", s.concepts(t.Into)...)
	return n
}

// otherLabels are the aliases that are no name in the same language: a label is
// preferred or alternative, never both (SKOS S13).
func otherLabels(t taxonomy.Tag) civic.Text {
	var out civic.Text
	for _, a := range t.Aliases {
		if !slices.Contains(t.Names, a) && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// WriteTurtle writes the scheme as Turtle (W3C RDF 1.1 Turtle, 2014).
func (s SKOS) WriteTurtle(w io.Writer) error {
	b := bufio.NewWriter(w)
	for _, p := range skosPrefixes {
		fmt.Fprintf(b, "@prefix %s: <%s> .\n", p[0], p[1])
	}
	for _, n := range s.nodes() {
		fmt.Fprintf(b, "\n<%s>", n.iri)
		between := "\n    "
		for _, says := range n.says {
			values := says.turtle()
			if len(values) == 0 {
				continue
			}
			fmt.Fprint(b, between, strings.Replace(says.property, "rdf:type", "a", 1), " ", strings.Join(values, ", "))
			between = " ;\n    "
		}
		b.WriteString(" .\n")
	}
	return b.Flush()
}

func (s saying) turtle() []string {
	var out []string
	for _, iri := range s.iris {
		if strings.Contains(iri, "/") || strings.HasPrefix(iri, nameless) { // else a name with a prefix
			iri = "<" + iri + ">"
		}
		out = append(out, iri)
	}
	for _, p := range s.texts {
		text := turtleString(p.Text)
		if lang := languageOf(p); lang != "" {
			text += "@" + lang
		}
		out = append(out, text)
	}
	for i := 0; i+1 < len(s.typed); i += 2 {
		out = append(out, turtleString(s.typed[i])+"^^"+s.typed[i+1])
	}
	return out
}

// turtleString quotes a text. JSON's escapes are Turtle's, but for those of signs
// outside the first plane, which it leaves as they are.
func turtleString(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string always can be
	return strings.TrimSuffix(b.String(), "\n")
}

// languageOf is the language tag of a phrase; "" where nobody knows it.
func languageOf(p civic.Phrase) string {
	if p.Lang == civic.Undetermined {
		return ""
	}
	return p.Lang
}

// WriteJSONLD writes the scheme as JSON-LD 1.1, the same statements as in Turtle.
func (s SKOS) WriteJSONLD(w io.Writer) error {
	context := map[string]any{}
	for _, p := range skosPrefixes {
		context[p[0]] = p[1]
	}
	var graph []map[string]any
	for _, n := range s.nodes() {
		one := map[string]any{"@id": n.iri}
		for _, says := range n.says {
			if values := says.jsonLD(); len(values) > 0 {
				one[strings.Replace(says.property, "rdf:type", "@type", 1)] = values
			}
		}
		graph = append(graph, one)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(map[string]any{"@context": context, "@graph": graph})
}

func (s saying) jsonLD() []any {
	var out []any
	for _, iri := range s.iris {
		if s.property == "rdf:type" {
			out = append(out, iri)
			continue
		}
		out = append(out, map[string]string{"@id": iri})
	}
	for _, p := range s.texts {
		value := map[string]string{"@value": p.Text}
		if lang := languageOf(p); lang != "" {
			value["@language"] = lang
		}
		out = append(out, value)
	}
	for i := 0; i+1 < len(s.typed); i += 2 {
		out = append(out, map[string]string{"@value": s.typed[i], "@type": s.typed[i+1]})
	}
	return out
}
