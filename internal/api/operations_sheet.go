package api

func (a *API) mountSheet() {}
