package httpx

import "net/http"

// ContentPolicy allows a page our own stylesheet, pictures and form targets, and
// nothing else: no script, no inline style, no frame, no third party.
const ContentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// SecurityHeaders sets the headers that every answer carries. hsts is for
// installations whose public address is HTTPS.
func SecurityHeaders(h http.Header, hsts bool) {
	h.Set("Content-Security-Policy", ContentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if hsts {
		h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
	}
}

// AllowScript lets one page run our own scripts, which passkeys need.
func AllowScript(h http.Header) {
	h.Set("Content-Security-Policy", ContentPolicy+"; script-src 'self'; connect-src 'self'")
}
