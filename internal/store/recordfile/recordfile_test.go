package recordfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"avow/internal/civic"
	"avow/internal/ledger"
)

func keyOf(err error) string {
	var e *civic.Error
	errors.As(err, &e)
	if e == nil {
		return ""
	}
	return e.Key
}

func TestACheckpointIsKeptAndNeverGoesBack(t *testing.T) {
	dir := t.TempDir()
	f, foreign, err := Open(dir, "avow/one")
	if err != nil || foreign {
		t.Fatal(foreign, err)
	}
	for _, size := range []int64{3, 7, 5} {
		if err := f.Write(ledger.Checkpoint{Origin: "avow/one", Size: size, Root: ledger.LeafHash([]byte{byte(size)})}); err != nil {
			t.Fatal(err)
		}
	}
	again, foreign, err := Open(dir, "avow/one")
	if err != nil || foreign || again.PublicKey() != f.PublicKey() {
		t.Fatal(foreign, err)
	}
	c, err := again.Checkpoint()
	if err != nil || c.Size != 7 || c.Root != ledger.LeafHash([]byte{7}) {
		t.Errorf("checkpoint is %+v, %v", c, err)
	}
	info, err := os.Stat(filepath.Join(dir, "record", "one.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file has mode %v, %v", info.Mode(), err)
	}
	left, _ := filepath.Glob(filepath.Join(dir, "record", ".*"))
	if len(left) != 0 {
		t.Errorf("temporary files are left: %v", left)
	}
}

func TestProcessesThatBeginTogetherShareAKey(t *testing.T) {
	dir := t.TempDir()
	keys := make(chan string)
	for range 8 {
		go func() {
			f, _, err := Open(dir, "avow/one")
			if err != nil {
				t.Error(err)
				keys <- ""
				return
			}
			keys <- f.PublicKey()
		}()
	}
	first := <-keys
	for range 7 {
		if key := <-keys; key != first || key == "" {
			t.Errorf("there are the keys %s and %s", first, key)
		}
	}
	if err := os.Remove(filepath.Join(dir, "record", "one.pub")); err != nil {
		t.Fatal(err)
	}
	if f, _, err := Open(dir, "avow/one"); err != nil || f.PublicKey() != first {
		t.Errorf("without the public file the key is %v", err)
	}
}

func TestAnotherLogsCheckpointIsNoticed(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := Open(dir, "avow/one"); err != nil {
		t.Fatal(err)
	}
	if _, foreign, err := OpenReadOnly(dir, "avow/two"); err != nil || !foreign {
		t.Errorf("foreign is %v, %v", foreign, err)
	}
	if _, foreign, err := Open(dir, "avow/two"); err != nil || !foreign {
		t.Errorf("foreign is %v, %v", foreign, err)
	}
	if _, foreign, err := Open(dir, "avow/two"); err != nil || foreign {
		t.Errorf("the second time foreign is %v, %v", foreign, err)
	}
}

func TestAForgedCheckpointIsRefused(t *testing.T) {
	dir := t.TempDir()
	f, _, err := Open(dir, "avow/one")
	if err != nil {
		t.Fatal(err)
	}
	private, _, err := ledger.GenerateKey(detRandom{}, "avow/one")
	if err != nil {
		t.Fatal(err)
	}
	forged, err := ledger.Sign(ledger.Checkpoint{Origin: "avow/one", Size: 1}, private)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.file(checkpointFile), forged, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Checkpoint(); keyOf(err) != KeyDamaged {
		t.Errorf("a forged checkpoint gave %v", err)
	}
	if err := os.Remove(f.file(privateFile)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(dir, "avow/one"); keyOf(err) != KeyNoKey {
		t.Errorf("a checkpoint without its key gave %v", err)
	}
}

func TestAFolderThatCannotBeMadeIsNamed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "record"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Open(dir, "avow/one"); keyOf(err) != KeyUnwritable {
		t.Errorf("a file in the folder's place gave %v", err)
	}
	if _, _, err := Open(dir, "avow/../x"); err == nil {
		t.Error("an origin that leaves the folder was taken")
	}
}

type detRandom struct{}

func (detRandom) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 7
	}
	return len(p), nil
}
