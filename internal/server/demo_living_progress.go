package server

import (
	"avow/internal/app"
	"avow/internal/civic"
)

// firstPeriod: all four institutions report, one of them late, one of a step that
// is late; a meeting presents the results.
func (d *director) firstPeriod() {
	d.on("2025-05-15")
	d.meeting(d.as("forum"), "forum", "2025-05-14", both("Second meeting of the forum", "Deuxième réunion du forum"),
		both("The forum asked for figures by hospital.", "Le forum a demandé des chiffres par hôpital."))
	d.on("2025-07-10")
	d.report("reporter-a", 0, "2025-1", app.ReportInput{Status: civic.SelfSubstantial,
		Done:     both("The portal is open; the first quarter is published.", "Le portail est ouvert ; le premier trimestre est publié."),
		Next:     both("The second quarter follows in August.", "Le deuxième trimestre suivra en août."),
		Evidence: []civic.Evidence{{Title: both("The portal", "Le portail"), URL: "https://budget.esperia.example/"}},
		Steps:    []civic.MilestoneState{{Milestone: d.steps["portal"], Status: civic.SelfCompleted, DoneOn: "2025-06-24"}, {Milestone: d.steps["quarters"], Status: civic.SelfLimited}}})
	d.report("reporter-b", 1, "2025-1", app.ReportInput{Status: civic.SelfSubstantial,
		Done:  both("The method is agreed and thirty hospitals publish.", "La méthode est convenue et trente hôpitaux publient."),
		Steps: []civic.MilestoneState{{Milestone: d.steps["method"], Status: civic.SelfSubstantial}, {Milestone: d.steps["hospitals"], Status: civic.SelfLimited}}})
	d.report("poc", 2, "2025-1", app.ReportInput{Status: civic.SelfLimited,
		Done:       both("A working group has met twice.", "Un groupe de travail s’est réuni deux fois."),
		Challenges: both("The ministry of justice has another bill on the same law.", "Le ministère de la justice a un autre projet sur la même loi.")})
	d.on("2025-08-14")
	d.report("poc", 3, "2025-1", app.ReportInput{Status: civic.SelfNotStarted,
		Done:       both("Nothing yet.", "Rien encore."),
		Challenges: both("The post of the project is vacant.", "Le poste du projet est vacant.")})
	d.on("2025-11-21")
	d.meeting(d.as("forum"), "results", "2025-11-20", both("Results of the first half-year", "Résultats du premier semestre"),
		both("Civil society asked which hospitals do not publish.", "La société civile a demandé quels hôpitaux ne publient pas."))
}

// secondPeriod: an amendment moves a step; three of four institutions report.
func (d *director) secondPeriod() {
	poc := d.as("poc")
	d.on("2025-12-10")
	if d.err != nil {
		return
	}
	draft := make1(d, func() (app.Draft, error) { return d.app.DraftOf(d.ctx, poc, d.promises[1]) })
	draft = make1(d, func() (app.Draft, error) {
		return d.app.SaveDraft(d.ctx, poc, draft.ID, draft.Revision, map[string]string{"milestone." + string(d.steps["hospitals"]) + ".due": "2026-09-30"})
	})
	d.do(func() error {
		return d.app.Amend(d.ctx, poc, draft.ID, app.AmendmentInput{On: "2025-12-10", By: "Open Government Forum", Reason: both(
			"Ten hospitals change their software in spring; their figures would not be comparable.",
			"Dix hôpitaux changent de logiciel au printemps ; leurs chiffres ne seraient pas comparables.")})
	})
	d.on("2026-01-20")
	d.report("reporter-a", 0, "2025-2", app.ReportInput{Status: civic.SelfSubstantial,
		Done:  both("Three quarters are published, down to every school.", "Trois trimestres sont publiés, jusqu’à chaque école."),
		Steps: []civic.MilestoneState{{Milestone: d.steps["portal"], Status: civic.SelfCompleted, DoneOn: "2025-06-24"}, {Milestone: d.steps["quarters"], Status: civic.SelfSubstantial}}})
	d.report("reporter-b", 1, "2025-2", app.ReportInput{Status: civic.SelfLimited,
		Done:       both("Twenty-two hospitals publish.", "Vingt-deux hôpitaux publient."),
		Challenges: both("Eight hospitals stopped when their software was changed.", "Huit hôpitaux ont cessé lors du changement de logiciel."),
		Steps:      []civic.MilestoneState{{Milestone: d.steps["method"], Status: civic.SelfCompleted, DoneOn: "2025-09-12"}, {Milestone: d.steps["hospitals"], Status: civic.SelfLimited}}})
	d.report("poc", 2, "2025-2", app.ReportInput{Status: civic.SelfLimited,
		Done:       both("The bill is written.", "Le projet de loi est rédigé."),
		Challenges: both("The two bills have to be made one.", "Les deux projets doivent être réunis.")})
}

func (d *director) report(name string, promise int, period string, in app.ReportInput) {
	if d.err != nil {
		return
	}
	who := d.as(name)
	in.Plan, in.Commitment, in.Period = string(d.plan), string(d.promises[promise]), period
	d.reports[string(rune('0'+promise))+" "+period] = make1(d, func() (civic.ReportID, error) { return d.app.SaveReport(d.ctx, who, in) })
}

// nextPlan is being drafted: it has a timeline, one draft, and takes contributions.
func (d *director) nextPlan() {
	poc := d.as("poc")
	d.on("2026-02-10")
	first := d.plan
	d.plan = make1(d, func() (civic.PlanID, error) {
		return d.app.OpenPlan(d.ctx, poc, app.PlanInput{Member: d.member, Number: "2", Title: both("Second Open Government Action Plan of Esperia",
			"Deuxième plan d’action de l’Espérie pour un gouvernement ouvert"), Start: "2027-01-01", End: "2028-12-31", Languages: []string{"en", "fr"}})
	})
	d.step("co_creation_start", "2026-03-02", "2026-09-30", both("Co-creation of the second plan", "Cocréation du deuxième plan"))
	d.draft(promise{
		lead:  "National Archive",
		title: both("A register of who meets ministers", "Un registre des rencontres des ministres"),
		text:  both("Every minister publishes each month whom they met and about what.", "Chaque ministre publie chaque mois qui il a rencontré et à quel sujet."),
		steps: []milestone{{"register", "2027-12-31", both("The register is open", "Le registre est ouvert")}},
	}, "1")
	d.contribute("citizen", civic.Way{Channel: civic.Web}, "", civic.Text{{Lang: "en", Text: "Begin with the register of lobbyists."}})
	d.plan = first
}
