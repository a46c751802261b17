package api

var followRoutes = []Route{}
