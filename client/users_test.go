package client

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
)

func decodePeople(raw string) (people wireUsers, err error) {
	return people, json.UnmarshalDecode(newDecoder(strings.NewReader(raw), standardLimits()), &people)
}

func TestPeopleAreReadAsTheyAreSent(t *testing.T) {
	for raw, want := range map[string][]wireTokenUser{
		`null`:                               nil,
		`[]`:                                 nil,
		`[null,{},{"id":null,"name":"Ann"}]`: {{}, {}, {Name: "Ann"}},
		`[{"id":2,"name":"Ann","username":null},{"id":3,"name":null,"username":"bob"}]`:    {{3, "", "bob"}, {2, "Ann", ""}},
		" [ { \"id\" : 2 ,\n\t\"name\" : \"Ann\" } ] ":                                     {{ID: 2, Name: "Ann"}},
		`[{"email":{"a":["}]\"{",1.5]},"id":7,"x":[{}],"name":"Eve\u001b[31m\u202e \"}"}]`: {{ID: 7, Name: `Eve "}`}},
		`[{"id":-1,"name":"Zoë 日本"}]`:                                                      {{ID: -1, Name: "Zoë 日本"}},
		`[{"id":1,"name":"Ann","id":2,"name":null}]`:                                       {{ID: 2}},
		"[{\"id\":1,\"name\":\"Ann\xff\\ud800!\"}]":                                        {{ID: 1, Name: "Ann\ufffd\ufffd!"}},
	} {
		if got, err := decodePeople(raw); err != nil || !slices.Equal(got.newest, want) || got.count != len(want) {
			t.Errorf("%s: %+v, %v, want %+v", raw, got, err, want)
		}
	}
}

func TestPeopleOfAnotherShapeAreRefused(t *testing.T) {
	for _, raw := range []string{
		`{}`, `"x"`, `1`, `[1]`, `[[]]`, `[{"id":"2"}]`, `[{"id":1.5}]`, `[{"id":1e3}]`, `[{"id":2,"name":3}]`,
		`[{"id":2,"name":{}}]`, `[{"id":99999999999999999999}]`, "[{\"name\":\"Eve\x1b[31m\"}]", `[{}`, `[{},]`, ``,
	} {
		if got, err := decodePeople(raw); err == nil {
			t.Errorf("%s is taken for %+v", raw, got)
		}
	}
}
