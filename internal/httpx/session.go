package httpx

import (
	"net/http"
	"strings"
	"time"
)

// sessionCookie names the cookie of a session. Behind HTTPS its prefix makes
// browsers refuse one that another host or an open line set.
func sessionCookie(secure bool) string {
	if secure {
		return "__Host-avow"
	}
	return "avow"
}

// SessionToken gives the token of the request's session, "" when it has none.
func SessionToken(r *http.Request, secure bool) string {
	c, err := r.Cookie(sessionCookie(secure))
	if err != nil {
		return ""
	}
	return c.Value
}

// SetSession gives the browser a session; an empty token takes it away. The
// cookie is for requests alone, never for scripts, and comes along when a link in
// a mail is followed.
func SetSession(w http.ResponseWriter, secure bool, token string, lasts time.Duration) {
	c := &http.Cookie{Name: sessionCookie(secure), Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(lasts.Seconds())}
	if token == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// browserCookie names the cookie that binds what a browser asked for to it.
func browserCookie(secure bool) string { return sessionCookie(secure) + "-browser" }

// BrowserNonce gives the nonce of the browser, "" when it has none.
func BrowserNonce(r *http.Request, secure bool) string {
	c, err := r.Cookie(browserCookie(secure))
	if err != nil {
		return ""
	}
	return c.Value
}

// SetBrowserNonce gives the browser a nonce for a while; an empty one takes it
// away. It comes along when a link in a mail is followed.
func SetBrowserNonce(w http.ResponseWriter, secure bool, nonce string, lasts time.Duration) {
	c := &http.Cookie{Name: browserCookie(secure), Value: nonce, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
		MaxAge: int(lasts.Seconds())}
	if nonce == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// BearerToken gives the token of an Authorization header (RFC 6750), "" when there is none.
func BearerToken(r *http.Request) string {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
