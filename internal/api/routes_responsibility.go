package api

var responsibilityRoutes = []Route{}
