package tagging

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"reflect"
	"testing"

	"avow/internal/civic"
)

func TestADecodedModelSaysTheSame(t *testing.T) {
	rows, task := made(200)
	task.Labels[0].Below = append(task.Labels[0].Below, "education")
	m := trained(t, rows, task)
	b, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if one, two := m.Suggest(r.Title, r.Text), again.Suggest(r.Title, r.Text); !reflect.DeepEqual(one, two) {
			t.Fatalf("%v\n%v", one, two)
		}
	}
	if !reflect.DeepEqual(m.Reports(), again.Reports()) || again.Rows() != len(rows) {
		t.Error("the reports differ")
	}
	if c, err := again.Encode(); err != nil || !bytes.Equal(b, c) {
		t.Errorf("other bytes, %v", err)
	}
}

func TestWhatIsNoModelIsRefused(t *testing.T) {
	rows, task := made(60)
	b, err := trained(t, rows, task).Encode()
	if err != nil {
		t.Fatal(err)
	}
	changed := func(at int) []byte {
		c := bytes.Clone(b)
		c[at] ^= 1
		return c
	}
	for name, c := range map[string]struct {
		bytes []byte
		key   string
	}{
		"nothing":         {nil, "tagging.model.damaged"},
		"a text":          {[]byte("Tags for everybody, and a long text at that."), "tagging.model.damaged"},
		"half of it":      {b[:len(b)/2], "tagging.model.damaged"},
		"one bit":         {changed(len(b) / 2), "tagging.model.damaged"},
		"another version": {changed(len(magic) - 1), "tagging.model.other"},
		"another lexicon": {wrapped([]byte{1}), "tagging.model.other"},
	} {
		_, err := Decode(c.bytes)
		var told *civic.Error
		if !errors.As(err, &told) || told.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnEmptyTextBlownUpIsRefused(t *testing.T) {
	if _, err := Decode(wrapped(make([]byte, mostBytes+10))); err == nil {
		t.Error("taken")
	}
}

// wrapped makes a file of the plain bytes of a model.
func wrapped(plain []byte) []byte {
	var out bytes.Buffer
	z, _ := flate.NewWriter(&out, flate.BestSpeed)
	_, _ = z.Write(plain)
	_ = z.Close()
	b := binary.LittleEndian.AppendUint32([]byte(magic), crc32.ChecksumIEEE(out.Bytes()))
	return append(b, out.Bytes()...)
}

func plainOf(b []byte) []byte {
	var out bytes.Buffer
	_, _ = out.ReadFrom(flate.NewReader(bytes.NewReader(b[len(magic)+4:])))
	return out.Bytes()
}

// tiny is the smallest model that has something of everything.
func tiny() *Model {
	s := &space{keys: []uint64{feature('w', "water"), feature('c', "wat")}, letters: 1}
	s.rarity = append([]float32{1, 1}, make([]float32, words().common)...)
	s.index()
	m := &Model{space: s, stride: 2, rows: 9, byName: [2]float32{-2, 1}}
	m.labels = []label{{id: "a", learned: true, positives: 5, scale: 0.1, below: []int32{1}}, {id: "b", named: []spoken{{3, 1}}}}
	m.weights = make([]int8, s.size()*2)
	m.weights[0] = 127
	m.lexicon = words().mark
	return m
}

func FuzzDecode(f *testing.F) {
	b, err := tiny().Encode()
	if err != nil {
		f.Fatal(err)
	}
	plain := plainOf(b)
	f.Add(plain, false)
	f.Add(plain[:40], false)
	f.Add(b, true)
	f.Add([]byte{}, true)
	f.Fuzz(func(t *testing.T, b []byte, whole bool) {
		if !whole {
			b = wrapped(b)
		}
		m, err := Decode(b)
		if err != nil {
			return
		}
		m.Suggest(english("water and tender for every school"), english("publish the data"))
		if _, err := m.Encode(); err != nil {
			t.Error(err)
		}
	})
}

func TestTheShippedModelIsWhole(t *testing.T) {
	m := Shipped()
	if n := len(shippedFile); n > 8<<20 {
		t.Errorf("%d bytes", n)
	}
	if m.Rows() < 1000 || len(m.Tags()) < 80 {
		t.Errorf("%d rows, %d tags", m.Rows(), len(m.Tags()))
	}
	r := m.Suggest(english("Publish procurement contracts"), english("All tenders and contracts are published on a procurement portal in machine-readable formats."))
	if len(r.Suggestions) == 0 || r.Suggestions[0].Tag != "public-procurement" {
		t.Errorf("%+v", r)
	}
}
