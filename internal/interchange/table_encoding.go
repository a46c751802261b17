package interchange

import (
	"bufio"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

func hasBOM16(head []byte) bool {
	return len(head) >= 2 && (string(head[:2]) == bomUTF16LE || string(head[:2]) == bomUTF16BE)
}

// decodeText returns the file as UTF-8 without a byte order mark. Without a mark
// the whole file is read once to see whether it is UTF-8: when it is not, it is
// Windows-1252, unless most of its other bytes are good UTF-8 (a damaged file).
// warning is "", "encoding_windows_1252" or "encoding_damaged".
func decodeText(f ReadAtSeekCloser) (r io.Reader, warning string, err error) {
	head := make([]byte, 3)
	n, err := io.ReadFull(f, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, "", err
	}
	head = head[:n]
	start := int64(0)
	switch {
	case hasBOM16(head):
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			return nil, "", err
		}
		d := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		return transform.NewReader(bufio.NewReaderSize(f, 1<<16), d), "", nil
	case string(head) == bomUTF8:
		start = 3
	}
	if _, err := f.Seek(start, io.SeekStart); err != nil {
		return nil, "", err
	}
	good, bad, err := countUTF8(f)
	if err != nil {
		return nil, "", err
	}
	if _, err := f.Seek(start, io.SeekStart); err != nil {
		return nil, "", err
	}
	plain := bufio.NewReaderSize(f, 1<<16)
	switch {
	case bad == 0:
		return plain, "", nil
	case start > 0 || good > 4*bad:
		return transform.NewReader(plain, unicode.UTF8.NewDecoder()), "encoding_damaged", nil
	}
	return transform.NewReader(plain, charmap.Windows1252.NewDecoder()), "encoding_windows_1252", nil
}

// countUTF8 counts the characters of more than one byte and the bytes that belong to none.
func countUTF8(r io.Reader) (good, bad int, err error) {
	buf := make([]byte, 1<<16)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		chunk := buf[:kept+n]
		last := err == io.EOF
		for len(chunk) > 0 {
			if chunk[0] < utf8.RuneSelf {
				i := 1
				for i < len(chunk) && chunk[i] < utf8.RuneSelf {
					i++
				}
				chunk = chunk[i:]
				continue
			}
			if !last && !utf8.FullRune(chunk) {
				break
			}
			c, size := utf8.DecodeRune(chunk)
			if c == utf8.RuneError && size == 1 {
				bad++
			} else {
				good++
			}
			chunk = chunk[size:]
		}
		if last {
			return good, bad, nil
		}
		if err != nil {
			return good, bad, err
		}
		kept = copy(buf, chunk)
	}
}
