package text

// FoldedSimilarity says how alike two folded texts are, from 0 (nothing in
// common) to 1 (equal): twice the shared character trigrams over all trigrams of
// both (Dice's coefficient, each trigram as often as it occurs). It is symmetrical.
// Texts that differ so much in length that they cannot reach 0.5 are not
// compared and give 0.
func FoldedSimilarity(a, b string) float64 {
	if a == b {
		return 1
	}
	ra, rb := []rune(a), []rune(b)
	if len(ra) == 0 || len(rb) == 0 {
		return 0
	}
	if len(ra) > len(rb) {
		ra, rb = rb, ra
	}
	if na, nb := len(ra)+2, len(rb)+2; float64(2*na)/float64(na+nb) < 0.5 {
		return 0
	}
	left := make(map[[3]rune]int, len(ra)+2)
	trigrams(ra, func(g [3]rune) { left[g]++ })
	shared := 0
	trigrams(rb, func(g [3]rune) {
		if left[g] > 0 {
			left[g]--
			shared++
		}
	})
	return float64(2*shared) / float64(len(ra)+2+len(rb)+2)
}

// trigrams calls each with the len(r)+2 trigrams of r, padded at both ends.
func trigrams(r []rune, each func([3]rune)) {
	at := func(i int) rune {
		if i < 0 || i >= len(r) {
			return 0
		}
		return r[i]
	}
	for i := -2; i < len(r); i++ {
		each([3]rune{at(i), at(i + 1), at(i + 2)})
	}
}
