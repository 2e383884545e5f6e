package client

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestPeopleAreReadAsTheyAreSent(t *testing.T) {
	for raw, want := range map[string]wirePeople{
		`null`:                               nil,
		`[]`:                                 nil,
		`[null,{},{"id":null,"name":"Ann"}]`: {{}, {}, {Name: "Ann"}},
		`[{"id":2,"name":"Ann","username":null},{"id":3,"name":null,"username":"bob"}]`:    {{2, "Ann", ""}, {3, "", "bob"}},
		" [ { \"id\" : 2 ,\n\t\"name\" : \"Ann\" } ] ":                                     {{ID: 2, Name: "Ann"}},
		`[{"email":{"a":["}]\"{",1.5]},"id":7,"x":[{}],"name":"Eve\u001b[31m\u202e \"}"}]`: {{ID: 7, Name: `Eve "}`}},
		"[{\"id\":7,\"name\":\"Eve\x1b]52;c;ZXZpbA==\x07!\"}]":                             {{ID: 7, Name: "Eve!"}},
		`[{"id":-1,"name":"Zoë 日本"}]`:                                                      {{ID: -1, Name: "Zoë 日本"}},
	} {
		var got wirePeople
		if err := got.UnmarshalJSON([]byte(raw)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", raw, got, err, want)
		}
	}
}

func TestPeopleOfAnotherShapeAreRefused(t *testing.T) {
	for _, raw := range []string{
		`{}`, `"x"`, `1`, `[1]`, `[[]]`, `[{"id":"2"}]`, `[{"id":1.5}]`,
		`[{"id":1e3}]`, `[{"id":2,"name":3}]`, `[{"id":2,"name":{}}]`, `[{"id":99999999999999999999}]`,
	} {
		var got wirePeople
		if err := json.Unmarshal([]byte(raw), &got); err == nil {
			t.Errorf("%s is taken for %+v", raw, got)
		}
	}
}

// What is read by hand is what the JSON package reads, as far as it is people.
func FuzzPeople(f *testing.F) {
	for _, seed := range []string{
		`[]`, `[null,{},{"id":null}]`, `[{"id":2,"name":"Ann","username":null}]`, `[{"id":2,"a":[1,{"b":"\\\""}],"name":"\ud83d"},{"id":-0}]`, "[ {} ,\t1]", `[{"id":1},{"id":1}]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var got wirePeople
		var want []wirePerson
		if !json.Valid(raw) || json.Unmarshal(raw, &got) != nil {
			return
		}
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatalf("%s is taken for %+v, but: %v", raw, got, err)
		}
		if len(got) != len(want) {
			t.Fatalf("%s: %+v, want %+v", raw, got, want)
		}
		for _, p := range got {
			if string(p.Name) != clean(string(p.Name), textLimit) || string(p.Username) != clean(string(p.Username), textLimit) {
				t.Errorf("%+v is not clean", p)
			}
		}
	})
}
