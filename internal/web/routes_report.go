package web

var reportRoutes = []Route{}
