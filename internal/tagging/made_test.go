package tagging

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// made is a table of n commitments of thirty members about four things, in English
// and Spanish, with some noise.
func made(n int) ([]Row, Task) {
	themes := []struct {
		id     taxonomy.ID
		en, es string
	}{
		{"open-data", "publish datasets portal machine readable formats reuse statistics download licence catalogue", "publicar conjuntos de datos portal formatos abiertos reutilizar estadísticas descarga licencia catálogo"},
		{"public-procurement", "tender contract supplier bidding purchase award procurement framework price evaluation", "licitación contrato proveedor compras adjudicación concurso precio pliego oferta contratación"},
		{"education", "school teacher pupil curriculum university classroom learning examination scholarship student", "escuela docente alumno currículo universidad aula aprendizaje examen beca estudiante"},
		{"water-sanitation", "water river drinking sewer pipe supply sanitation well reservoir pump", "agua río potable alcantarillado tubería suministro saneamiento pozo embalse bomba"},
	}
	filler := map[string]string{
		"en": "the government will improve work with people during next years and report about results every month through ministry",
		"es": "el gobierno va a mejorar el trabajo con las personas durante los próximos años e informar de resultados cada mes mediante ministerio",
	}
	random := rand.New(rand.NewPCG(7, 7))
	var task Task
	for _, t := range themes {
		task.Labels = append(task.Labels, Label{ID: t.id, Names: []string{strings.ReplaceAll(string(t.id), "-", " ")}})
	}
	rows := make([]Row, n)
	for i := range rows {
		lang := "en"
		if i%3 == 0 {
			lang = "es"
		}
		r := Row{Key: fmt.Sprint(i), Member: fmt.Sprint("M", i%30), Title: civic.Phrase{Lang: lang}, Text: civic.Phrase{Lang: lang}}
		var said []string
		for t, theme := range themes {
			if (i+t)%4 != 0 && random.IntN(8) > 0 {
				continue
			}
			r.Yes = append(r.Yes, theme.id)
			said = append(said, picked(random, map[string]string{"en": theme.en, "es": theme.es}[lang], 5)...)
		}
		r.Title.Text = strings.Join(said[:2], " ")
		r.Text.Text = strings.Join(append(said, picked(random, filler[lang], 12)...), " ")
		rows[i] = r
	}
	return rows, task
}

func picked(random *rand.Rand, from string, n int) []string {
	words := strings.Fields(from)
	out := make([]string, n)
	for i := range out {
		out[i] = words[random.IntN(len(words))]
	}
	return out
}

func english(s string) civic.Phrase { return civic.Phrase{Lang: "en", Text: s} }
