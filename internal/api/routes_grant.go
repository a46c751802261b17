package api

var grantRoutes = []Route{}
