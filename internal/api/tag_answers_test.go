package api

import (
	"context"
	"net/http"
	"testing"

	"avow/internal/store"
)

func TestAModelThatIsTrainedChangesTheETagOfWhatItProposes(t *testing.T) {
	s := withFixture(t)
	trained := int64(0)
	for target, changes := range map[string]bool{"/api/v1/taxonomy/quality": true, "/api/v1/commitments/LT0030/proposed-tags": true, "/api/v1/tags": false} {
		res, _ := s.ask(t, "GET", target)
		trained++
		if err := s.store.House(context.Background(), func(h *store.House) error { return h.KeepModel(trained, []byte("a model")) }); err != nil {
			t.Fatal(err)
		}
		again, _ := s.ask(t, "GET", target, "If-None-Match", res.Header.Get("ETag"))
		if (again.StatusCode == http.StatusOK) != changes {
			t.Errorf("%s after another model was trained: %d", target, again.StatusCode)
		}
	}
}
