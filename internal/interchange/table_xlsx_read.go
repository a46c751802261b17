package interchange

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"avow/internal/civic"
)

// maxShared bounds the text of a workbook's shared strings, which stay in memory.
const maxShared = 64 << 20

// maxXMLToken bounds what the XML reader may take in at once.
const maxXMLToken = 8 << 20

// tightest is how many times smaller than its content a large part may be: the
// tables here pack about 15 times, a bomb about 1000 times.
const tightest = 100

var errBomb = errors.New("a part is larger than its archive says")

var errXMLToken = errors.New("one piece of XML is too large")

// workbook is an open XLSX. Its parts are streamed; only the shared strings, the
// styles' date formats and continued cells are kept.
type workbook struct {
	name      string
	parts     map[string]*zip.File
	sheets    []sheetRef
	shared    []string
	dates     []bool // by cell style: shown as a date
	base1904  bool
	continued map[string]string // "A12" to the rest of that cell
}

type sheetRef struct{ name, part string }

func readXLSX(in Input, r io.ReaderAt, opt TableOptions) (*Table, error) {
	b, err := openWorkbook(in, r)
	if err != nil {
		return nil, err
	}
	var failed error
	for _, sheet := range b.sheets {
		if opt.Sheet != "" && sheet.name != opt.Sheet || opt.Sheet == "" && sheet.name == continuedSheet && b.continued != nil {
			continue
		}
		rows, err := b.openSheet(sheet)
		if err != nil {
			return nil, err
		}
		t := &Table{Format: "xlsx", Sheet: sheet.name, closers: []io.Closer{rows}}
		err = t.start(in.Name, rows.next, opt)
		if err == nil {
			t.Warnings = append(t.Warnings, b.others(sheet.name)...)
			return t, nil
		}
		_ = rows.Close()
		var e *civic.Error
		if !errors.As(err, &e) || e.Key != "import.header_unknown" && e.Key != "import.empty_file" {
			return nil, err
		}
		if failed == nil || e.Key == "import.header_unknown" {
			failed = err
		}
	}
	if failed == nil {
		failed = fileError(civic.Invalid, "sheet_missing", in.Name, map[string]any{"sheet": opt.Sheet})
	}
	return nil, failed
}

// openWorkbook checks the archive's own list before anything is unpacked: how
// many parts, how large, how tightly packed.
func openWorkbook(in Input, r io.ReaderAt) (*workbook, error) {
	if in.Size > maxArchive {
		return nil, fileError(civic.TooLarge, "file_too_large", in.Name, map[string]any{"limit_mb": maxArchive >> 20})
	}
	z, err := zip.NewReader(r, in.Size)
	if err != nil {
		return nil, fileError(civic.Invalid, "xlsx_damaged", in.Name, nil)
	}
	b := &workbook{name: in.Name, parts: map[string]*zip.File{}}
	total := uint64(0)
	for _, f := range z.File {
		total += f.UncompressedSize64
		tight := f.UncompressedSize64 > 16<<20 && f.UncompressedSize64/tightest > f.CompressedSize64
		if len(z.File) > 10000 || f.UncompressedSize64 > maxUnzipped || total > maxUnzipped || tight {
			return nil, b.bomb()
		}
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if b.parts[name] == nil {
			b.parts[name] = f
		}
	}
	if err := b.readBook(); err != nil {
		return nil, err
	}
	if err := b.readStyles(); err != nil {
		return nil, err
	}
	if err := b.readShared(); err != nil {
		return nil, err
	}
	return b, b.readContinued()
}

// part is an open part of the archive as XML.
type part struct {
	*xml.Decoder
	io.Closer
	file *workbook
	left *limited
}

// limited counts what the XML decoder takes in between two tokens, and what a
// part gives beyond the size that the archive declares.
type limited struct {
	r     io.Reader
	since int
	total uint64
	size  uint64 // as the archive declares it
}

func (l *limited) Read(p []byte) (int, error) {
	if l.since > maxXMLToken {
		return 0, errXMLToken
	}
	n, err := l.r.Read(p)
	l.since += n
	if l.total += uint64(n); l.total > l.size {
		return 0, errBomb
	}
	return n, err
}

func (b *workbook) open(name string) (*part, error) {
	f := b.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, b.damaged(err)
	}
	l := &limited{r: r, size: f.UncompressedSize64}
	return &part{Decoder: xml.NewDecoder(l), Closer: r, file: b, left: l}, nil
}

// damaged explains an error of the archive or of its XML.
func (b *workbook) damaged(err error) error {
	if errors.Is(err, errXMLToken) {
		return fileError(civic.TooLarge, "cell_too_large", b.name, map[string]any{"limit_kb": maxCell >> 10, "row": 0, "column": ""})
	}
	if errors.Is(err, errBomb) {
		return b.bomb()
	}
	return fileError(civic.Invalid, "xlsx_damaged", b.name, nil)
}

