package ledger

import (
	"crypto/rand"
	"strings"
	"testing"
)

func TestASignedCheckpointOpensWithItsKeyOnly(t *testing.T) {
	private, public, err := GenerateKey(rand.Reader, "avow/test")
	if err != nil {
		t.Fatal(err)
	}
	_, stranger, err := GenerateKey(rand.Reader, "avow/test")
	if err != nil {
		t.Fatal(err)
	}
	c := Checkpoint{Origin: "avow/test", Size: 12, Root: LeafHash([]byte("x"))}
	signed, err := Sign(c, private+"\n")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(signed), "avow/test\n12\n"+FormatHash(c.Root)+"\n\n— avow/test ") {
		t.Errorf("the note is\n%s", signed)
	}
	if back, err := OpenCheckpoint(signed, public+"\n"); err != nil || back != c {
		t.Errorf("it opened as %+v, %v", back, err)
	}
	if _, err := OpenCheckpoint(signed, stranger); err == nil {
		t.Error("it opened with another key")
	}
	if _, err := OpenCheckpoint([]byte(strings.Replace(string(signed), "12", "13", 1)), public); err == nil {
		t.Error("it opened after a change")
	}
	c.Origin = "avow/other"
	if _, err := Sign(c, private); err == nil {
		t.Error("a checkpoint of another log was signed")
	}
	if _, _, err := GenerateKey(rand.Reader, "two words"); err == nil {
		t.Error("a key was made for a name with a blank")
	}
}

const sampleCheckpoint = "avow/test\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

func TestACheckpointIsThreeLines(t *testing.T) {
	if c, err := ParseCheckpoint(sampleCheckpoint); err != nil || c.Text() != sampleCheckpoint || c.Size != 12 {
		t.Errorf("it was read as %+v, %v", c, err)
	}
	if c, err := ParseCheckpoint(sampleCheckpoint + "an extension\n"); err != nil || c.Size != 12 {
		t.Errorf("with an extension it was read as %+v, %v", c, err)
	}
	for _, bad := range []string{
		"", "avow/test\n12\n", "avow/test\n-1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "avow/test\n012\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
		"avow/test\n12\nAAAA\n", "\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", "a+b\n12\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
		strings.TrimSuffix(sampleCheckpoint, "\n"), strings.Replace(sampleCheckpoint, "12", "99999999999999999999", 1),
	} {
		if c, err := ParseCheckpoint(bad); err == nil {
			t.Errorf("%q was read as %+v", bad, c)
		}
	}
}

func TestAPublicKeyFollowsFromThePrivateOne(t *testing.T) {
	for range 50 {
		private, public, err := GenerateKey(rand.Reader, "avow/test")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := PublicKey(private + "\n"); err != nil || got != public {
			t.Fatalf("%s gave %s, %v, want %s", private, got, err, public)
		}
	}
	if got, err := PublicKey("PRIVATE+KEY+x"); err == nil {
		t.Errorf("half a key gave %s", got)
	}
}

func FuzzCheckpoint(f *testing.F) {
	f.Add(sampleCheckpoint)
	f.Add("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nx\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ParseCheckpoint(text)
		if err != nil {
			return
		}
		if !strings.HasPrefix(text, c.Text()) {
			t.Errorf("%q was read as %q", text, c.Text())
		}
	})
}

func FuzzInclusion(f *testing.F) {
	tree, stored, leaves := grow(f, 7)
	root, err := tree.Root()
	if err != nil {
		f.Fatal(err)
	}
	p, err := ProveInclusion(7, 5, leaves[5], Reader(blobsOf(stored)))
	if err != nil {
		f.Fatal(err)
	}
	var path []byte
	for _, h := range p.Path {
		path = append(path, h[:]...)
	}
	f.Add(int64(5), leaves[5], path)
	f.Add(int64(0), leaves[0], []byte{})
	f.Fuzz(func(t *testing.T, entry int64, leaf, path []byte) {
		q := Inclusion{Entry: entry, Leaf: leaf}
		for ; len(path) >= 32; path = path[32:] {
			q.Path = append(q.Path, TreeHash(path[:32]))
		}
		if q.Check(Checkpoint{Size: 7, Root: root}) == nil && string(leaf) != string(leaves[entry]) {
			t.Errorf("leaf %q was proved to be entry %d", leaf, entry)
		}
	})
}
