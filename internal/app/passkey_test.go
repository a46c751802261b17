package app

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"avow/internal/civic"
)

const passkeySite = "https://avow.example"

// device is an authenticator that does what the standard says (WebAuthn level 3),
// unless a test makes it lie.
type device struct {
	key     *ecdsa.PrivateKey
	id      []byte
	user    []byte
	counter uint32
	origin  string
	party   string
	flags   byte // user present 1, verified 4, can be backed up 8, is backed up 16
}

func newDevice(t *testing.T) *device {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	id := make([]byte, 32)
	if _, err := rand.Read(id); err != nil {
		t.Fatal(err)
	}
	return &device{key: key, id: id, origin: passkeySite, party: "avow.example", flags: 1 | 4 | 8 | 16}
}

type passkeyOptions struct {
	Challenge string
	User      struct{ ID string }
}

func (d *device) read(t *testing.T, options string) passkeyOptions {
	t.Helper()
	var o passkeyOptions
	if err := json.Unmarshal([]byte(options), &o); err != nil || o.Challenge == "" {
		t.Fatalf("%q: %v", options, err)
	}
	return o
}

func (d *device) client(kind, challenge string) []byte {
	b, _ := json.Marshal(map[string]any{"type": "webauthn." + kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	return b
}

func (d *device) data(flags byte) []byte {
	party := sha256.Sum256([]byte(d.party))
	d.counter++
	return binary.BigEndian.AppendUint32(append(party[:], flags), d.counter)
}

func (d *device) answer(response map[string]any) string {
	b, _ := json.Marshal(map[string]any{"id": credentialID(d.id), "rawId": credentialID(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response})
	return string(b)
}

// makes answers to a request for a new passkey, without attestation.
func (d *device) makes(t *testing.T, options string) string {
	t.Helper()
	o := d.read(t, options)
	var err error
	if d.user, err = base64.RawURLEncoding.DecodeString(o.User.ID); err != nil {
		t.Fatal(err)
	}
	point, err := d.key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	data := append(d.data(d.flags|0x40), make([]byte, 16)...)
	data = append(binary.BigEndian.AppendUint16(data, uint16(len(d.id))), d.id...)
	data = append(data, 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32) // COSE: EC2, ES256, P-256, x, y
	data = append(append(append(data, point[1:33]...), 0x22, 0x58, 32), point[33:]...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"), byte(len(data)))
	return d.answer(map[string]any{"clientDataJSON": credentialID(d.client("create", o.Challenge)), "attestationObject": credentialID(append(object, data...))})
}

// uses answers to a request to sign in.
func (d *device) uses(t *testing.T, options string) string {
	t.Helper()
	client := d.client("get", d.read(t, options).Challenge)
	data := d.data(d.flags)
	digest := sha256.Sum256(client)
	signed := sha256.Sum256(append(append([]byte{}, data...), digest[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, signed[:])
	if err != nil {
		t.Fatal(err)
	}
	return d.answer(map[string]any{"clientDataJSON": credentialID(client), "authenticatorData": credentialID(data), "signature": credentialID(signature), "userHandle": credentialID(d.user)})
}

// addsPasskey gives an account a device.
func (d *mailDesk) addsPasskey(t *testing.T, who civic.Caller, session string, dev *device) (string, error) {
	t.Helper()
	ctx := context.Background()
	if err := d.BeginPasskey(ctx, who, session, passkeySite); err != nil {
		t.Fatal(err)
	}
	options, err := d.NewPasskeyOptions(ctx, session)
	if err != nil {
		t.Fatal(err)
	}
	return d.AddPasskey(ctx, who, session, passkeySite, "Phone", dev.makes(t, options))
}

// beginsPasskey asks for a challenge.
func (d *mailDesk) beginsPasskey(t *testing.T) (nonce, options string) {
	t.Helper()
	nonce, err := d.BeginPasskeySignIn(context.Background(), "", "/en/work", passkeySite)
	if err != nil {
		t.Fatal(err)
	}
	if options, err = d.PasskeySignInOptions(context.Background(), nonce); err != nil {
		t.Fatal(err)
	}
	return nonce, options
}

func TestAPasskeySignsInWithBothFactorsAtOnce(t *testing.T) {
	eachMailDesk(t, func(t *testing.T, d *mailDesk) {
		ctx := context.Background()
		who, session := d.signsIn(t, "ana@example.org")
		dev := newDevice(t)
		renewed, err := d.addsPasskey(t, who, session, dev)
		if err != nil {
			t.Fatal(err)
		}
		if d.caller(t, session).SignedIn() || !d.caller(t, renewed).Strong {
			t.Error("the session is not a new, strong one")
		}
		if f, err := d.FactorsOf(ctx, d.caller(t, renewed)); err != nil || len(f.Passkeys) != 1 || !f.Passkeys[0].Synced || f.Passkeys[0].Name != "Phone" {
			t.Errorf("%+v %v", f, err)
		}
		nonce, options := d.beginsPasskey(t)
		answer := dev.uses(t, options)
		_, err = d.SignInWithPasskey(ctx, passkeySite, answer, Arrival{Browser: strings.Repeat("A", len(nonce))})
		refusedWith(t, err, "passkey.over")
		in, err := d.SignInWithPasskey(ctx, passkeySite, answer, Arrival{Browser: nonce})
		if err != nil {
			t.Fatal(err)
		}
		if now := d.caller(t, in.Session); !now.Strong || now.Account != who.Account || in.To != "/en/work" {
			t.Errorf("%+v %+v", now, in)
		}
		_, err = d.SignInWithPasskey(ctx, passkeySite, answer, Arrival{Browser: nonce})
		refusedWith(t, err, "passkey.over")
		if err := d.RemovePasskey(ctx, d.caller(t, in.Session), credentialID(dev.id)); err != nil {
			t.Fatal(err)
		}
		nonce, options = d.beginsPasskey(t)
		_, err = d.SignInWithPasskey(ctx, passkeySite, dev.uses(t, options), Arrival{Browser: nonce})
		refusedWith(t, err, "passkey.refused")
	})
}

func TestAPasskeyThatDoesNotFitIsRefused(t *testing.T) {
	for what, lie := range map[string]func(*device){
		"another site":          func(d *device) { d.origin = "https://evil.example" },
		"another party":         func(d *device) { d.party = "evil.example" },
		"holder not asked":      func(d *device) { d.flags = 1 | 8 | 16 },
		"nobody there":          func(d *device) { d.flags = 8 | 16 },
		"somebody else's":       func(d *device) { d.user = []byte("another") },
		"unknown key":           func(d *device) { d.id = []byte("0123456789abcdef") },
		"another key":           func(d *device) { d.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) },
		"a copy that is behind": func(d *device) { d.counter = 0 },
	} {
		t.Run(what, func(t *testing.T) {
			d := mailDeskOver(openSQLite(t))
			who, session := d.signsIn(t, "ana@example.org")
			dev := newDevice(t)
			dev.counter = 7
			if _, err := d.addsPasskey(t, who, session, dev); err != nil {
				t.Fatal(err)
			}
			lie(dev)
			nonce, options := d.beginsPasskey(t)
			if in, err := d.SignInWithPasskey(context.Background(), passkeySite, dev.uses(t, options), Arrival{Browser: nonce}); civic.KindOf(err) != civic.Invalid {
				t.Errorf("%+v %v", in, err)
			}
		})
	}
}

func TestANewPasskeyThatDoesNotFitIsRefused(t *testing.T) {
	d := mailDeskOver(openSQLite(t))
	who, session := d.signsIn(t, "ana@example.org")
	for _, lie := range []func(*device){
		func(d *device) { d.origin = "https://evil.example" },
		func(d *device) { d.party = "evil.example" },
		func(d *device) { d.flags = 1 },
	} {
		dev := newDevice(t)
		lie(dev)
		if _, err := d.addsPasskey(t, who, session, dev); civic.KindOf(err) != civic.Invalid {
			t.Errorf("%v", err)
		}
	}
	if _, err := d.AddPasskey(context.Background(), who, session, passkeySite, "x", "no answer"); civic.KindOf(err) != civic.Invalid {
		t.Errorf("%v", err)
	}
	if err := d.BeginPasskey(context.Background(), who, session, passkeySite); err != nil {
		t.Fatal(err)
	}
	options, err := d.NewPasskeyOptions(context.Background(), session)
	if err != nil {
		t.Fatal(err)
	}
	d.at = d.at.Add(enrolLasts + time.Second)
	_, err = d.AddPasskey(context.Background(), who, session, passkeySite, "x", newDevice(t).makes(t, options))
	refusedWith(t, err, "passkey.over")
}

func TestPasskeysNeedANameAndALineThatNobodyReads(t *testing.T) {
	for address, want := range map[string]bool{"https://avow.example": true, "https://avow.example:8443": true, "http://localhost:8080": true,
		"http://avow.example": false, "http://127.0.0.1:8080": false, "https://10.0.0.1": false, "": false, "nothing": false} {
		if PasskeysAt(address) != want {
			t.Errorf("%s: %v", address, !want)
		}
	}
}

func FuzzAnAnswerOfADeviceIsTakenOrRefused(f *testing.F) {
	f.Add(`{}`)
	f.Add(`{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}`)
	d := mailDeskOver(openSQLite(f))
	nonce, err := d.BeginPasskeySignIn(context.Background(), "", "", passkeySite)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		if in, err := d.SignInWithPasskey(context.Background(), passkeySite, answer, Arrival{Browser: nonce}); civic.KindOf(err) != civic.Invalid {
			t.Errorf("%+v %v", in, err)
		}
	})
}
