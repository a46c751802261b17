package tagging

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"

	"avow/internal/civic"
	"avow/internal/taxonomy"
)

// The file form of a model: eight bytes that say what it is and in which version,
// the CRC-32 of the rest, then the rest compressed (RFC 1951): numbers as varints,
// real numbers as their 32 bits, features as the distance to the one before.
const magic = "AVOWTAG1"

// Bounds of what is decoded, far above what is ever encoded.
const (
	mostLabels  = 2000
	mostBytes   = 64 << 20 // of a model, uncompressed
	mostNamed   = 64
	mostID      = 200
	mostWeights = 48 << 20
)

// Encode writes the model as it was trained, without what For changed. Equal models
// give equal bytes.
func (m *Model) Encode() ([]byte, error) {
	if m.origin != nil {
		m = m.origin
	}
	w := &writing{}
	w.number(uint64(m.lexicon))
	w.number(uint64(m.rows))
	w.real(m.byName[0], m.byName[1], m.usual)
	w.number(uint64(len(m.labels)))
	for _, l := range m.labels {
		w.number(uint64(len(l.id)))
		w.b = append(w.b, l.id...)
		learned := uint64(0)
		if l.learned {
			learned = 1
		}
		w.number(learned)
		w.number(uint64(l.positives))
		w.real(l.threshold, l.constant, l.scale, l.precision, l.recall)
		w.number(uint64(len(l.named)))
		for _, c := range l.named {
			w.number(uint64(c.concept))
			w.real(c.weight)
		}
		w.number(uint64(len(l.below)))
		for _, b := range l.below {
			w.number(uint64(b))
		}
	}
	s := m.space
	w.number(uint64(s.letters))
	w.number(uint64(len(s.keys)))
	for i, k := range s.keys {
		if i > 0 && i != int(s.letters) {
			k -= s.keys[i-1]
		}
		w.number(k)
	}
	w.number(uint64(len(s.rarity) - len(s.keys)))
	w.real(s.rarity...)
	for _, x := range m.weights {
		w.b = append(w.b, byte(x))
	}
	var out bytes.Buffer
	out.WriteString(magic)
	out.Write(make([]byte, 4))
	z, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(w.b); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	b := out.Bytes()
	binary.LittleEndian.PutUint32(b[len(magic):], crc32.ChecksumIEEE(b[len(magic)+4:]))
	return b, nil
}

type writing struct{ b []byte }

func (w *writing) number(n uint64) { w.b = binary.AppendUvarint(w.b, n) }

func (w *writing) real(xs ...float32) {
	for _, x := range xs {
		w.b = binary.LittleEndian.AppendUint32(w.b, math.Float32bits(x))
	}
}

// Decode reads a model. What is no model, damaged, or of another version of the
// program or its lexicon is a *civic.Error; memory is bounded whatever the bytes.
func Decode(b []byte) (*Model, error) {
	if len(b) < len(magic)+4 || string(b[:len(magic)-1]) != magic[:len(magic)-1] {
		return nil, damaged(errors.New("no model"))
	}
	if string(b[:len(magic)]) != magic {
		return nil, otherVersion()
	}
	if binary.LittleEndian.Uint32(b[len(magic):]) != crc32.ChecksumIEEE(b[len(magic)+4:]) {
		return nil, damaged(errors.New("checksum"))
	}
	z := flate.NewReader(bytes.NewReader(b[len(magic)+4:]))
	var plain bytes.Buffer
	if n, err := io.Copy(&plain, io.LimitReader(z, mostBytes+1)); err != nil || n > mostBytes {
		return nil, damaged(errors.Join(err, errors.New("length")))
	}
	r := &parsing{b: plain.Bytes()}
	if mark := r.number(math.MaxUint32); r.err == nil && uint32(mark) != words().mark {
		return nil, otherVersion()
	}
	m := r.model()
	if r.err == nil && len(r.b) > 0 {
		r.fail()
	}
	if r.err != nil {
		return nil, damaged(r.err)
	}
	return m, nil
}

func damaged(cause error) error {
	return &civic.Error{Kind: civic.Invalid, Key: "tagging.model.damaged", Cause: cause}
}

func otherVersion() error {
	return &civic.Error{Kind: civic.Invalid, Key: "tagging.model.other"}
}

// parsing reads forward; after a fault everything is zero.
type parsing struct {
	b   []byte
	err error
}

func (r *parsing) fail() {
	r.b = nil
	if r.err == nil {
		r.err = errors.New("out of bounds")
	}
}

// number reads a number up to most.
func (r *parsing) number(most uint64) uint64 {
	n, k := binary.Uvarint(r.b)
	if k <= 0 || n > most {
		r.fail()
		return 0
	}
	r.b = r.b[k:]
	return n
}

// real reads a real number, which must be finite.
func (r *parsing) real() float32 {
	b := r.take(4)
	if b == nil {
		return 0
	}
	x := math.Float32frombits(binary.LittleEndian.Uint32(b))
	if f := float64(x); math.IsNaN(f) || math.Abs(f) > 1e9 {
		r.fail()
		return 0
	}
	return x
}

func (r *parsing) take(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *parsing) model() *Model {
	m := &Model{lexicon: words().mark, space: &space{}}
	m.rows = int(r.number(math.MaxInt32))
	m.byName = [2]float32{r.real(), r.real()}
	m.usual = r.real()
	seen := map[taxonomy.ID]bool{}
	n := r.number(mostLabels)
	for range n {
		l := r.label(n)
		if r.err != nil || l.id == "" || seen[l.id] {
			r.fail()
			return nil
		}
		seen[l.id] = true
		m.labels = append(m.labels, l)
	}
	m.stride = len(m.labels)
	r.space(m.space)
	if size := m.space.size() * len(m.labels); r.err == nil && size <= mostWeights {
		if b := r.take(size); b != nil {
			m.weights = make([]int8, size)
			for i, x := range b {
				m.weights[i] = int8(x)
			}
		}
	} else {
		r.fail()
	}
	return m
}

func (r *parsing) label(labels uint64) label {
	l := label{id: taxonomy.ID(r.take(int(r.number(mostID))))}
	l.learned = r.number(1) == 1
	l.positives = int(r.number(math.MaxInt32))
	l.threshold, l.constant, l.scale, l.precision, l.recall = r.real(), r.real(), r.real(), r.real(), r.real()
	for range r.number(mostNamed) {
		if r.err != nil {
			break
		}
		c := spoken{concept: int(r.number(uint64(len(words().names) - 1)))}
		c.weight = r.real()
		l.named = append(l.named, c)
	}
	for range r.number(labels) {
		l.below = append(l.below, int32(r.number(labels-1)))
	}
	return l
}

func (r *parsing) space(s *space) {
	letters, n := r.number(MostFeatures), r.number(MostFeatures)
	if letters > n || n > uint64(len(r.b)) { // a feature takes a byte at least
		r.fail()
		return
	}
	s.letters = int32(letters)
	s.keys = make([]uint64, n)
	for i := range s.keys {
		k := r.number(math.MaxUint64)
		if i > 0 && i != int(letters) {
			k += s.keys[i-1]
		}
		s.keys[i] = k
	}
	if r.number(1<<16) != uint64(words().common) {
		r.fail()
		return
	}
	s.rarity = make([]float32, len(s.keys)+words().common)
	for i := range s.rarity {
		s.rarity[i] = r.real()
	}
	s.index()
	if len(s.at) != len(s.keys) {
		r.fail()
	}
}
