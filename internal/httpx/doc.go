// Package httpx is what the site and the API share of HTTP: the frame around
// every request (identifier, deadline, log line, recovery), security headers,
// limits, compression, validators for caches, assets with names made of their
// content, and the one mapping from kinds of error to status codes.
//
// It is not for pages, routes or wire types: those live in web and api.
//
// Invariants: no panic reaches a person; a log line has a fixed list of keys and
// nothing about the person who asked; nothing is sent before it is complete,
// unless it is a stream; no header allows a third party in.
package httpx
