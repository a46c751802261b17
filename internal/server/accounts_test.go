package server

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"avow/internal/civic"
	"avow/internal/config"
	"avow/internal/store/storetest"
)

func TestAnAdministratorBlocksAnAccountAndLetsItInAgain(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	cast := g.cast(t)
	admin, citizen := named(t, cast, "admin"), named(t, cast, "citizen")
	page := body(t, g.by(admin, "GET", "/en/work/accounts?mail=citizen", nil))
	if !strings.Contains(page, citizen.mail) || strings.Contains(page, "poc@") {
		t.Errorf("a search for citizen: %s", page)
	}
	send := func(what string, account civic.AccountID, want int) {
		t.Helper()
		if res := g.by(admin, "POST", "/en/work/accounts/"+what, url.Values{"account": {string(account)}}); res.StatusCode != want {
			t.Errorf("%s answers %d: %s", what, res.StatusCode, body(t, res))
		}
	}
	send("block", citizen.account, http.StatusSeeOther)
	if res := g.by(citizen, "GET", "/en/account", nil); res.StatusCode == http.StatusOK {
		t.Error("a blocked account is let in")
	}
	send("unblock", citizen.account, http.StatusSeeOther)
	send("reset", named(t, cast, "forum").account, http.StatusSeeOther)
	send("block", admin.account, http.StatusConflict)
	send("block", "nobody", http.StatusNotFound)
	for _, p := range []player{nobody, named(t, cast, "poc"), named(t, cast, "su")} {
		if res := g.by(p, "GET", "/en/work/accounts", nil); res.StatusCode == http.StatusOK {
			t.Errorf("%s sees accounts", p.name)
		}
	}
}

func TestSomebodyClosesTheirAccountWithOneClearYes(t *testing.T) {
	g := openGate(t, storetest.SQLite(t), config.Config{BaseURL: public})
	p := named(t, g.cast(t), "reporter-a")
	if res := g.by(p, "POST", "/en/account/close", url.Values{}); res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without a yes: %d", res.StatusCode)
	}
	before := len(g.entries(t))
	res := g.by(p, "POST", "/en/account/close", url.Values{"sure": {"yes"}})
	if res.StatusCode != http.StatusSeeOther || !strings.Contains(strings.Join(res.Header["Set-Cookie"], " "), "Max-Age=0") {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
	if res := g.by(p, "GET", "/en/account", nil); res.StatusCode == http.StatusOK {
		t.Error("the account is still there")
	}
	if n := len(g.entries(t)) - before; n != 1 {
		t.Errorf("the record says %d things", n)
	}
}
