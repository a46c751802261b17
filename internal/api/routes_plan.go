package api

var planRoutes = []Route{}
