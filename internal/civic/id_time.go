package civic

// IDTime reads when an ID was made, in Unix milliseconds; ok is false for what is
// no ID. IDs of contributions are random in whole: for them it means nothing.
func IDTime(id string) (unixMilli int64, ok bool) {
	if !IsID(id) {
		return 0, false
	}
	raw, err := idAlphabet.DecodeString(id)
	if err != nil {
		return 0, false
	}
	for _, b := range raw[:6] {
		unixMilli = unixMilli<<8 | int64(b)
	}
	return unixMilli, true
}
