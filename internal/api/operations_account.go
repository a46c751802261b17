package api

func (a *API) mountAccount() {}
