package web

var planRoutes = []Route{}
