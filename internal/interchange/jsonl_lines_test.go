package interchange

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"avow/internal/civic"
)

// slowKeyTwice is keyTwice by the standard library's tokens.
func slowKeyTwice(raw []byte) string {
	d := json.NewDecoder(bytes.NewReader(raw))
	type level struct {
		keys  map[string]bool // nil in an array
		value bool            // the next token of an object is a value
	}
	var stack []level
	for {
		token, err := d.Token()
		if err != nil {
			return ""
		}
		if n := len(stack); n > 0 && stack[n-1].keys != nil && !stack[n-1].value {
			if key, ok := token.(string); ok {
				if stack[n-1].keys[key] {
					return key
				}
				stack[n-1].keys[key] = true
				stack[n-1].value = true
				continue
			}
		}
		switch token {
		case json.Delim('{'):
			stack = append(stack, level{keys: map[string]bool{}})
			continue
		case json.Delim('['):
			stack = append(stack, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
		}
		if n := len(stack); n > 0 {
			stack[n-1].value = false
		}
	}
}

func FuzzKeyTwiceIsWhatTheStandardLibraryFinds(f *testing.F) {
	for _, s := range []string{
		`{"a":1,"b":{"a":2,"c":[{"a":1},{"a":2}]},"a":3}`, `{"a":"a","b":["a","a"],"c":{"d":{},"d":1}}`, `{"\u0061":1,"a":2}`,
		`[{"x":"\"","x":1}]`, `{"a":[],"b":[[]],"a\\":1,"a\\":2}`, "{\"\xff\":1,\"\xfe\":2}", `{"":1,"":2}`, `{}`, `"a"`,
		"{" + strings.Repeat(`"k`, 1) + `":0` + manyDistinct(50) + `,"k49":1}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if !json.Valid(raw) {
			keyTwice(raw) // whatever it says, it ends
			return
		}
		if got, want := keyTwice(raw), slowKeyTwice(raw); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	})
}

func manyDistinct(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(`,"k` + string(rune('0'+i/10)) + string(rune('0'+i%10)) + `":0`)
	}
	return b.String()
}

func FuzzALineReadQuicklyIsTheSameAsReadSlowly(f *testing.F) {
	for line := range strings.Lines(string(rewrite(f, append(smallRecord(), everyOtherKind()...)))) {
		line = strings.TrimSpace(line)
		f.Add([]byte(line))
		f.Add([]byte(line + "}"))
		f.Add([]byte(strings.TrimSuffix(line, "}") + `,"x":{}}`))
		f.Add([]byte(strings.Replace(line, `"id"`, `"id":"","id"`, 1)))
	}
	d := newLineDecoder()
	good := []byte(strings.Split(string(smallJSONL(f)), "\n")[4])
	f.Fuzz(func(t *testing.T, raw []byte) {
		fast, fastIssue := d.subject(raw)
		slow, slowIssue := readSubject(raw)
		if !reflect.DeepEqual(fast, slow) || !reflect.DeepEqual(fastIssue, slowIssue) {
			t.Errorf("%q: %+v %+v, want %+v %+v", raw, fast, fastIssue, slow, slowIssue)
		}
		if s, issue := d.subject(good); issue != nil || s.SubjectID() != idCommitment {
			t.Errorf("after %q a good line gives %+v", raw, issue)
		}
	})
}

func TestLinesOfManyChunksStayInOrder(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(jsonlHeader + "\n")
	const n = 5*chunkLines + 7
	id := func(i int) string {
		return "01h" + strings.Repeat("0", 18) + string([]byte{'0' + byte(i/10000%10), '0' + byte(i/1000%10), '0' + byte(i/100%10), '0' + byte(i/10%10), '0' + byte(i%10)})
	}
	for i := range n {
		b.WriteString(`{"kind":"institution","subject":{"id":"` + id(i) + `","member":"` + idMember + `","name":[{"lang":"en","text":"Office"}]}}` + "\n")
		if i%100 == 0 {
			b.WriteString("nonsense\n")
		}
	}
	p, err := ParseJSONL(BytesInput("x", b.Bytes()))
	if err != nil || len(p.Subjects) != n || len(p.Refused) != n/100+1 || p.Records != n+n/100+1 {
		t.Fatalf("%v: %d subjects, %d refused, %d records", err, len(p.Subjects), len(p.Refused), p.Records)
	}
	for i, s := range p.Subjects {
		if s.(civic.Institution).ID != civic.InstitutionID(id(i)) || p.Lines[i] != 2+i+(i+99)/100 {
			t.Fatalf("subject %d is %s of line %d", i, s.SubjectID(), p.Lines[i])
		}
	}
	for i, r := range p.Refused {
		if r.Row != 3+101*i {
			t.Fatalf("refused row %d", r.Row)
		}
	}
}
