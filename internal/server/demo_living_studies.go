package server

import (
	"slices"

	"avow/internal/app"
	"avow/internal/civic"
	"avow/internal/study"
)

// studies: one that is published, one whose disagreements are settled, one that
// is being coded, and one that is being grouped.
func (d *director) studies() {
	if d.err != nil {
		return
	}
	d.on("2026-02-16")
	published := d.study(both("What European commitments are about", "De quoi parlent les engagements européens"), "europe")
	d.code(published)
	d.propose(published)
	su := d.as("su")
	d.do(func() error { return d.app.PublishStudy(d.ctx, su, published) })
	d.code(d.study(both("Promises of the Americas", "Promesses des Amériques"), "americas"))
	blind := d.study(both("Promises of Asia and the Pacific", "Promesses d’Asie et du Pacifique"), "asia-pacific")
	d.do(func() error { return d.app.OpenCoding(d.ctx, su, blind, study.MostCoders, true) })
	d.do(func() error { return d.app.JoinAsCoder(d.ctx, su, blind) })
	d.study(both("Promises of Africa and the Middle East", "Promesses d’Afrique et du Moyen-Orient"), "africa-middle-east")
}

// study freezes the commitments of a region and names two groups of them.
func (d *director) study(title civic.Text, region string) study.ID {
	su := d.as("su")
	id := make1(d, func() (study.ID, error) {
		return d.app.FreezeStudy(d.ctx, su, app.StudyInput{Title: title, Filter: app.CommitmentFilter{Region: region},
			Question: both("Which commitments are about data, and which about taking part?", "Quels engagements parlent de données, et lesquels de participation ?")})
	})
	d.do(func() error { return d.app.SuggestGroups(d.ctx, su, id, 2) })
	d.do(func() error {
		return d.app.NameGroup(d.ctx, su, id, "g1", both("Open data", "Données ouvertes"), both("Data that everybody may read and use.", "Des données que chacun peut lire et utiliser."))
	})
	d.do(func() error {
		return d.app.NameGroup(d.ctx, su, id, "g2", both("Public participation", "Participation du public"), both("Ways in which people take part in what is decided.", "Des manières de prendre part à ce qui est décidé."))
	})
	p := make1(d, func() (app.StudyPage, error) { return d.app.WorkStudy(d.ctx, su, id) })
	if d.err != nil {
		return id
	}
	first := p.Items[0]
	to := "g1"
	if first.Group == to {
		to = "g2"
	}
	d.do(func() error { return d.app.MoveItem(d.ctx, su, id, first.Commitment, to) })
	d.do(func() error {
		return d.app.WriteMemo(d.ctx, su, id, study.OnCommitment, string(first.Commitment), civic.Text{{Lang: "en", Text: "The title says one thing and the text another. The text decides."}})
	})
	d.do(func() error {
		return d.app.WriteMemo(d.ctx, su, id, study.OnGroup, "g1", civic.Text{{Lang: "en", Text: "A portal alone is no open data: what is in it counts."}})
	})
	return id
}

// code has two people code a study blind to each other. They differ on the first
// two commitments, and both differences are settled.
func (d *director) code(id study.ID) {
	people := []civic.Caller{d.as("su"), d.as("reviewer")}
	d.do(func() error { return d.app.OpenCoding(d.ctx, people[0], id, len(people), false) })
	for k, who := range people {
		d.do(func() error { return d.app.JoinAsCoder(d.ctx, who, id) })
		p := make1(d, func() (app.StudyPage, error) { return d.app.WorkStudy(d.ctx, who, id) })
		for i, item := range p.Items {
			codes := []string{"g1", "g2"}
			if i%2 == 1 {
				slices.Reverse(codes)
			}
			answer := study.Answer{Commitment: item.Commitment, Codes: codes[:1]}
			if i < 2 && k == 1 {
				answer.Codes, answer.Note = codes[1:], "It speaks of both."
			}
			d.do(func() error { return d.app.Code(d.ctx, who, id, answer) })
		}
		d.do(func() error { return d.app.HandIn(d.ctx, who, id, false) })
	}
	p := make1(d, func() (app.StudyPage, error) { return d.app.WorkStudy(d.ctx, people[0], id) })
	for _, open := range p.Open {
		d.do(func() error {
			return d.app.SettleCodes(d.ctx, people[1], id, open.Commitment, open.Answers[0].Codes, civic.Text{{Lang: "en", Text: "What is published comes first."}})
		})
	}
}

// propose turns the codes of a study into proposals of tags.
func (d *director) propose(id study.ID) {
	su := d.as("su")
	d.do(func() error {
		return d.app.ProposeTags(d.ctx, su, id, map[string]string{"g1": "Open data", "g2": "Public participation"})
	})
}
