package api

func (a *API) mountRepository() {}
