package main

import (
	"math/rand/v2"
	"testing"
)

func TestSignedRanksTellAShiftFromChance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	var chance, shifted []float64
	for range signInPairs {
		v := random.NormFloat64()
		chance, shifted = append(chance, v), append(shifted, v+0.2)
	}
	if p := signedRanks(chance); p < 0.01 {
		t.Errorf("chance alone has p = %g", p)
	}
	if p := signedRanks(shifted); p > 0.001 {
		t.Errorf("a shift has p = %g", p)
	}
	if p := signedRanks([]float64{0, 0}); p != 1 {
		t.Errorf("no difference has p = %g", p)
	}
}
