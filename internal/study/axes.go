package study

import (
	"math"
	"math/rand/v2"
)

// axes brings the vectors into d dimensions, those in which they differ most
// (latent semantic analysis: the first d right singular vectors, found by
// subspace iteration from a seeded start). Rows without words stay zero.
func axes(rows []vector, vocabulary, d int, seed uint64) [][]float64 {
	const rounds = 25
	source := rand.New(rand.NewPCG(seed, 1))
	q := matrix(vocabulary, d)
	for i := range q {
		for k := range q[i] {
			q[i][k] = source.NormFloat64()
		}
	}
	orthonormal(q)
	for range rounds {
		y := times(rows, q)
		z := matrix(vocabulary, d)
		for i, row := range rows {
			for j, w := range row.word {
				for k := range d {
					z[w][k] += row.weight[j] * y[i][k]
				}
			}
		}
		orthonormal(z)
		q = z
	}
	return times(rows, q)
}

func times(rows []vector, q [][]float64) [][]float64 {
	d := 0
	if len(q) > 0 {
		d = len(q[0])
	}
	y := matrix(len(rows), d)
	for i, row := range rows {
		for j, w := range row.word {
			for k := range d {
				y[i][k] += row.weight[j] * q[w][k]
			}
		}
	}
	return y
}

func matrix(rows, columns int) [][]float64 {
	m := make([][]float64, rows)
	cells := make([]float64, rows*columns)
	for i := range m {
		m[i] = cells[i*columns : (i+1)*columns]
	}
	return m
}

// orthonormal makes the columns of m perpendicular and of length 1 (Gram and
// Schmidt, twice over for exactness); a column that depends on the others becomes zero.
func orthonormal(m [][]float64) {
	if len(m) == 0 {
		return
	}
	for k := range m[0] {
		for range 2 {
			for before := range k {
				dot := 0.0
				for i := range m {
					dot += m[i][k] * m[i][before]
				}
				for i := range m {
					m[i][k] -= dot * m[i][before]
				}
			}
		}
		length := 0.0
		for i := range m {
			length += m[i][k] * m[i][k]
		}
		length = math.Sqrt(length)
		for i := range m {
			if length < 1e-9 {
				m[i][k] = 0
			} else {
				m[i][k] /= length
			}
		}
	}
}

// unit gives each row the length 1; rows of zeros stay.
func unit(rows [][]float64) {
	for _, r := range rows {
		length := math.Sqrt(dot(r, r))
		for k := range r {
			if length > 1e-9 {
				r[k] /= length
			} else {
				r[k] = 0
			}
		}
	}
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// plane draws points in two dimensions: their first two principal axes, on one
// scale from 0 to 1000 in both directions. Of the two directions of an axis it
// takes the one in which the point farthest out is positive. shown is how much of
// the differences the picture shows, per mille.
func plane(points [][]float64) (places []Point, shown int) {
	n := len(points)
	if n == 0 {
		return nil, 0
	}
	d := len(points[0])
	centred := matrix(n, d)
	for k := range d {
		mean := 0.0
		for i := range points {
			mean += points[i][k] / float64(n)
		}
		for i := range points {
			centred[i][k] = points[i][k] - mean
		}
	}
	spread := matrix(d, d)
	total := 0.0
	for _, p := range centred {
		for a := range d {
			total += p[a] * p[a]
			for b := range d {
				spread[a][b] += p[a] * p[b]
			}
		}
	}
	at := matrix(n, 2)
	held := 0.0
	for axis := range 2 {
		direction, value := principal(spread)
		held += value
		far := 0.0
		for i := range centred {
			at[i][axis] = dot(centred[i], direction)
			if math.Abs(at[i][axis]) > math.Abs(far)+1e-9 {
				far = at[i][axis]
			}
		}
		for i := range at {
			if far < 0 {
				at[i][axis] = -at[i][axis]
			}
		}
		for a := range d { // what is left without this axis
			for b := range d {
				spread[a][b] -= value * direction[a] * direction[b]
			}
		}
	}
	reach := 1e-9
	for _, p := range at {
		reach = max(reach, math.Abs(p[0]), math.Abs(p[1]))
	}
	places = make([]Point, n)
	for i, p := range at {
		places[i] = Point{int(math.Round(500 + 500*p[0]/reach)), int(math.Round(500 + 500*p[1]/reach))}
	}
	if total > 1e-9 {
		shown = min(1000, int(math.Round(1000*held/total)))
	}
	return places, shown
}

// principal finds the direction in which a symmetric matrix stretches most, and by
// how much, by power iteration from a fixed start.
func principal(m [][]float64) (direction []float64, value float64) {
	const rounds = 200
	d := len(m)
	v := make([]float64, d)
	for i := range v {
		v[i] = 1 / float64(i+1)
	}
	for range rounds {
		next := make([]float64, d)
		for a := range d {
			next[a] = dot(m[a], v)
		}
		length := math.Sqrt(dot(next, next))
		if length < 1e-12 {
			return make([]float64, d), 0
		}
		for a := range next {
			next[a] /= length
		}
		v, value = next, length
	}
	return v, value
}
