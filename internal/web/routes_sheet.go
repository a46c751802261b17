package web

var sheetRoutes = []Route{}
