package web

var followRoutes = []Route{}
