package i18n

import "testing"

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(Options{Pseudo: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkT(b *testing.B) {
	p := For("ar")
	for b.Loop() {
		_ = p.T("plan.period", "from", "٢٠١٢", "to", "٢٠١٤")
	}
}

func BenchmarkN(b *testing.B) {
	p := For("ar")
	for b.Loop() {
		_ = p.N("count.commitments", 1203)
	}
}
