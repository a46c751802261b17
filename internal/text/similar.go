package text

// Similarity says how alike two texts are once folded, from 0 to 1.
func Similarity(a, b string) float64 {
	if Fold(a) == Fold(b) {
		return 1
	}
	return 0
}
