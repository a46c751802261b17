package app

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// secretBytes is how much chance is in a token.
const secretBytes = 32

// newSecret makes a token: 43 letters, digits, - and _.
func (a *App) newSecret() (string, error) {
	var raw [secretBytes]byte
	if _, err := io.ReadFull(a.random, raw[:]); err != nil {
		return "", fmt.Errorf("draw a token: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(raw[:]), nil
}

// isSecret reports whether s has the form of a token.
func isSecret(s string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	return err == nil && len(raw) == secretBytes
}

// digest is what is kept of a secret. what keeps the digests of one secret for
// several uses apart.
func digest(what string, parts ...string) []byte {
	h := sha256.New()
	for _, p := range append([]string{what}, parts...) {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(p)))
		h.Write(n[:])
		h.Write([]byte(p))
	}
	return h.Sum(nil)
}

func same(a, b []byte) bool { return len(a) > 0 && subtle.ConstantTimeCompare(a, b) == 1 }

// newCode makes a code of eight digits.
func (a *App) newCode() (string, error) {
	const most = 100_000_000
	for {
		var raw [4]byte
		if _, err := io.ReadFull(a.random, raw[:]); err != nil {
			return "", fmt.Errorf("draw a code: %w", err)
		}
		n := binary.BigEndian.Uint32(raw[:])
		if n < (1<<32-1)/most*most { // so that all codes are equally likely
			return fmt.Sprintf("%08d", n%most), nil
		}
	}
}

// typed is a code as somebody typed it: without blanks and dashes, its letters
// small, and digits of any script as 0 to 9.
func typed(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsDigit(r):
			for zero := r; ; zero-- { // digits of a script stand in a row
				if !unicode.IsDigit(zero-1) || r-zero == 9 {
					return '0' + r - zero
				}
			}
		case unicode.IsLetter(r):
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// seal hides a text from everybody who has not the secret.
func (a *App) seal(secret, text string) ([]byte, error) {
	box, err := box(secret)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, box.NonceSize())
	if _, err := io.ReadFull(a.random, nonce); err != nil {
		return nil, fmt.Errorf("draw a nonce: %w", err)
	}
	return box.Seal(nonce, nonce, []byte(text), nil), nil
}

// unseal is the opposite of seal.
func unseal(secret string, sealed []byte) (string, error) {
	box, err := box(secret)
	if err != nil {
		return "", err
	}
	if len(sealed) < box.NonceSize() {
		return "", errors.New("nothing is sealed")
	}
	text, err := box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], nil)
	return string(text), err
}

func box(secret string) (cipher.AEAD, error) {
	block, err := aes.NewCipher(digest("seal", secret))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
