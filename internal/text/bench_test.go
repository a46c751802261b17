package text

import (
	"math/rand"
	"strings"
	"testing"
)

// benchTexts are 80-word texts drawn from the documents of the hard cases that
// are written with spaces, and one of a vocabulary that no cache can hold.
func benchTexts(b *testing.B, lang string) []string {
	b.Helper()
	words := strings.Fields("The ministry will publish the registers of beneficial owners of companies and agencies so that citizens journalists and " +
		"civil society organisations can check contracts budgets spending decisions complaints services results promised within two years across all regions")
	if lang == "es" {
		words = strings.Fields("El ministerio publicará los registros de beneficiarios finales de las empresas y creará mecanismos de participación " +
			"ciudadana en municipios regiones e instituciones públicas con información presupuestaria accesible auditorías años después según través")
	}
	r := rand.New(rand.NewSource(1))
	var out []string
	for range 64 {
		var doc []string
		for range 80 {
			doc = append(doc, words[r.Intn(len(words))])
		}
		out = append(out, strings.Join(doc, " "))
	}
	return out
}

// BenchmarkTokens is one document of 80 words; the aim is at most 150 µs.
func BenchmarkTokens(b *testing.B) {
	for _, lang := range []string{"en", "es"} {
		b.Run(lang, func(b *testing.B) {
			docs := benchTexts(b, lang)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				Tokens(docs[i%len(docs)], lang)
			}
		})
	}
	b.Run("each word new", func(b *testing.B) {
		docs := benchTexts(b, "es")
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			stems = &stemCache{seed: stems.seed}
			Tokens(docs[i%len(docs)], "es")
		}
	})
}

func BenchmarkFold(b *testing.B) {
	docs := benchTexts(b, "es")
	for i := 0; b.Loop(); i++ {
		Fold(docs[i%len(docs)])
	}
}

func BenchmarkQuery(b *testing.B) {
	for b.Loop() {
		Query("participación ciudadana en el presupuesto")
	}
}

func BenchmarkDetect(b *testing.B) {
	docs := benchTexts(b, "es")
	for i := 0; b.Loop(); i++ {
		Detect(docs[i%len(docs)], nil)
	}
}

func BenchmarkSimilarity(b *testing.B) {
	docs := benchTexts(b, "en")
	for i := 0; b.Loop(); i++ {
		similarity(docs[i%len(docs)], docs[(i+1)%len(docs)])
	}
}
