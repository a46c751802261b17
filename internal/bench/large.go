package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
)

// commonest stands in every commitment of the large table.
const commonest = "government"

// stems are the start of the vocabulary; the rest is numbered from them, so that
// words are as unequal in frequency as in real texts.
var stems = strings.Fields(`open data public citizens transparency budget procurement accountability participation
portal law access information services digital ministry institution report health education justice water
gobierno abierto datos participación ciudadana presupuesto transparencia rendición cuentas municipio
gouvernement ouvert données participation citoyenne budget marchés publics loi accès
الحكومة المفتوحة البيانات المشاركة الشفافية المساءلة الموازنة`)

const vocabulary = 20_000

// word draws from the vocabulary by Zipf's law.
func word(z *rand.Zipf) string {
	n := z.Uint64()
	stem := stems[n%uint64(len(stems))]
	if n < uint64(len(stems)) {
		return stem
	}
	return fmt.Sprintf("%s%s", stem, letters(n/uint64(len(stems))))
}

func letters(n uint64) string {
	var s []byte
	for ; n > 0; n /= 26 {
		s = append(s, byte('a'+n%26))
	}
	return string(s)
}

func sentence(z *rand.Zipf, words int) string {
	s := make([]string, words)
	for i := range s {
		s[i] = word(z)
	}
	return strings.Join(s, " ")
}

// query draws a search: often the commonest word, one to three words else.
func query(r *rand.Rand) string {
	z := rand.NewZipf(r, 1.1, 4, vocabulary)
	if r.IntN(10) == 0 {
		return commonest
	}
	return sentence(z, 1+r.IntN(3))
}

func id(kind byte, n int) string {
	return fmt.Sprintf("0bench%c%019d", kind, n)
}

// writeLarge writes n commitments with five milestones each, 300 members and
// their plans, in the program's own format.
func writeLarge(path string, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	line := func(kind string, subject any) {
		b, _ := json.Marshal(map[string]any{"kind": kind, "subject": subject})
		w.Write(b)
		w.WriteByte('\n')
	}
	fmt.Fprintln(w, `{"format":"avow-jsonl","version":1}`)
	r := rand.New(rand.NewPCG(7, 11))
	z := rand.NewZipf(r, 1.1, 4, vocabulary)
	regions := []string{"africa-middle-east", "americas", "asia-pacific", "europe"}
	const members, plansEach = 300, 5
	for m := range members {
		line("member", map[string]any{"id": id('m', m), "slug": fmt.Sprintf("land-%d", m), "code": fmt.Sprintf("X%03d", m),
			"name": fmt.Sprintf("Land %d", m), "region": regions[m%4], "regime": "national"})
	}
	for m := range members {
		line("institution", map[string]any{"id": id('n', m), "member": id('m', m),
			"name": []map[string]any{{"lang": "en", "text": fmt.Sprintf("Ministry of Land %d", m)}}})
	}
	for p := range members * plansEach {
		m := p / plansEach
		line("plan", map[string]any{"id": id('p', p), "member": id('m', m), "slug": fmt.Sprintf("land-%d-%d", m, p%plansEach+1),
			"number": fmt.Sprint(p%plansEach + 1), "submitted": 2012 + 2*(p%plansEach), "end_year": 2014 + 2*(p%plansEach), "length": 2, "regime": "national"})
	}
	text := func(s string) []map[string]any { return []map[string]any{{"lang": "en", "text": s}} }
	completion := []string{"not_started", "limited", "substantial", "complete"}
	for c := range n {
		p := c % (members * plansEach)
		m := p / plansEach
		var milestones []map[string]any
		for i := range 5 {
			milestones = append(milestones, map[string]any{"id": id('s', c*5+i), "code": fmt.Sprint(i + 1), "kind": "milestone", "title": text(sentence(z, 10)),
				"start": map[string]any{"date": "2016-01"}, "due": map[string]any{"date": "2017-06-30"}})
		}
		line("commitment", map[string]any{
			"id": id('c', c), "ogp_id": ogpID(c), "member": id('m', m),
			"plans": []map[string]any{{"plan": id('p', p), "number": fmt.Sprint(c/(members*plansEach) + 1)}},
			"title": text(sentence(z, 8)), "text": text(commonest + " " + sentence(z, 80)),
			"start": map[string]any{"date": "2016-01-01"}, "end": map[string]any{"date": "2017-12-31"}, "submitted": 2012 + 2*(p%plansEach),
			"institutions": []map[string]any{{"role": "lead", "institution": id('n', m), "name": fmt.Sprintf("Ministry of Land %d", m)}},
			"milestones":   milestones,
			"tags":         []map[string]any{{"edition": "ogp-2024", "yes": []string{"Open Data", "Public Participation"}[c%2:]}},
			"assessments": []map[string]any{{"product": "end_of_term_report", "edition": "ogp-2024", "year": 2018,
				"ratings": []map[string]any{{"variable": "completion", "scale": "completion/2017", "value": completion[c%4]}}}},
			"sources": []map[string]any{{"edition": "ogp-2024", "row": c + 2}},
		})
	}
	return w.Flush()
}

// ogpID writes n as letters and four digits, as OGP does.
func ogpID(n int) string {
	return fmt.Sprintf("X%c%c%04d", 'A'+n/10000/26, 'A'+n/10000%26, n%10000)
}
