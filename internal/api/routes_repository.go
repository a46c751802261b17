package api

var repositoryRoutes = []Route{}
