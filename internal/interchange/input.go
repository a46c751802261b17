package interchange

import (
	"bytes"
	"io"
)

// ReadAtSeekCloser is an open source file: *os.File is one.
type ReadAtSeekCloser interface {
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Closer
}

// Input is a source file that can be opened more than once. Name is its file
// name for messages (its ending is a claim that the content is held against),
// Size its length in bytes.
type Input struct {
	Name string
	Size int64
	Open func() (ReadAtSeekCloser, error)
}

// BytesInput is an Input that lies in memory.
func BytesInput(name string, data []byte) Input {
	return Input{Name: name, Size: int64(len(data)), Open: func() (ReadAtSeekCloser, error) {
		return inMemory{bytes.NewReader(data)}, nil
	}}
}

type inMemory struct{ *bytes.Reader }

func (inMemory) Close() error { return nil }
