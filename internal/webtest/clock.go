package webtest

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/pquerna/otp/totp"
)

// Clock is a clock that stands still until it is set. It never goes back.
type Clock struct {
	mutex sync.Mutex
	at    time.Time
}

// NewClock returns a clock that stands at a moment.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now gives the clock's moment.
func (c *Clock) Now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.at
}

// Set puts the clock forward.
func (c *Clock) Set(at time.Time) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if at.Before(c.at) {
		return fmt.Errorf("it is %s already", c.at.Format(time.DateTime))
	}
	c.at = at
	return nil
}

// code gives the one-time code of a secret. The clock is put forward first, so
// that no code is asked for twice.
func (w *World) code(secret string) (string, error) {
	if w.Clock == nil {
		return "", fmt.Errorf("a code needs a clock")
	}
	if err := w.Clock.Set(w.Clock.Now().Add(30 * time.Second)); err != nil {
		return "", err
	}
	return totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), w.Clock.Now())
}
