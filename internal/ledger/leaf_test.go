package ledger

import (
	"strings"
	"testing"
)

func sample() Leaf {
	return Leaf{Kind: "commitment", ID: "01h", Number: 3, At: 1_700_000_000_000_000, Actor: "local-operator", Verb: "import", Edition: "ogp-2017",
		Commit: Commit([]byte("salt"), []byte("body"))}
}

const sampleText = `{"v":1,"kind":"commitment","id":"01h","number":3,"at":1700000000000000,"actor":"local-operator","verb":"import","edition":"ogp-2017",` +
	`"commit":"T4wy9aySVyR+3bdYcysA4Ipbda9aMXrUWkzO2pRweCE="}`

func TestALeafIsOneLineOfJSONWithFixedKeys(t *testing.T) {
	b, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != sampleText {
		t.Errorf("the leaf is\n%s, want\n%s", b, sampleText)
	}
	back, err := DecodeLeaf(b)
	if err != nil || back != sample() {
		t.Errorf("it came back as %+v, %v", back, err)
	}
}

func TestALeafIsReadInCanonicalFormOnly(t *testing.T) {
	for name, change := range map[string]func(string) string{
		"white space":          func(s string) string { return strings.Replace(s, `"at":`, `"at": `, 1) },
		"a line feed after it": func(s string) string { return s + "\n" },
		"keys in another order": func(s string) string {
			return strings.Replace(s, `"v":1,"kind":"commitment"`, `"kind":"commitment","v":1`, 1)
		},
		"a key twice":            func(s string) string { return strings.Replace(s, `"v":1`, `"v":1,"v":1`, 1) },
		"an unknown key":         func(s string) string { return strings.Replace(s, `"v":1`, `"v":1,"x":1`, 1) },
		"an escape":              func(s string) string { return strings.Replace(s, `import`, `\u0069mport`, 1) },
		"another case of a key":  func(s string) string { return strings.Replace(s, `"kind"`, `"Kind"`, 1) },
		"a later format":         func(s string) string { return strings.Replace(s, `"v":1`, `"v":2`, 1) },
		"a number below 1":       func(s string) string { return strings.Replace(s, `"number":3`, `"number":0`, 1) },
		"an empty edition":       func(s string) string { return strings.Replace(s, `ogp-2017`, ``, 1) },
		"base64 with stray bits": func(s string) string { return strings.Replace(s, `eCE=`, `eCF=`, 1) },
		"too many bytes":         func(s string) string { return s + strings.Repeat(" ", MaxLeaf) },
		"nothing":                func(string) string { return "" },
	} {
		if changed := change(sampleText); changed == sampleText {
			t.Errorf("%s: the test changes nothing", name)
		} else if _, err := DecodeLeaf([]byte(changed)); err == nil {
			t.Errorf("a leaf with %s was read", name)
		}
	}
}

func TestALeafRefusesNamesThatWouldNeedEscapes(t *testing.T) {
	for _, bad := range []string{"", `a"b`, `a\b`, "a\nb", "a\x00b", "a\xffb", "a\u2028b", strings.Repeat("x", 257)} {
		l := sample()
		l.Verb = bad
		if b, err := l.Encode(); err == nil {
			t.Errorf("verb %q was written as %s", bad, b)
		}
	}
	l := sample()
	l.Edition = "table-Σχέδιο δράσης"
	b, err := l.Encode()
	if back, err2 := DecodeLeaf(b); err != nil || err2 != nil || back != l {
		t.Errorf("a name in another script gave %+v, %v, %v", back, err, err2)
	}
}

func TestACommitmentDependsOnSaltAndBody(t *testing.T) {
	seen := map[Hash]bool{}
	for _, pair := range [][2]string{{"salt", "body"}, {"salt", "bodz"}, {"salu", "body"}, {"sal", "tbody"}} {
		seen[Commit([]byte(pair[0]), []byte(pair[1]))] = true
	}
	if len(seen) != 4 {
		t.Errorf("four pairs have %d commitments", len(seen))
	}
}

func FuzzLeaf(f *testing.F) {
	f.Add([]byte(sampleText))
	f.Add([]byte(`{"v":1}`))
	f.Add([]byte(`{"v":1,"kind":"ü","id":"<&>","number":1,"at":-5,"actor":"a","verb":"b","commit":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := DecodeLeaf(b)
		if err != nil {
			return
		}
		again, err := l.Encode()
		if err != nil || string(again) != string(b) {
			t.Errorf("%q was read and is written as %q, %v", b, again, err)
		}
	})
}
