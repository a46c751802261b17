package server

import (
	"avow/internal/app"
	"avow/internal/civic"
)

// voices: what citizens saw, on the web and on paper; a dispute that is answered
// and settled, and one that is open; who answers for what.
func (d *director) voices() {
	if d.err != nil {
		return
	}
	d.on("2026-01-28")
	finance, health := d.reports["0 2025-2"], d.reports["1 2025-1"]
	d.testify("citizen", app.TestimonyInput{Report: finance, Happened: true, Saw: civic.Text{{Lang: "en", Text: "I found what our school got this year."}}})
	d.testify("facilitator", app.TestimonyInput{Report: health, Saw: civic.Text{{Lang: "fr", Text: "À l’hôpital du port, rien n’est affiché."}},
		Channel: civic.Paper, Place: "clinic of the harbour", Consent: true})
	forum, poc, su := d.as("forum"), d.as("poc"), d.as("su")
	first := make1(d, func() (civic.DisputeID, error) {
		return d.app.Dispute(d.ctx, forum, health, both("Twenty hospitals publish, not thirty.", "Vingt hôpitaux publient, pas trente."))
	})
	d.on("2026-02-03")
	d.do(func() error {
		return d.app.AnswerDispute(d.ctx, poc, first, both("Ten publish on paper in their hall. We should have said so.", "Dix publient sur papier dans leur hall. Nous aurions dû le dire."))
	})
	d.do(func() error {
		return d.app.SettleDispute(d.ctx, su, first, "report_stands", both("Both counts are right; the answer says how they differ.", "Les deux comptes sont justes ; la réponse dit en quoi ils diffèrent."))
	})
	d.do(func() error {
		_, err := d.app.Dispute(d.ctx, forum, d.reports["2 2025-2"], both("The bill was not shown to the forum.", "Le projet de loi n’a pas été montré au forum."))
		return err
	})
	d.do(func() error {
		_, err := d.app.KeepTension(d.ctx, poc, civic.Tension{Member: d.member, Commitments: d.promises[2:3], Owner: d.bodies["National Archive"], Demo: true,
			Topic: both("Opening after ten years against secrecy for thirty", "Ouverture après dix ans contre secret de trente ans"), Laws: []string{"Archives Act, section 12", "State Secrets Act, section 4"}}, 0)
		return err
	})
	d.do(func() error {
		_, err := d.app.KeepTool(d.ctx, poc, civic.Tool{Member: d.member, Commitments: d.promises[:1], Name: "Budget Portal", Purpose: both("Shows the budget", "Montre le budget"),
			Maintainer: "Open Esperia", Kind: "civil_society", Licence: "AGPL-3.0-only", Until: "2026-12-31", URL: "https://budget.esperia.example/", Demo: true}, 0)
		return err
	})
}

func (d *director) testify(name string, in app.TestimonyInput) {
	who := d.as(name)
	d.do(func() error {
		_, err := d.app.Testify(d.ctx, who, in)
		return err
	})
}
