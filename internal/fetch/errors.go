package fetch

import (
	"errors"

	"avow/internal/civic"
)

// renamed tells an error about the address that was asked for, in our words.
func renamed(err error, address string) error {
	if err == nil {
		return nil
	}
	var told *civic.Error
	if errors.As(err, &told) {
		return refuse(told.Key, address, told.Cause)
	}
	return refuse(KeyFailed, address, err)
}
