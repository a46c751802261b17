package interchange

import (
	"strings"

	"avow/internal/civic"
	"avow/internal/text"
)

// spoken lists, besides English, the languages in which a member's plans are
// likely to be written. A member that is not here may use any.
var spoken = map[string][]string{}

func init() {
	for langs, members := range map[string]string{
		"es":       "Argentina,Buenos Aires,Chile,Colombia,Costa Rica,Dominican Republic,Ecuador,El Salvador,Guatemala,Honduras,Jalisco,Madrid,Mexico,Nuevo León,Panama,Paraguay,Peru,Santa Catarina,Uruguay,La Libertad",
		"es,ca,eu": "Spain,Basque Country,Catalonia,Aragón",
		"pt":       "Brazil,Portugal,Cabo Verde,São Paulo,Sao Paulo",
		"fr":       "Benin,Burkina Faso,Côte d'Ivoire,Cote d'Ivoire,France,Paris,Senegal",
		"fr,ar":    "Tunisia,Morocco",
		"ar":       "Jordan",
		"mk,sq":    "Macedonia,North Macedonia,FYR Macedonia",
		"sr":       "Serbia,Montenegro", "bg": "Bulgaria", "sk": "Slovak Republic,Slovakia", "cs": "Czech Republic,Czechia",
		"hy": "Armenia", "ka": "Georgia,Tbilisi", "ky,ru": "Kyrgyz Republic", "uk": "Ukraine", "mn": "Mongolia", "ro,ru": "Moldova", "ro": "Romania",
		"sq": "Albania,Kosovo", "lv": "Latvia", "lt": "Lithuania", "et": "Estonia", "de": "Germany", "it": "Italy", "el": "Greece", "hu": "Hungary",
		"hr": "Croatia", "fi,sv": "Finland", "sv": "Sweden", "no": "Norway", "da": "Denmark", "nl": "Netherlands", "ko": "South Korea,Korea, Republic of,Seoul",
		"id": "Indonesia,Bojonegoro", "az": "Azerbaijan", "tr": "Turkey", "he": "Israel", "ur": "Pakistan",
		"": "UK,United Kingdom,USA,United States,Ireland,Australia,New Zealand,Ghana,Kenya,Liberia,Malawi,Nigeria,Kaduna State,Sierra Leone,South Africa,Tanzania,Jamaica,Trinidad and Tobago,Papua New Guinea,Philippines,Malta,Scotland,Ontario,Austin,Elgeyo Marakwet,Sekondi-Takoradi",
	} {
		among := []string{"en"}
		if langs != "" {
			among = append(among, strings.Split(langs, ",")...)
		}
		for name := range strings.SplitSeq(members, ",") {
			spoken[strings.TrimSpace(name)] = among
		}
	}
	spoken["Canada"] = []string{"en", "fr"}
}

// languages fills in the languages of a row's texts: detected, and marked as
// guessed. A short text that does not tell takes the language of the full text.
func (r *rowParser) languages() {
	c := &r.draft.Commitment
	among := spoken[strings.TrimSpace(r.draft.Member.Name)]
	main := guess(c.Text, among, "")
	if main == "" {
		main = guess(c.Title, among, "")
	}
	guess(c.Title, among, main)
	guess(c.Short, among, main)
	guess(c.Theme, among, main)
}

// guess sets the language of a text and returns it; "" when nothing tells. With a
// fallback, the language of the row's full text, only that or English counts:
// plans give titles in one of the two, and a short title is easily misjudged.
func guess(t civic.Text, among []string, fallback string) string {
	if len(t) == 0 {
		return ""
	}
	if len(among) == 1 {
		t[0].Lang, t[0].Guessed = among[0], true
		return among[0]
	}
	lang, sure := text.Detect(plainBreaks.Replace(t[0].Text), among)
	if fallback != "" && lang != fallback && (!sure || lang != "en") {
		lang = fallback
	}
	if lang == "" || lang == civic.Undetermined {
		return ""
	}
	t[0].Lang, t[0].Guessed = lang, true
	return lang
}

var plainBreaks = strings.NewReplacer("<br/>", " ", "<br>", " ", "<br />", " ")
