package api

func (a *API) mountPlan() {}
