package api

var reportRoutes = []Route{}
