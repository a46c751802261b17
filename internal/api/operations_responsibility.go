package api

func (a *API) mountResponsibility() {}
