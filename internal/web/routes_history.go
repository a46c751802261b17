package web

var historyRoutes = []Route{}
