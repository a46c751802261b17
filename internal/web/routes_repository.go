package web

var repositoryRoutes = []Route{}
