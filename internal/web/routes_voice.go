package web

var voiceRoutes = []Route{}
