package web

var responsibilityRoutes = []Route{}
