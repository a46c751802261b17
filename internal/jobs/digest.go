package jobs

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"time"

	"avow/internal/app"
	"avow/internal/i18n"
	"avow/internal/mail"
	"avow/internal/tell"
)

// Digest makes the letters of those who follow something.
type Digest struct {
	App     *app.App
	Words   *i18n.Set
	Address string // of the site
	Now     func() time.Time
}

const (
	digestEvery = 10 * time.Minute
	digestLines = 12   // sentences in one letter
	digestRoom  = 6500 // of them, in bytes as mail writes them
	digestRead  = 50   // entries read at once
	digestBatch = 100  // letters written at once
	longestRest = 150 * time.Millisecond
)

// Task makes the letters of the day and of the week once each has begun.
func (d Digest) Task() Task { return Task{"digest", digestEvery, d.Run} }

// Run makes the letters that were not made yet.
func (d Digest) Run(ctx context.Context) error {
	for _, cadence := range app.Cadences {
		if _, err := d.Send(ctx, cadence); err != nil {
			return err
		}
	}
	return nil
}

// Send makes the letters of the present window of a cadence and returns how many
// wait now. What changed is read once for everybody.
func (d Digest) Send(ctx context.Context, cadence string) (sent int, err error) {
	window := app.Window(cadence, d.Now())
	for after := ""; ; {
		list, next, err := d.App.FollowsDue(ctx, cadence, window, after)
		if err != nil || len(list) == 0 {
			return sent, err
		}
		n, err := d.send(ctx, window, list)
		if sent += n; err != nil || next == "" {
			return sent, err
		}
		after = next
	}
}

// gathered is what one letter will tell: the newest lines and how many there were.
type gathered struct {
	lines []line
	count int
}

type line struct{ place, url, text string }

func (d Digest) send(ctx context.Context, window string, list []app.Followed) (sent int, err error) {
	all, position, err := d.gather(ctx, list)
	if err != nil {
		return 0, err
	}
	for from := 0; from < len(list); from += digestBatch {
		began := time.Now()
		var letters []app.Outgoing
		for i := from; i < min(from+digestBatch, len(list)); i++ {
			letter := app.Outgoing{Followed: list[i]}
			if all[i].count > 0 {
				if letter.Data, err = json.Marshal(d.letter(list[i], all[i])); err != nil {
					return sent, err
				}
			}
			letters = append(letters, letter)
		}
		n, err := d.App.SendDigests(ctx, window, position, letters)
		if sent += n; err != nil {
			return sent, err
		}
		rest(ctx, time.Since(began))
	}
	return sent, nil
}

// rest leaves the machine to those who read pages: twice as long as was worked,
// and not longer than a moment.
func rest(ctx context.Context, worked time.Duration) {
	timer := time.NewTimer(min(2*worked, longestRest))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// gather reads what changed since the first of the letters' positions and keeps
// for each letter what it will tell. Each sentence is said once in each language.
func (d Digest) gather(ctx context.Context, list []app.Followed) ([]gathered, int64, error) {
	watch, err := d.App.Watch(ctx, list)
	if err != nil {
		return nil, 0, err
	}
	head, err := d.App.Head(ctx)
	if err != nil {
		return nil, 0, err
	}
	all := make([]gathered, len(list))
	from := head.Size
	for _, f := range list {
		from = min(from, f.Position)
	}
	for from < head.Size {
		began := time.Now()
		sentences, next, err := d.App.ChangesSince(ctx, from, int(min(digestRead, head.Size-from)))
		if err != nil {
			return nil, 0, err
		}
		for _, s := range sentences {
			said := map[string]line{}
			watch.Each(s, func(i int) {
				f := list[i]
				if s.Entry < f.Position {
					return
				}
				l, known := said[f.Lang]
				if !known {
					l = d.say(f.Lang, s)
					said[f.Lang] = l
				}
				all[i].add(l)
			})
		}
		if next == from {
			break
		}
		from = next
		rest(ctx, time.Since(began))
	}
	return all, head.Size, nil
}

func (g *gathered) add(l line) {
	g.count++
	if len(g.lines) == digestLines {
		g.lines = append(g.lines[:0], g.lines[1:]...)
	}
	g.lines = append(g.lines, l)
}

func (d Digest) say(lang string, s app.Sentence) line {
	p := d.Words.For(lang)
	l := line{place: tell.Place(p, s.About, s.MemberName, s.PlanNumber), text: tell.Cut(tell.Say(p, s.Said()...), 420)}
	path := "/record/changes"
	if s.Path != "" {
		path = (&url.URL{Path: s.Path}).EscapedPath() + "/history"
	}
	l.url = d.Address + "/" + p.Code + path
	return l
}

// letter puts what was gathered in order: the newest first, under the things that
// it is about, as much as there is room for.
func (d Digest) letter(f app.Followed, g gathered) mail.Digest {
	p := d.Words.For(f.Lang)
	out := mail.Digest{Name: tell.Followed(p, f.Title), Weekly: f.Cadence == app.Weekly, Count: g.count}
	out.Stop = d.Address + "/" + p.Code + "/follow/stop?t=" + url.QueryEscape(f.Stop)
	room, told := digestRoom, 0
	for _, l := range slices.Backward(g.lines) {
		i := slices.IndexFunc(out.Places, func(b mail.DigestPlace) bool { return b.URL == l.url })
		need := weight(l.text)
		if i < 0 {
			need += weight(l.place) + len(l.url)
		}
		if room -= need; room < 0 && told > 0 {
			break
		}
		if i < 0 {
			i = len(out.Places)
			out.Places = append(out.Places, mail.DigestPlace{Name: l.place, URL: l.url})
		}
		out.Places[i].Lines = append(out.Places[i].Lines, l.text)
		told++
	}
	out.More = g.count - told
	return out
}

// weight is how many bytes a mail takes for a text: three for each byte that is not ASCII.
func weight(s string) int {
	n := len(s)
	for i := range len(s) {
		if s[i] >= 0x80 {
			n += 2
		}
	}
	return n
}
