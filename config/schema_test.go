package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

// schema is as much of the published JSON Schema as is compared with the parser.
type schema struct {
	AdditionalProperties *bool `json:"additionalProperties"`
	Properties           map[string]struct {
		Type          string
		MaxLength     int
		Pattern       string
		PropertyNames struct {
			Pattern string
			Not     struct{ Pattern string }
		}
		AdditionalProperties struct {
			OneOf []struct {
				Type, Pattern string
				Required      []string
			}
		}
	}
	Required          []string
	DependentRequired map[string][]string
	OneOf             []struct{ Required []string }
	Defs              map[string]schema `json:"$defs"`
}

func published(t *testing.T) (whole, profile schema) {
	t.Helper()
	text, err := os.ReadFile("../docs/profiles.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		t.Fatal(err)
	}
	return whole, whole.Defs["profile"]
}

// keysOf are the TOML keys that a struct of the parser takes.
func keysOf(of any) []string {
	var keys []string
	for _, field := range reflect.VisibleFields(reflect.TypeOf(of)) {
		keys = append(keys, field.Tag.Get("toml"))
	}
	slices.Sort(keys)
	return keys
}

func TestTheSchemaHasTheParsersKeys(t *testing.T) {
	whole, profile := published(t)
	for of, s := range map[any]schema{"file": whole, "profile": profile} {
		want := keysOf(entry{})
		if of == "file" {
			want = keysOf(document{})
		}
		if got := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, want) {
			t.Errorf("the schema of a %s has %q, the parser %q", of, got, want)
		}
		if s.AdditionalProperties == nil || *s.AdditionalProperties {
			t.Errorf("the schema of a %s takes any key, the parser none but these", of)
		}
	}
	if got := profile.Properties["name"].MaxLength; got != longestName {
		t.Errorf("names of %d characters", got)
	}
	if got := profile.Properties["token_env"].Pattern; got != variableName().String() {
		t.Errorf("variables called %s", got)
	}
}

// sample is a value of the key that is right.
func sample(key, kind string) string {
	switch kind {
	case "boolean":
		return key + " = true\n"
	case "object":
		return key + " = {X-Gateway = \"open\"}\n"
	}
	value := strings.ToUpper(key)
	if paths := []string{"ca_file", "client_certificate", "client_key", "unix_socket"}; slices.Contains(paths, key) {
		value = os.TempDir() + "/" + key
	}
	return fmt.Sprintf("%s = %q\n", key, value)
}

func TestTheParserTakesWhatTheSchemaTakes(t *testing.T) {
	_, profile := published(t)
	var sources []string
	for _, one := range profile.OneOf {
		sources = append(sources, one.Required...)
	}
	file := func(keys ...string) string {
		text := "[[profile]]\n"
		for _, key := range keys {
			text += sample(key, profile.Properties[key].Type)
		}
		return text
	}
	accepts := func(want bool, text string) {
		t.Helper()
		if _, err := parseProfiles([]byte(text)); (err == nil) != want {
			t.Errorf("%s%v", text, err)
		}
	}
	for i, source := range sources {
		accepts(true, file(append([]string{source}, profile.Required...)...))
		accepts(false, file(append([]string{source, sources[(i+1)%len(sources)]}, profile.Required...)...))
		for n := range profile.Required {
			accepts(false, file(append([]string{source}, slices.Delete(slices.Clone(profile.Required), n, n+1)...)...))
		}
	}
	accepts(false, file(profile.Required...)) // no source
	for key, property := range profile.Properties {
		if !slices.Contains(sources, key) && !slices.Contains(profile.Required, key) {
			with := append([]string{sources[0], key}, profile.Required...)
			accepts(len(profile.DependentRequired[key]) == 0, file(with...))
			accepts(true, file(append(with, profile.DependentRequired[key]...)...))
		}
		rest := slices.DeleteFunc(append([]string{sources[0]}, profile.Required...), func(other string) bool { return other == key })
		wrong := map[string]string{"string": " = 1\n", "boolean": " = \"true\"\n", "object": " = \"X-Gateway\"\n"}[property.Type]
		accepts(false, file(rest...)+key+wrong)
	}
	accepts(false, file(append([]string{sources[0]}, profile.Required...)...)+"other = true\n")
}

// TestTheReadmeTellsEveryKey looks for each of the parser's keys in the README's table of them.
func TestTheReadmeTellsEveryKey(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| in `profiles.toml` | means |\n| --- | --- |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	if !found {
		t.Fatal("the README has no table of the keys")
	}
	var told []string
	for line := range strings.Lines(table) {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "| "), " |")
		for each := range strings.SplitSeq(cell, ", ") {
			key, _, _ := strings.Cut(strings.Trim(each, "`"), " = ")
			told = append(told, key)
		}
	}
	want := slices.DeleteFunc(append(keysOf(document{}), keysOf(entry{})...), func(key string) bool { return key == "profile" })
	slices.Sort(told)
	slices.Sort(want)
	if !slices.Equal(told, want) {
		t.Errorf("the README tells of %q, the parser takes %q", told, want)
	}
}

// TestTheReadmeTellsEveryFlagAndVariable looks for each in the README's table of them. That nothing else stands there, a
// test of the built program holds.
func TestTheReadmeTellsEveryFlagAndVariable(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(text), "| variable | flag | meaning |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	if !found {
		t.Fatal("the README has no table of variables and flags")
	}
	for _, v := range Variables() {
		if !strings.Contains(table, "`"+v.Name+"`") && !strings.Contains(table, "`"+v.Name+"=") {
			t.Errorf("the README does not tell %s", v.Name)
		}
	}
	set := pflag.NewFlagSet("", pflag.ContinueOnError)
	new(Flags).Register(set)
	set.VisitAll(func(f *pflag.Flag) {
		if !regexp.MustCompile("`--" + f.Name + "[` ]").MatchString(table) {
			t.Errorf("the README does not tell --%s", f.Name)
		}
	})
}

// TestEveryVariableThatIsReadIsTold looks for the names in the sources that the program is configured by.
func TestEveryVariableThatIsReadIsTold(t *testing.T) {
	told := map[string]bool{}
	for _, v := range Variables() {
		told[v.Name] = true
	}
	read := regexp.MustCompile(`(?:Getenv|LookupEnv|getenv)\("([A-Z_]+)"\)`)
	for _, folder := range []string{"../*.go", "../cli/*.go", "../client/*.go", "*.go", "../tui/*.go", "../tui/*/*.go"} {
		files, err := filepath.Glob(folder)
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, path := range files {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range read.FindAllStringSubmatch(string(text), -1) {
				if !told[name[1]] && !strings.HasSuffix(path, "_test.go") {
					t.Errorf("%s reads %s, which Variables leaves out", path, name[1])
				}
			}
		}
	}
}
