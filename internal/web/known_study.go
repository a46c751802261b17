package web

import (
	"context"

	"avow/internal/civic"
	"avow/internal/study"
)

// studied adds the studies, by what can be done with them, and numbers and groups
// that each of them has.
func (s *Site) studied(ctx context.Context, k *Known) error {
	all, err := s.App.WorkStudies(ctx, civic.Operator())
	if err != nil {
		return err
	}
	note := func(name string, id study.ID) {
		if len(k.IDs[name]) < few {
			k.IDs[name] = append(k.IDs[name], string(id))
		}
	}
	for _, one := range all {
		note("study", one.ID)
		switch {
		case one.Published != "":
			note("published", one.ID)
		case one.Stage == study.StageCoding:
			note("blind", one.ID)
		case one.Stage == study.StageCoded:
			note("open", one.ID)
		}
	}
	if len(all) > 0 {
		k.IDs["item"], k.IDs["group"] = []string{"1", "2"}, []string{"g1", "g2"}
	}
	return nil
}
