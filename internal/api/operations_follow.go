package api

func (a *API) mountFollow() {}
