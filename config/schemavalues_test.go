package config

import (
	"path/filepath"
	"testing"

	"github.com/pelletier/go-toml/v2"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestTheSchemaAndTheParserRefuseTheSameValues has an editor's judgement on what the parser takes and refuses.
func TestTheSchemaAndTheParserRefuseTheSameValues(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../docs/profiles.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	full := filepath.ToSlash(t.TempDir()) + "/x"
	const named, source = "name = \"a\"\nurl = \"https://x\"\n", "token_env = \"A\"\n"
	for text, right := range map[string]bool{
		named + source: true,
		"name = \" a\"\nurl = \"https://x\"\n" + source:                       false,
		"name = \"\"\nurl = \"https://x\"\n" + source:                         false,
		"name = \"a b\"\nurl = \"https://x\"\n" + source:                      true,
		"name = \"a\"\nurl = \"https://x y\"\n" + source:                      false,
		named + "token_env = \"1A\"\n":                                        false,
		named + "token_command = \" \"\n":                                     false,
		named + "token_command = \"pass x\"\n":                                true,
		named + "token_keyring = false\n":                                     false,
		named + "token_keyring = false\n" + source:                            true,
		named + source + "ca_file = \"ca.pem\"\n":                             false,
		named + source + "ca_file = \"~/ca.pem\"\n":                           false,
		named + source + "ca_file = \"" + full + "\"\n":                       true,
		named + source + "unix_socket = \"unix:/x\"\n":                        false,
		named + source + "client_key = \"/x\"\n":                              false,
		named + source + "server_name = \"a:1\"\n":                            false,
		named + source + "server_name = \"a.example\"\n":                      true,
		named + source + "headers = {X-A = \"b c\"}\n":                        true,
		named + source + "headers = {X-A = \" b\"}\n":                         false,
		named + source + "headers = {X-A = \"\"}\n":                           false,
		named + source + "headers = {Host = \"b\"}\n":                         false,
		named + source + "headers = {X-A = {env = \"B\", command = \"c\"}}\n": false,
		named + source + "headers = {X-A = {command = \" \"}}\n":              false,
		named + source + "headers = {X-A = {env = \"B\"}}\n":                  true,
	} {
		text = "[[profile]]\n" + text
		var document any
		if err := toml.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(document); (err == nil) != right {
			t.Errorf("the schema: %s%v", text, err)
		}
		if _, err := parseProfiles([]byte(text)); (err == nil) != right {
			t.Errorf("the parser: %s%v", text, err)
		}
	}
}
