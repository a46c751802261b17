// Command quality measures how well tags are suggested, by cross-validation over
// members on OGP's tables, beside two baselines. It is for `make quality` alone.
package main

import (
	"flag"
	"fmt"
	"os"
	"time"

	"avow/internal/civic"
	"avow/internal/tagging"
	"avow/internal/taxonomy"
)

func main() {
	folder := flag.String("tables", "../shared/data/ogp", "")
	only := flag.String("only", "", "")
	flag.Parse()
	var tables []table
	for _, e := range []string{"2017", "2024"} {
		t, err := readTable(*folder, e)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		tables = append(tables, t)
	}
	rows, task := together(tables)
	for _, t := range tables {
		tk := task
		tk.Labels = nil
		for _, id := range t.tags {
			tk.Labels = append(tk.Labels, tagging.Label{ID: id, Names: []string{t.names[id]}, Habit: t.edition})
		}
		for _, m := range []struct {
			name   string
			method tagging.Method
		}{{"knn", tagging.Neighbours}, {"lr", tagging.Regression}, {"ours", tagging.Learner}} {
			if *only != "" && *only != m.name {
				continue
			}
			t0 := time.Now()
			v, err := tagging.CrossValidate(m.method, rows, tk, t.edition, 10)
			if err != nil {
				fmt.Println(err)
				continue
			}
			fmt.Printf("%s %s micro %.4f %.3v macro %.4f %.3v ece %.3f p3 %.3f r10 %.3f tags %d dead %d %v %s\n", t.edition, m.name, v.MicroF1, v.MicroInterval(), v.MacroF1, v.MacroInterval(), v.Calibration, v.PrecisionAt, v.RecallAt, v.Tags, v.Dead, v.Languages, time.Since(t0).Round(time.Second))
		}
	}
}

var cross = map[string][]string{
	"Anti-corruption": {"Anti-Corruption and Integrity"}, "Conflicts of Interest": {"Conflicts Of Interest"}, "Asset disclosure": {"Asset Disclosure"},
	"Audits & Controls": {"Audits"}, "Whistleblower Protections": {"Whistleblower Protections"}, "Fiscal Openness": {"Fiscal Openness"},
	"Public Participation": {"Public Participation"}, "Public Procurement": {"Public Procurement"}, "Access to Information": {"Right To Information", "Access to information"},
	"Open Data": {"Open Data"}, "Elections & Political Finance": {"Political Finance"}, "Public Service Delivery": {"Public Service Delivery"},
	"Capacity Building": {"Capacity Building"}, "Legislation & Regulation": {"Legislation"}, "Private sector": {"Private Sector"}, "Legislature": {"Open Parliaments"},
	"Sub-national": {"Subnational"}, "Judiciary": {"Judiciary"}, "Media & Telecommunications": {"Media & Telecommunications"}, "Education": {"Education"},
	"Health & Nutrition": {"Health & Nutrition"}, "Citizenship & Immigration": {"Citizenship & Immigration"}, "Water & Sanitation": {"Water & Sanitation"},
	"Infrastructure": {"Infrastructure & Transport"}, "Public Safety": {"Security & Public Safety"}, "Natural Resources": {"Extractive Industries"}, "Aid": {"Aid"},
	"Labor": {"Labor"}, "Science & Technology": {"Science & Technology"}, "Gender & Sexuality": {"Gender"}, "Human Rights": {"Human Rights"},
	"Law Enforcement & Justice": {"Justice"}, "Marginalized Communities": {"Inclusion"},
	"Citizen Budgets": {"Publication Of Budget/Fiscal Information"}, "Participatory Budgeting": {"Public Participation In Budget/Fiscal Policy"}, "Social Audits": {"Social Accountability"},
	"E-government": {"Digital Transformation"},
}

func together(tables []table) ([]tagging.Row, tagging.Task) {
	task := tagging.Task{Asked: map[string][]taxonomy.ID{}}
	fw, bw := map[taxonomy.ID][]taxonomy.ID{}, map[taxonomy.ID][]taxonomy.ID{}
	for a, bs := range cross {
		for _, b := range bs {
			x, y := taxonomy.ID(civic.Slug(a)), taxonomy.ID(civic.Slug(b))
			if x != y {
				fw[x] = append(fw[x], y)
				bw[y] = append(bw[y], x)
			}
		}
	}
	var rows []tagging.Row
	for i, t := range tables {
		m := fw
		if i == 1 {
			m = bw
		}
		asked := append([]taxonomy.ID{}, t.tags...)
		for _, id := range t.tags {
			asked = append(asked, m[id]...)
		}
		task.Asked[t.edition] = asked
		for _, r := range t.rows {
			yes := append([]taxonomy.ID{}, r.Yes...)
			for _, id := range r.Yes {
				yes = append(yes, m[id]...)
			}
			r.Yes = yes
			rows = append(rows, r)
		}
	}
	return rows, task
}
