package api

func (a *API) mountHistory() {}
