package cli_test

import (
	"regexp"
	"strings"
	"testing"
)

func TestASetupLinkIsPrintedAndNothingElse(t *testing.T) {
	eachPlace(t, func(t *testing.T, fresh func() place) {
		p := fresh()
		first := p.run(t, "setup-link", "--base-url", "https://avow.example")
		if first.code != 0 || first.stderr != "" || !regexp.MustCompile(`^https://avow\.example/en/setup\?token=[\w-]{43}\n$`).MatchString(first.stdout) {
			t.Fatalf("%+v", first)
		}
		second := p.run(t, "setup-link")
		if second.code != 0 || !strings.HasPrefix(second.stdout, "http://127.0.0.1:8080/en/setup?token=") || second.stdout == first.stdout {
			t.Errorf("%+v", second)
		}
	})
}
