package server

import (
	"strings"

	"avow/internal/app"
	"avow/internal/civic"
)

// promise is a commitment of the demonstration as its institution drafts it.
type promise struct {
	lead, supporting string
	title, text      civic.Text
	problem, open    civic.Text
	steps            []milestone
}

// milestone is a step of a promise; key names it in the story.
type milestone struct {
	key, due string
	title    civic.Text
}

var promises = []promise{
	{
		lead:  "Ministry of Finance",
		title: both("An open budget that people can read", "Un budget ouvert que chacun peut lire"),
		text: both("The ministry publishes the budget, its changes and what was spent each quarter, as tables and in plain words.",
			"Le ministère publie chaque trimestre le budget, ses modifications et les dépenses, en tableaux et en mots simples."),
		problem: both("Spending is published once a year, as a scanned document.", "Les dépenses sont publiées une fois par an, en document numérisé."),
		open:    both("Everybody can follow the money while it is spent.", "Chacun peut suivre l’argent pendant qu’il est dépensé."),
		steps: []milestone{
			{"portal", "2025-06-30", both("The portal is open", "Le portail est ouvert")},
			{"quarters", "2026-06-30", both("Spending of four quarters is published", "Les dépenses de quatre trimestres sont publiées")},
		},
	},
	{
		lead: "Ministry of Health", supporting: "Statistics Office",
		title: both("Waiting times of every public hospital", "Les délais d’attente de chaque hôpital public"),
		text: both("Every public hospital publishes each month how long patients wait, by kind of treatment.",
			"Chaque hôpital public publie chaque mois les délais d’attente par type de soin."),
		problem: both("Nobody outside of a hospital knows how long people wait there.", "Hors de l’hôpital, personne ne connaît les délais."),
		open:    both("Patients can choose; the ministry can be asked.", "Les patients peuvent choisir ; le ministère peut être interrogé."),
		steps: []milestone{
			{"method", "2025-06-30", both("The method of counting is agreed with patients", "La méthode de calcul est convenue avec les patients")},
			{"hospitals", "2025-12-31", both("All forty hospitals publish", "Les quarante hôpitaux publient")},
		},
	},
	{
		lead:  "National Archive",
		title: both("Minutes of ministers’ meetings within ten years", "Les procès-verbaux du gouvernement ouverts après dix ans"),
		text: both("The archive opens the minutes of the government after ten years instead of thirty, with reasons for each page that stays closed.",
			"Les archives ouvrent les procès-verbaux du gouvernement après dix ans au lieu de trente, en motivant chaque page qui reste fermée."),
		problem: both("What a government decided becomes known after a generation.", "Les décisions du gouvernement ne sont connues qu’une génération plus tard."),
		steps:   []milestone{{"law", "2026-03-31", both("The bill is before parliament", "Le projet de loi est au parlement")}},
	},
	{
		lead:  "Statistics Office",
		title: both("Statistics for every municipality", "Des statistiques pour chaque commune"),
		text: both("The office publishes forty figures for each municipality once a year, chosen together with municipalities and civil society.",
			"L’office publie chaque année quarante chiffres pour chaque commune, choisis avec les communes et la société civile."),
		problem: both("Figures exist for regions alone.", "Les chiffres n’existent que par région."),
		steps:   []milestone{{"choice", "2025-11-30", both("The forty figures are chosen", "Les quarante chiffres sont choisis")}},
	},
}

