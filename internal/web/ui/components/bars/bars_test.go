package bars

import (
	"strconv"
	"testing"
)

func TestSegmentsFillTheBarInOrderAndTheSmallestIsSeen(t *testing.T) {
	c := Chart{Rows: []Row{{N: 9998, Tone: 5}, {N: 1, Tone: 3}, {N: 1, Missing: true}}}
	end := 0
	for _, s := range c.segments() {
		x, _ := strconv.Atoi(s.x)
		w, _ := strconv.Atoi(s.w)
		if x < end || w < 2 || x+w > width {
			t.Errorf("segment %+v after %d", s, end)
		}
		end = x + w
	}
	if len(c.segments()) != 3 || c.segments()[2].class != "tm" {
		t.Errorf("segments: %+v", c.segments())
	}
	if got := (Chart{Rows: []Row{{N: 0}}}).segments(); got != nil {
		t.Errorf("nothing to divide: %+v", got)
	}
}
