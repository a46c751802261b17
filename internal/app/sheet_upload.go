package app

import (
	"bytes"
	"context"

	"avow/internal/civic"
	"avow/internal/interchange"
)

// KeepSheet keeps an uploaded table of reports until it is confirmed, a day at
// most, and returns the name under which Sheet finds it.
func (a *App) KeepSheet(ctx context.Context, who civic.Caller, name string, content []byte) (string, error) {
	f, err := a.KeepFile(ctx, who, name, bytes.NewReader(content))
	return f.SHA256, err
}

// Sheet returns a table that was uploaded and waits to be confirmed. One that is
// no longer kept is NotFound: "sheet.upload_gone". Who may not report anywhere is refused.
func (a *App) Sheet(ctx context.Context, who civic.Caller, hash string) (interchange.Input, error) {
	if err := who.AskAnywhere(civic.MayReport); err != nil {
		return interchange.Input{}, err
	}
	gone := &civic.Error{Kind: civic.NotFound, Key: "sheet.upload_gone"}
	if !hashForm.MatchString(hash) {
		return interchange.Input{}, gone
	}
	content, err := a.store.FileContent(ctx, hash)
	if civic.KindOf(err) == civic.NotFound {
		return interchange.Input{}, gone
	}
	return interchange.BytesInput("upload", content), err
}
