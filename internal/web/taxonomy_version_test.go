package web_test

import (
	"strings"
	"testing"
)

func TestHowASettingWasDecidedStandsThereInTheWordsOfTheSet(t *testing.T) {
	h := changed(t)
	for lang, want := range map[string]string{
		"en": "The last sentence of the definition of Digital government: Stays as it was",
		"ar": "موضع الوسمين الجديدين (لا توضّح الدراسة أي وسم تقصد): تحت الحكومة الرقمية",
	} {
		page := h.read(t, "/"+lang+"/taxonomy/4")
		page.Says(want)
		if body := h.get("/" + lang + "/taxonomy/4").Body.String(); strings.Contains(body, "fifth-child") {
			t.Errorf("%s: the names of the settings are shown", lang)
		}
	}
}
