package api

func (a *API) mountReport() {}
