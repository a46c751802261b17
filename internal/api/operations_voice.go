package api

func (a *API) mountVoice() {}