// drafting opens the plan: forum, timeline, outreach, and drafts of the institutions.
func (d *director) drafting() {
	poc, forum := d.as("poc"), d.as("forum")
	d.on("2024-05-20")
	d.plan = make1(d, func() (civic.PlanID, error) {
		return d.app.OpenPlan(d.ctx, poc, app.PlanInput{Member: d.member, Number: "1", Title: both("Open Government Action Plan of Esperia 2025–2026",
			"Plan d’action de l’Espérie pour un gouvernement ouvert 2025–2026"), Start: "2025-01-01", End: "2026-12-31", Languages: []string{"en", "fr"}})
	})
	rules := d.paper("forum-rules.txt", "Rules of the forum. Everybody may listen. Minutes are published within four weeks.", civic.Document{
		Kind: "forum_rules", Title: both("Rules of the multi-stakeholder forum", "Règlement du forum multi-acteurs"), Dated: "2024-05-15"})
	d.do(func() error {
		_, err := d.app.KeepForum(d.ctx, poc, civic.Forum{Member: d.member, Name: both("Open Government Forum of Esperia", "Forum du gouvernement ouvert de l’Espérie"),
			Rules: rules, Government: 6, Civil: 6, Others: 2, Website: "https://esperia.example/ogp", Demo: true}, 0)
		return err
	})
	d.step("co_creation_start", "2024-07-01", "2024-10-31", both("Co-creation of the plan", "Cocréation du plan"))
	d.step("outreach", "2024-07-08", "2024-07-26", both("Meetings in all five regions", "Réunions dans les cinq régions"))
	d.step("input", "2024-07-01", "2024-09-30", both("Ideas are gathered, on paper and here", "Recueil des idées, sur papier et ici"))
	d.on("2024-07-05")
	d.meeting(forum, "forum", "2024-07-03", both("First meeting of the forum", "Première réunion du forum"),
		both("The forum agreed on its rules and on the timeline.", "Le forum a adopté son règlement et le calendrier."))
	for i, p := range promises {
		d.on([]string{"2024-08-05", "2024-08-06", "2024-08-07", "2024-08-08"}[i])
		d.draft(p, []string{"I", "II", "III", "IV"}[i])
	}
}

// draft writes a promise down, answer by answer.
func (d *director) draft(p promise, number string) {
	who := d.as("poc")
	draft := make1(d, func() (app.Draft, error) { return d.app.NewDraft(d.ctx, who, d.plan) })
	answers := map[string]string{"number": number, "lead": string(d.bodies[p.lead]), "supporting": string(d.bodies[p.supporting])}
	say := func(name string, t civic.Text) {
		for _, phrase := range t {
			answers[name+"."+phrase.Lang] = phrase.Text
		}
	}
	say("title", p.title)
	say("text", p.text)
	say("problem", p.problem)
	say("transparency", p.open)
	var ids []string
	for _, m := range p.steps {
		id := make1(d, func() (string, error) { return civic.NewID(d.clock.UnixMilli(), d.random) })
		d.steps[m.key] = civic.MilestoneID(id)
		ids = append(ids, id)
		say("milestone."+id+".title", m.title)
		answers["milestone."+id+".due"] = m.due
	}
	answers["milestones"] = strings.Join(ids, " ")
	d.do(func() error {
		_, err := d.app.SaveDraft(d.ctx, who, draft.ID, draft.Revision, answers)
		return err
	})
}

// consultation shows the drafts, takes contributions and answers them.
func (d *director) consultation() {
	poc := d.as("poc")
	d.on("2024-09-02")
	d.do(func() error {
		return d.app.MovePlan(d.ctx, poc, d.plan, app.PlanMove{To: civic.Consultation, On: "2024-09-02", By: "Open Government Forum"})
	})
	d.promises = make1(d, func() ([]civic.CommitmentID, error) { return d.app.PublishDrafts(d.ctx, poc, d.plan) })
	d.on("2024-09-12")
	if d.err != nil {
		return
	}
	first := d.contribute("citizen", civic.Way{Channel: civic.Web}, d.promises[0], civic.Text{{Lang: "en", Text: "Publish what each school gets, not only the sum."}})
	second := d.contribute("facilitator", civic.Way{Channel: civic.Paper, Place: "market of Lower Esper", Consent: true}, d.promises[1],
		civic.Text{{Lang: "fr", Text: "Il faut aussi les délais pour les soins à domicile."}})
	d.contribute("citizen", civic.Way{Channel: civic.Web}, "", civic.Text{{Lang: "en", Text: "Please say who answers when a promise is not kept."}})
	d.on("2024-10-10")
	d.do(func() error {
		return d.app.AnswerContribution(d.ctx, poc, app.AnswerInput{Contribution: first, Decision: "adopted", Response: both(
			"Adopted: the tables go down to every school.", "Retenu : les tableaux iront jusqu’à chaque école.")})
	})
	d.do(func() error {
		return d.app.AnswerContribution(d.ctx, poc, app.AnswerInput{Contribution: second, Decision: "not", Response: both(
			"Not in this plan: care at home is run by municipalities, which do not count waiting times yet.",
			"Pas dans ce plan : les soins à domicile relèvent des communes, qui ne mesurent pas encore les délais.")})
	})
	d.step("feedback", "2024-10-10", "", both("Reasoned responses are published", "Publication des réponses motivées"))
}

