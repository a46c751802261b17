package review

import (
	"slices"
	"testing"

	"avow/internal/civic"
)

func draftIn(lang, title, promise, milestone string) civic.Commitment {
	in := func(s string) civic.Text { return civic.Text{{Lang: lang, Text: s}} }
	return civic.Commitment{Title: in(title), Text: in(promise), End: civic.When{Date: "2027-06-30"},
		Milestones: []civic.Milestone{{Kind: "milestone", Title: in(milestone), Due: civic.When{Date: "2026-12-31"}, Lead: "Ministry"}}}
}

func keysOf(d Drafting) []string {
	var out []string
	for _, f := range d.Findings {
		out = append(out, f.Key)
	}
	return out
}

func finding(d Drafting, key string) (Finding, bool) {
	i := slices.IndexFunc(d.Findings, func(f Finding) bool { return f.Key == key })
	if i < 0 {
		return Finding{}, false
	}
	return d.Findings[i], true
}

func TestAPortalAloneIsModestAndSaysWhich(t *testing.T) {
	for lang, c := range map[string]civic.Commitment{
		"en": draftIn("en", "Budget portal", "We will launch a portal with budget data for citizens.", "The portal is launched"),
		"fr": draftIn("fr", "Portail du budget", "Nous mettrons en ligne un portail avec les données du budget pour les citoyens.", "Le portail est lancé"),
		"es": draftIn("es", "Portal del presupuesto", "Lanzaremos un portal con los datos del presupuesto para la ciudadanía.", "El portal está publicado"),
		"ar": draftIn("ar", "بوابة الميزانية", "سنطلق بوابة فيها بيانات الميزانية للمواطنين.", "إطلاق البوابة"),
	} {
		d := CheckDraft(c, []string{lang})
		f, ok := finding(d, "drafting.modest")
		if !ok || len(f.Words) == 0 {
			t.Errorf("%s: %q", lang, keysOf(d))
		}
		if !slices.Contains(d.Values, "participation") {
			t.Errorf("%s: the citizens are overlooked: %q", lang, d.Values)
		}
		if _, ok := finding(d, "drafting.no_deliverable"); ok {
			t.Errorf("%s: a portal is a deliverable", lang)
		}
	}
}

func TestARuleThatBindsIsNotModest(t *testing.T) {
	for lang, c := range map[string]civic.Commitment{
		"en": draftIn("en", "Budget portal", "A regulation obliges every ministry to publish its budget on the portal.", "The regulation is adopted"),
		"fr": draftIn("fr", "Portail du budget", "Un décret oblige chaque ministère à publier son budget sur le portail.", "Le décret est adopté"),
		"es": draftIn("es", "Portal del presupuesto", "Un decreto obliga a cada ministerio a publicar su presupuesto en el portal.", "El decreto está aprobado"),
		"ar": draftIn("ar", "بوابة الميزانية", "يلزم مرسوم كل وزارة بنشر ميزانيتها على البوابة.", "اعتماد المرسوم"),
	} {
		d := CheckDraft(c, []string{lang})
		if _, ok := finding(d, "drafting.modest"); ok || len(d.Lasting) == 0 {
			t.Errorf("%s: %q lasting %q", lang, keysOf(d), d.Lasting)
		}
	}
}

func TestTechnologyWithoutAnOpenGovernmentLensIsAskedForIt(t *testing.T) {
	for lang, c := range map[string]civic.Commitment{
		"en": draftIn("en", "Cloud", "A new cloud software automates payroll.", "The software is tested"),
		"fr": draftIn("fr", "Logiciel", "Un nouveau logiciel automatise la paie.", "Le logiciel est testé"),
		"es": draftIn("es", "Software", "Un nuevo software en la nube automatiza la nómina.", "El software está probado"),
		"ar": draftIn("ar", "نظام", "نظام رقمي جديد لصرف الرواتب.", "إطلاق النظام"),
	} {
		f, ok := finding(CheckDraft(c, []string{lang}), "drafting.technology")
		if !ok || len(f.Words) == 0 {
			t.Errorf("%s: %+v", lang, f)
		}
	}
	explained := draftIn("en", "Cloud", "A new cloud software automates payroll.", "The software is tested")
	explained.Template = &civic.Template{Accountability: civic.Text{{Lang: "en", Text: "Every payment can be contested."}}}
	if d := CheckDraft(explained, nil); !slices.Equal(d.Values, []string{"accountability"}) || slices.Contains(keysOf(d), "drafting.technology") {
		t.Errorf("%q %q", d.Values, keysOf(d))
	}
}

func TestWhatCannotBeVerifiedIsAskedForDeliverablesAndDates(t *testing.T) {
	empty := civic.Commitment{Title: civic.Text{{Lang: "en", Text: "Openness"}}}
	if d := CheckDraft(empty, []string{"en"}); !slices.Contains(keysOf(d), "drafting.no_milestones") {
		t.Errorf("%q", keysOf(d))
	}
	c := draftIn("en", "Openness", "We will promote and strengthen openness.", "Strengthen capacities")
	c.Milestones[0].Due, c.Milestones[0].Lead = civic.When{}, ""
	d := CheckDraft(c, []string{"en", "fr"})
	for _, want := range []string{"drafting.undated", "drafting.nobody", "drafting.no_deliverable", "drafting.vague", "drafting.translation"} {
		if !slices.Contains(keysOf(d), want) {
			t.Errorf("%s is not asked: %q", want, keysOf(d))
		}
	}
	if f, _ := finding(d, "drafting.no_deliverable"); !slices.Equal(f.Words, []string{"Strengthen"}) || f.Count != 1 {
		t.Errorf("%+v", f)
	}
	c.Milestones[0].Due = civic.When{Date: "2028-01-31"}
	if d := CheckDraft(c, nil); !slices.Contains(keysOf(d), "drafting.after_end") {
		t.Errorf("%q", keysOf(d))
	}
}

func TestATextInALanguageThatIsNotKnownIsAskedOnlyWhatNeedsNoWords(t *testing.T) {
	c := draftIn("ka", "ბიუჯეტი", "ჩვენ გამოვაქვეყნებთ ბიუჯეტს.", "პორტალი")
	for _, key := range keysOf(CheckDraft(c, []string{"ka"})) {
		if slices.Contains([]string{"drafting.modest", "drafting.vague", "drafting.no_deliverable", "drafting.lasting", "drafting.technology"}, key) {
			t.Errorf("%s was found in a language that is not known", key)
		}
	}
}

func FuzzADraftIsReadWithoutHarm(f *testing.F) {
	f.Add("en", "A portal", "We publish.")
	f.Add("ar", "بوابة", "نشر")
	f.Add("und", "\x00", "-’")
	f.Fuzz(func(t *testing.T, lang, title, promise string) {
		for _, found := range CheckDraft(draftIn(lang, title, promise, title), []string{lang, "fr"}).Findings {
			if found.Key == "" || len(found.Words) > 3*maxWords {
				t.Errorf("%+v", found)
			}
		}
	})
}
