package api

var voiceRoutes = []Route{}
