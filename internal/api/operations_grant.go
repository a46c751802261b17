package api

func (a *API) mountGrant() {}
