package app

import (
	"bytes"
	"encoding/json"
	"testing"

	"avow/internal/civic"
)

func TestTheFieldsOfABodyAreThoseThatADecoderFinds(t *testing.T) {
	for _, s := range smallWorld() {
		body, err := civic.Encode(s)
		if err != nil {
			t.Fatal(err)
		}
		sameFields(t, body)
	}
	sameFields(t, []byte(`{"a":"x\\\"}","b\"":[{"c":"]}"},1,"\\"],"d":-1.5e3,"e":null,"f":{}}`))
	sameFields(t, []byte(`{}`))
}

func sameFields(t *testing.T, body []byte) {
	t.Helper()
	var want map[string]json.RawMessage
	if err := json.Unmarshal(body, &want); err != nil {
		t.Fatal(err)
	}
	found := 0
	err := eachField(body, func(name, value []byte) error {
		var plain string
		if err := json.Unmarshal(append(append([]byte{'"'}, name...), '"'), &plain); err != nil {
			return err
		}
		if found++; !bytes.Equal(want[plain], value) {
			t.Errorf("%s: got %s, want %s", plain, value, want[plain])
		}
		return nil
	})
	if err != nil || found != len(want) {
		t.Errorf("%s: %d of %d fields, %v", body, found, len(want), err)
	}
}

func FuzzFieldsOfABody(f *testing.F) {
	f.Add([]byte(`{"a":"x\\\"}","b":[{"c":"]}"},1],"d":-1.5e3}`))
	f.Add([]byte(`{"a"`))
	f.Add([]byte(`{"a":"\`))
	f.Add([]byte(`{"a":[`))
	f.Fuzz(func(t *testing.T, body []byte) {
		_ = eachField(body, func(_, _ []byte) error { return nil })
		var compact bytes.Buffer
		var fields map[string]json.RawMessage
		if json.Unmarshal(body, &fields) != nil || fields == nil {
			return
		}
		if err := json.Compact(&compact, body); err != nil {
			t.Fatal(err)
		}
		if err := eachField(compact.Bytes(), func(_, _ []byte) error { return nil }); err != nil {
			t.Errorf("%s: %v", compact.Bytes(), err)
		}
	})
}
