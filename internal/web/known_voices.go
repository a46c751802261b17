package web

import (
	"context"

	"avow/internal/civic"
)

// voiced adds the reports on what is run here with what is said of them, the
// tensions and tools, and the roles that a point of contact can end.
func (s *Site) voiced(ctx context.Context, k *Known) error {
	note := func(name, id string) {
		if len(k.IDs[name]) < few {
			k.IDs[name] = append(k.IDs[name], id)
		}
	}
	for _, ref := range k.Living.Commitments {
		reports, err := s.App.Reports(ctx, ref)
		if err != nil {
			return err
		}
		for _, r := range reports {
			note("report", string(r.ID))
			disputes, err := s.App.Disputes(ctx, r.ID)
			if err != nil {
				return err
			}
			for _, d := range disputes {
				note("dispute", string(d.ID))
			}
			told, err := s.App.Testimonies(ctx, r.ID)
			if err != nil {
				return err
			}
			for _, t := range told.Told {
				note("voice", string(t.ID))
			}
		}
	}
	for _, member := range k.Living.Members {
		r, err := s.App.Responsibility(ctx, member)
		if err != nil {
			return err
		}
		for _, t := range r.Tensions {
			note("tension", string(t.ID))
		}
		for _, t := range r.Tools {
			note("tool", string(t.ID))
		}
	}
	grants, err := s.App.PublicGrants(ctx)
	for _, g := range grants {
		for _, slug := range k.Living.Members {
			if g.InMember.Slug == slug && civic.GivenBy(g.Role) == civic.MayGrantWithin {
				note("grant", string(g.ID))
			}
		}
	}
	return err
}
