package mail

import (
	"context"
	"time"

	"avow/internal/i18n"
)

// Office writes letters and sends them.
type Office struct {
	Words  *i18n.Set
	Sender Sender
}

// Post writes a letter of a kind from its data and sends it.
func (o Office) Post(ctx context.Context, id, to, lang, kind string, data []byte, at time.Time) error {
	m, err := Compose(id, to, kind, o.Words.For(lang), data, at)
	if err != nil {
		return err
	}
	return o.Sender.Send(ctx, m)
}
