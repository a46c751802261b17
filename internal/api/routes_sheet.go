package api

var sheetRoutes = []Route{}
