package api

var historyRoutes = []Route{}