func (b *workbook) bomb() error {
	return fileError(civic.TooLarge, "zip_bomb", b.name, map[string]any{"limit_mb": maxUnzipped >> 20})
}

// next returns the next token; io.EOF only at the true end of the part.
func (p *part) next() (xml.Token, error) {
	p.left.since = 0
	token, err := p.Token()
	if err != nil && err != io.EOF {
		err = p.file.damaged(err)
	}
	return token, err
}

// each calls f for every element that begins, until the end of the part.
func (b *workbook) each(name string, f func(p *part, e xml.StartElement) error) error {
	p, err := b.open(name)
	if err != nil || p == nil {
		return err
	}
	defer func() { _ = p.Close() }()
	for {
		token, err := p.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := f(p, e); err != nil {
				return err
			}
		}
	}
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relation returns the target of a relationship ID; the attribute is r:id.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

func (b *workbook) readBook() error {
	targets := map[string]string{}
	err := b.each("xl/_rels/workbook.xml.rels", func(_ *part, e xml.StartElement) error {
		if e.Name.Local == "Relationship" {
			target := attr(e, "Target")
			if strings.HasPrefix(target, "/") {
				target = strings.TrimPrefix(target, "/")
			} else {
				target = path.Join("xl", target)
			}
			targets[attr(e, "Id")] = target
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = b.each("xl/workbook.xml", func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			b.base1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			if target := targets[relationID(e)]; b.parts[strings.ToLower(target)] != nil && len(b.sheets) < 1000 {
				b.sheets = append(b.sheets, sheetRef{attr(e, "name"), target})
			}
		}
		return nil
	})
	if err == nil && len(b.sheets) == 0 {
		err = fileError(civic.Invalid, "xlsx_damaged", b.name, nil)
	}
	return err
}

// readStyles notes which cell styles show a number as a date.
func (b *workbook) readStyles() error {
	custom := map[string]bool{}
	inside := false
	return b.each("xl/styles.xml", func(_ *part, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = isDateFormat(attr(e, "formatCode"))
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs":
			inside = false
		case "xf":
			if inside && len(b.dates) < 1<<16 {
				id := attr(e, "numFmtId")
				n, _ := strconv.Atoi(id)
				b.dates = append(b.dates, custom[id] || n >= 14 && n <= 17 || n == 22)
			}
		}
		return nil
	})
}

// isDateFormat looks for year or day letters outside quotes and brackets.
func isDateFormat(code string) bool {
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !bracket && strings.IndexByte("yYdD", c) >= 0:
			return true
		}
	}
	return false
}

func (b *workbook) readShared() error {
	total := 0
	return b.each("xl/sharedstrings.xml", func(p *part, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		text, err := p.text("si")
		if err != nil {
			return err
		}
		if total += len(text) + 16; total > maxShared {
			return fileError(civic.TooLarge, "file_too_large", b.name, map[string]any{"limit_mb": maxShared >> 20})
		}
		b.shared = append(b.shared, text)
		return nil
	})
}

// text collects the t elements of a string until the named element ends; not the
// phonetic hints beside it.
func (p *part) text(until string) (string, error) {
	var s strings.Builder
	inText, phonetic := false, false
	for {
		token, err := p.next()
		if err != nil {
			if err == io.EOF {
				err = p.file.damaged(err)
			}
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "t"
			phonetic = phonetic || token.Name.Local == "rPh"
		case xml.EndElement:
			inText = false
			if token.Name.Local == "rPh" {
				phonetic = false
			}
			if token.Name.Local == until {
				return unescapeOffice(s.String()), nil
			}
		case xml.CharData:
			if inText && !phonetic {
				if s.Len()+len(token) > maxXMLToken {
					return "", p.file.damaged(errXMLToken)
				}
				s.Write(token)
			}
		}
	}
}

// readContinued loads the rests of cells that our own XLSX writer put aside.
func (b *workbook) readContinued() error {
	for _, sheet := range b.sheets {
		if sheet.name != continuedSheet || len(b.sheets) < 2 {
			continue
		}
		rows, err := b.openSheet(sheet)
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		first, err := rows.next()
		if err != nil || strings.Join(first.cells, "|") != strings.Join(continuedHeader, "|") {
			return nil // a sheet that happens to have this name
		}
		b.continued = map[string]string{}
		total := 0
		for {
			rec, err := rows.next()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			if len(rec.cells) == 3 {
				key := rec.cells[1] + rec.cells[0]
				if total += len(rec.cells[2]); total > maxShared || len(b.continued[key])+len(rec.cells[2]) > maxCell {
					return b.damaged(errXMLToken)
				}
				b.continued[key] += rec.cells[2]
			}
		}
	}
	return nil
}
