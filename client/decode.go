package client

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// limits bound what one answer makes the program keep, whatever a server sends.
type limits struct {
	hidden credential // is taken out of every text; nil where there is none
	answer int64      // bytes, after decompression
	part   int64      // bytes of one text
	commas int        // thus of fields and people
	tokens int
}

// standardLimits take the list of an instance with 100,000 links and a million
// people, which is 100 MB; of a larger one they read that much. A list is read as it comes in
// and takes about its own size in memory, garbage included twice that; a hostile
// one 400 MB at most. What errTooLarge and its like say must agree with them.
func standardLimits() limits {
	return limits{answer: 128 << 20, part: 16 << 20, commas: 5 << 20, tokens: 250_000}
}

// partReader refuses to read on in the middle of a part that is too large. The
// decoder would buffer all of it.
type partReader struct {
	from   io.Reader
	dec    *jsontext.Decoder
	limits limits
	read   int64
	commas int
}

// newDecoder is lenient where no harm is done: broken UTF-8 is replaced, and of a
// field that is sent twice the last one counts.
func newDecoder(from io.Reader, l limits) *jsontext.Decoder {
	r := &partReader{from: from, limits: l}
	options := []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)}
	if l.hidden != nil {
		options = append(options, redacting(l.hidden))
	}
	r.dec = jsontext.NewDecoder(r, options...)
	return r.dec
}

func (r *partReader) Read(p []byte) (int, error) {
	room := r.limits.part - (r.read - r.dec.InputOffset())
	if room <= 0 {
		return 0, errTooLong
	}
	p = p[:min(int64(len(p)), room)]
	// Full reads let the decoder's buffer double; at small ones it would copy all
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

// outOfBounds reports whether an answer was sound as far as it was read, but too large.
func outOfBounds(err error) bool { return errors.Is(err, errTooLarge) || errors.Is(err, errTooMany) }

// decodeOne reads one JSON object into a wire type, and no other.
func decodeOne[T wireToken | wireUser | wireAccount | wireServer | wireHealth](from io.Reader, l limits, into *T) error {
	return json.UnmarshalDecode(newDecoder(from, l), into)
}

// fieldsLimit is the most fields that are read beside the list.
const fieldsLimit = 1000

// decodeTokens reads {"tokens":[…]} and hands on each token as it comes in.
func decodeTokens(from io.Reader, l limits, each func(wireToken)) error {
	dec := newDecoder(from, l)
	return decodeLists(dec, map[string]func() error{"tokens": func() error {
		return decodeParts(dec, l.tokens, func(t wireToken, err error) error {
			if err == nil && !t.whole() {
				return errShape
			}
			if err == nil || outOfBounds(err) && t.whole() {
				each(t)
			}
			return err
		})
	}})
}

// decodeLists reads an object by the function of each field; it must have all of them.
func decodeLists(dec *jsontext.Decoder, fields map[string]func() error) error {
	if err := expect(dec, '{'); err != nil {
		return err
	}
	found := map[string]bool{}
	for n := 0; dec.PeekKind() != '}'; n++ {
		if n == fieldsLimit {
			return errTooMany
		}
		key, err := dec.ReadToken()
		if err != nil {
			return err
		}
		name := key.String()
		read := fields[name]
		if read == nil {
			read = dec.SkipValue
		} else {
			found[name] = true
		}
		if err := read(); err != nil {
			return err
		}
	}
	if err := expect(dec, '}'); err != nil {
		return err
	}
	if len(found) < len(fields) {
		return errShape
	}
	return nil
}

// decodeArray hands on each of at most so many values as it comes in.
func decodeArray[T wireTokenUser | wireAccount | wireRole](dec *jsontext.Decoder, most int, each func(T) error) error {
	return decodeParts(dec, most, func(value T, err error) error {
		if err != nil {
			return err
		}
		return each(value)
	})
}

// decodeParts hands on each of at most so many values as it comes in, and as much of
// one as could be read together with the error that ended it.
func decodeParts[T wireToken | wireTokenUser | wireAccount | wireRole](dec *jsontext.Decoder, most int, each func(T, error) error) error {
	if err := expect(dec, '['); err != nil {
		return err
	}
	value := new(T) // one for all, which are many
	for n := 0; dec.PeekKind() != ']'; n++ {
		if n == most {
			return errTooMany
		}
		*value = *new(T)
		err := json.UnmarshalDecode(dec, value)
		if err = each(*value, err); err != nil {
			return err
		}
	}
	return expect(dec, ']')
}

func expect(dec *jsontext.Decoder, kind jsontext.Kind) error {
	t, err := dec.ReadToken()
	if err == nil && t.Kind() != kind {
		err = errShape
	}
	return err
}