func (d *director) contribute(name string, way civic.Way, about civic.CommitmentID, text civic.Text) civic.ContributionID {
	who := d.as(name)
	return make1(d, func() (civic.ContributionID, error) {
		return d.app.Contribute(d.ctx, who, app.ContributionInput{Plan: string(d.plan), Commitment: string(about), Text: text, Way: way})
	})
}

// adoption makes the baseline, and the Support Unit gives the commitments their IDs.
func (d *director) adoption() {
	poc, su := d.as("poc"), d.as("su")
	d.on("2024-11-20")
	d.do(func() error {
		return d.app.MovePlan(d.ctx, poc, d.plan, app.PlanMove{To: civic.AdoptedStage, On: "2024-11-20", By: "Cabinet of Esperia"})
	})
	d.step("adoption", "2024-11-20", "", both("The cabinet adopts the plan", "Le gouvernement adopte le plan"))
	d.on("2024-12-03")
	for i, c := range d.promises {
		d.do(func() error { return d.app.AssignID(d.ctx, su, c, "XEP000"+string(rune('1'+i))) })
	}
	d.do(func() error {
		return d.app.SetPeriods(d.ctx, poc, d.plan, civic.SuggestPeriods("2025-01-01", "2026-12-31"), nil)
	})
	d.on("2025-01-02")
	d.do(func() error {
		return d.app.MovePlan(d.ctx, poc, d.plan, app.PlanMove{To: civic.Implementation, On: "2025-01-01", By: "Cabinet of Esperia"})
	})
}

// paper keeps a small text file as a document and returns its ID.
func (d *director) paper(name, content string, doc civic.Document) civic.DocumentID {
	who := d.as("poc")
	file := make1(d, func() (civic.File, error) { return d.app.KeepFile(d.ctx, who, name, strings.NewReader(content)) })
	doc.Member, doc.File, doc.Demo = d.member, &file, true
	return make1(d, func() (civic.DocumentID, error) { return d.app.KeepDocument(d.ctx, who, doc, 0) })
}

func (d *director) step(kind, start, end string, title civic.Text) {
	who := d.as("poc")
	d.do(func() error {
		_, err := d.app.KeepStep(d.ctx, who, civic.Step{Member: d.member, Plan: d.plan, Kind: kind, Title: title, Start: start, End: end, Demo: true}, 0)
		return err
	})
}

// meeting records a meeting with its minutes.
func (d *director) meeting(who civic.Caller, kind, on string, title, decided civic.Text) {
	d.minutes++
	m := civic.Meeting{Member: d.member, Plan: d.plan, Kind: kind, On: on, Title: title, Decided: decided,
		Where: "Old Customs House", Channel: civic.InPerson, Government: 5, Civil: 7, Others: 1, Demo: true}
	id := make1(d, func() (civic.MeetingID, error) { return d.app.KeepMeeting(d.ctx, who, m, 0) })
	name := "minutes-" + on + ".txt"
	d.paper(name, "Minutes of "+on+": "+decided[0].Text, civic.Document{Plan: d.plan, Meeting: id, Kind: "minutes",
		Title: both("Minutes of "+on, "Procès-verbal du "+on), Dated: on})
}
