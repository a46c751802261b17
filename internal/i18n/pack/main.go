// Command pack puts the catalogues into one compressed file, which the program
// holds instead of them: `go generate ./internal/i18n`. A file that holds the same
// already is left as it is.
package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("pack: name the folder of the catalogues and the file to write")
	}
	if err := pack(os.Args[1], os.Args[2]); err != nil {
		log.Fatal("pack: ", err)
	}
}

func pack(folder, file string) error {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return err
	}
	old, _ := zip.OpenReader(file) // what cannot be read is written anew
	same := old != nil && len(old.File) == len(paths)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	w.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestCompression) })
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.Base(path)
		if same {
			was, err := fs.ReadFile(old, name)
			same = err == nil && bytes.Equal(was, text)
		}
		f, err := w.Create(name)
		if err != nil {
			return err
		}
		if _, err := f.Write(text); err != nil {
			return err
		}
	}
	if old != nil {
		old.Close()
	}
	if same {
		return nil
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644)
}
