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

// What is asked for its items or members has them in order, be it nothing at all.
func TestItemsAndMembers(t *testing.T) {
	n := NewMap().Add("list", NewList(NewInt(1), NewInt(2))).Add("text", NewString("x"))
	var got []string
	for key, value := range n.Members() {
		got = append(got, key.Text)
		for item := range value.Items() {
			got = append(got, item.Text)
		}
	}
	if strings.Join(got, " ") != "list 1 2 text" {
		t.Errorf("got %q", got)
	}
	for _, none := range []*Node{nil, {}, NewString("x"), n} {
		for item := range none.Items() {
			t.Errorf("%+v has the item %+v", none, item)
		}
	}
	for key := range n.Get("list").Members() {
		t.Errorf("a list has the key %+v", key)
	}
}

func TestSteps(t *testing.T) {
	n := NewMap().Add("a", NewList(NewInt(1), NewInt(2)))
	if one := n.Step("a").Step("1"); one == nil || one.Text != "2" {
		t.Errorf("got %+v", one)
	}
	for _, key := range []string{"-1", "2", "x", ""} {
		if one := n.Step("a").Step(key); one != nil || n.Step(key) != nil || n.Step("b").Step(key) != nil {
			t.Errorf("%q leads to %+v", key, one)
		}
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
