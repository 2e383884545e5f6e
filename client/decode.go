package client

import (
	"bytes"
	"encoding/json"
	"io"
)

// limits bound what one answer makes the program keep, whatever a server sends.
type limits struct {
	answer int64 // bytes, after decompression
	part   int64 // bytes of one token
	commas int   // thus of fields and people
	tokens int
}

// standardLimits take the list of an instance with 100,000 links and a million
// people, which is 100 MB, and refuse what is larger. A list is read as it comes in
// and takes about its own size in memory, garbage included twice that; a hostile
// one 400 MB at most. What errTooLarge and its like say must agree with them.
func standardLimits() limits {
	return limits{answer: 128 << 20, part: 16 << 20, commas: 6 << 20, tokens: 250_000}
}

// partReader refuses to read on in the middle of a part that is too large. The
// decoder would buffer all of it.
type partReader struct {
	from   io.Reader
	dec    *json.Decoder
	limits limits
	read   int64
	commas int
}

func newDecoder(from io.Reader, l limits) *json.Decoder {
	r := &partReader{from: from, limits: l}
	r.dec = json.NewDecoder(r)
	return r.dec
}

func (r *partReader) Read(p []byte) (int, error) {
	room := r.limits.part - (r.read - r.dec.InputOffset())
	if room <= 0 {
		return 0, errTooLong
	}
	p = p[:min(int64(len(p)), room)]
	// Full reads let the decoder's buffer double; of small ones it would scan all
	// white space before them again, each time.
	n, err := io.ReadFull(r.from, p)
	if err == io.ErrUnexpectedEOF {
		err = io.EOF
	}
	r.read += int64(n)
	r.commas += bytes.Count(p[:n], []byte(","))
	if r.commas > r.limits.commas {
		return 0, errTooMany
	}
	return n, err
}

// decodeOne reads one JSON object into a wire type, and no other.
func decodeOne[T wireToken | wireUser | wireInstance | wireEvents | wireHealth](from io.Reader, l limits, into *T) error {
	return newDecoder(from, l).Decode(into)
}

// fieldsLimit is the most fields that are read beside the list.
const fieldsLimit = 1000

// decodeTokens reads {"tokens":[…]} and hands on each token as it comes in.
func decodeTokens(from io.Reader, l limits, each func(wireToken)) error {
	dec := newDecoder(from, l)
	if err := expect(dec, '{'); err != nil {
		return err
	}
	found := false
	for n := 0; dec.More(); n++ {
		if n == fieldsLimit {
			return errTooMany
		}
		key, err := dec.Token()
		if err != nil {
			return err
		}
		if key != "tokens" {
			if err := dec.Decode(new(ignored)); err != nil {
				return err
			}
			continue
		}
		found = true
		if err := decodeArray(dec, l.tokens, each); err != nil {
			return err
		}
	}
	if err := expect(dec, '}'); err != nil {
		return err
	}
	if !found {
		return errShape
	}
	return nil
}

func decodeArray(dec *json.Decoder, most int, each func(wireToken)) error {
	if err := expect(dec, '['); err != nil {
		return err
	}
	for n := 0; dec.More(); n++ {
		if n == most {
			return errTooMany
		}
		var t wireToken
		if err := dec.Decode(&t); err != nil {
			return err
		}
		if !t.whole() {
			return errShape
		}
		each(t)
	}
	return expect(dec, ']')
}

func expect(dec *json.Decoder, delim json.Delim) error {
	t, err := dec.Token()
	if err == nil && t != delim {
		err = errShape
	}
	return err
}

// ignored is a JSON value that nobody wants.
type ignored struct{}

// UnmarshalJSON takes any JSON value.
func (*ignored) UnmarshalJSON([]byte) error { return nil }
