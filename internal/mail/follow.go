package mail

import "avow/internal/i18n"

// Digest is the data of a letter that tells what changed.
type Digest struct {
	Name   string        `json:"name"` // of what is followed
	Weekly bool          `json:"weekly,omitempty"`
	Count  int           `json:"count"` // of all that changed
	Places []DigestPlace `json:"places"`
	More   int           `json:"more,omitempty"` // of those, not told here
	Stop   string        `json:"stop"`           // address that ends the letters
}

// DigestPlace is something that changed, with the sentences that tell how.
type DigestPlace struct {
	Name  string   `json:"name"`
	URL   string   `json:"url"`
	Lines []string `json:"lines"`
}

func digest(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[Digest](data)
	if err != nil {
		return Letter{}, err
	}
	l := Letter{Subject: p.N("mail.digest.subject", d.Count, "name", d.Name), Unsubscribe: d.Stop}
	lead := "mail.digest.daily"
	if d.Weekly {
		lead = "mail.digest.weekly"
	}
	l.Blocks = append(l.Blocks, Block{Text: p.T(lead, "name", d.Name)})
	for _, place := range d.Places {
		l.Blocks = append(l.Blocks, Block{Heading: place.Name})
		items := make([]Item, len(place.Lines))
		for i, text := range place.Lines {
			items[i] = Item{Text: text}
		}
		l.Blocks = append(l.Blocks, Block{Items: items}, Block{Link: Link{p.T("mail.digest.history"), place.URL}})
	}
	if d.More > 0 {
		l.Blocks = append(l.Blocks, Block{Text: p.N("mail.digest.more", d.More)})
	}
	l.Blocks = append(l.Blocks, Block{Text: p.T("mail.digest.why", "name", d.Name)}, Block{Link: Link{p.T("mail.digest.stop"), d.Stop}})
	return l, nil
}

// Follow is the data of a letter that asks whether somebody wants to be told.
type Follow struct {
	Name   string `json:"name"`
	Weekly bool   `json:"weekly,omitempty"`
	Link   string `json:"link"`
	Days   int    `json:"days"` // for which the link works
}

func follow(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[Follow](data)
	if err != nil {
		return Letter{}, err
	}
	often := "mail.follow.daily"
	if d.Weekly {
		often = "mail.follow.weekly"
	}
	return Letter{Subject: p.T("mail.follow.subject", "name", d.Name), Blocks: []Block{
		{Text: p.T("mail.follow.asked", "name", d.Name)}, {Text: p.T(often)},
		{Link: Link{p.T("mail.follow.link"), d.Link}},
		{Text: p.N("mail.follow.lasts", d.Days)}, {Text: p.T("mail.follow.not_you")},
	}}, nil
}

// Reminder is the data of a letter about reports that are due.
type Reminder struct {
	Plan     string         `json:"plan"`
	Period   string         `json:"period"`
	Due      string         `json:"due"`  // YYYY-MM-DD
	Days     int            `json:"days"` // until then; below 0 after it
	Reports  []ReminderItem `json:"reports"`
	More     int            `json:"more,omitempty"`
	Settings string         `json:"settings"` // address on which reminders end
}

// ReminderItem is a report that has not come.
type ReminderItem struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

func remind(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[Reminder](data)
	if err != nil {
		return Letter{}, err
	}
	n := len(d.Reports) + d.More
	key, days := "mail.remind.due", d.Days
	if d.Days < 0 {
		key, days = "mail.remind.late", -d.Days
	}
	l := Letter{Subject: p.N(key+".subject", n, "period", d.Period, "plan", d.Plan, "date", p.CivilDate(d.Due)), Blocks: []Block{
		{Text: p.N(key, days, "period", d.Period, "plan", d.Plan, "date", p.CivilDate(d.Due))}}}
	var items []Item
	for _, r := range d.Reports {
		items = append(items, Item{Text: r.Text, URL: r.URL})
	}
	l.Blocks = append(l.Blocks, Block{Items: items})
	if d.More > 0 {
		l.Blocks = append(l.Blocks, Block{Text: p.N("mail.digest.more", d.More)})
	}
	l.Blocks = append(l.Blocks, Block{Text: p.T("mail.remind.once")}, Block{Link: Link{p.T("mail.remind.settings"), d.Settings}})
	return l, nil
}

// HookEnded is the data of a letter about a webhook that was turned off.
type HookEnded struct {
	URL   string `json:"url"`
	Days  int    `json:"days"`
	Hooks string `json:"hooks"` // address of the page of webhooks
}

func hookEnded(p *i18n.Printer, data []byte) (Letter, error) {
	d, err := from[HookEnded](data)
	if err != nil {
		return Letter{}, err
	}
	return Letter{Subject: p.T("mail.hook.subject"), Blocks: []Block{
		{Text: p.N("mail.hook.text", d.Days)}, {Code: d.URL}, {Text: p.T("mail.hook.lost")}, {Link: Link{p.T("mail.hook.link"), d.Hooks}},
	}}, nil
}
