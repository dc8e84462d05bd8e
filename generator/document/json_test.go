package document

import (
	"strings"
	"testing"
)

func TestJSONKeepsOrderAndNumbers(t *testing.T) {
	for text, want := range map[string]string{
		` {"z": 1.0, "a": [true, false, null, -0, 1e400, 12345678901234567890], "": {}} `: "" +
			`{"z":1.0,"a":[true,false,null,-0,1e400,12345678901234567890],"":{}}`,
		`{"a": 1, "b": 2, "a": 3}`:         `{"a":3,"b":2}`,
		`"<&> \u2028 \ud83d\ude00 \ud83d"`: `"<&> \u2028 😀 ` + "\ufffd" + `"`,
		`[]`:                               `[]`,
	} {
		n, err := ParseJSON([]byte(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, _ := n.MarshalJSON(); string(got) != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}

func TestWhatIsNoJSON(t *testing.T) {
	deep := strings.Repeat("[", 1_000_000)
	for _, text := range []string{"", "{", `{"a":1}{}`, `{a:1}`, "[1,]", "01", "nul", "\ufeff{}", deep} {
		if n, err := ParseJSON([]byte(text)); err == nil {
			t.Errorf("%.20q was taken: %+v", text, n)
		}
	}
}

func TestValuesMadeInMemory(t *testing.T) {
	n := NewMap(Member{"b", NewInt(-7)}, Member{"a\"", NewList(NewString("x"), NewMap(), NewList())})
	if got, _ := n.MarshalJSON(); string(got) != `{"b":-7,"a\"":["x",{},[]]}` {
		t.Errorf("got %s", got)
	}
	if n.Get("b").Text != "-7" || n.Get(`a"`).Len() != 3 {
		t.Errorf("members are not found: %+v", n)
	}
}

func TestJSONKnowsItsPaths(t *testing.T) {
	n, err := ParseJSON([]byte(`{"a": [1, {"b/c": 1e999999999}], "d": -0.0e0}`))
	if err != nil {
		t.Fatal(err)
	}
	if wild := n.Immeasurable(); wild == nil || wild.Pointer() != "/a/1/b~1c" {
		t.Errorf("the number out of range is %+v", wild)
	}
	if n.Get("a").Item(0).Immeasurable() != nil || n.Get("d").Pointer() != "/d" {
		t.Error("numbers in range are taken for others, or have no path")
	}
}
