package tagging

import (
	_ "embed"
	"sync"
)

// shippedFile is the model that an empty installation suggests with, learned from
// the rows of OGP's tables of 2017 and 2024 by `make model`. It holds numbers and
// the IDs of tags, no texts.
//
//go:embed shipped.model
var shippedFile []byte

// Shipped is the model that is part of the program.
var Shipped = sync.OnceValue(func() *Model {
	m, err := Decode(shippedFile)
	if err != nil {
		panic(err) // part of the program: a test reads it
	}
	return m
})
