//! Prints the parts of a file, see shape in languages_wire_test.go.

use std::io::{self, Read};

use crate::base64::encode;
use proc_macro2::{TokenStream, TokenTree};
use serde_json::Value;

pub fn print() -> io::Result<()> {
    let mut code = String::new();
    io::stdin().read_to_string(&mut code)?;
    syn::parse_file(&code).expect("Rust");
    let mut parts = vec![];
    collect(code.parse().expect("tokens"), &mut parts);
    let mut words = String::new();
    for (kind, text) in parts {
        if kind == "doc" {
            words += &text;
            words.push('\n');
            continue;
        }
        print_part("words", &std::mem::take(&mut words));
        print_part(kind, &text);
    }
    Ok(())
}

/// Doc comments are attributes, `#[doc = "…"]`: those of many lines become one.
fn collect(tokens: TokenStream, parts: &mut Vec<(&'static str, String)>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut i = 0;
    while i < tokens.len() {
        if let Some((text, length)) = doc(&tokens[i..]) {
            parts.push(("doc", text));
            i += length;
            continue;
        }
        match &tokens[i] {
            TokenTree::Group(group) => {
                parts.push(("open", format!("{:?}", group.delimiter())));
                collect(group.stream(), parts);
                parts.push(("close", String::new()));
            }
            TokenTree::Ident(_) => parts.push(("name", String::new())),
            TokenTree::Punct(mark) => parts.push(("mark", mark.to_string())),
            TokenTree::Literal(literal) => parts.push(literal_part(literal)),
        }
        i += 1;
    }
}

/// The text of a doc comment, and how many tokens it is.
fn doc(tokens: &[TokenTree]) -> Option<(String, usize)> {
    let inner = usize::from(tokens.get(1)?.to_string() == "!");
    let TokenTree::Group(group) = tokens.get(1 + inner)? else {
        return None;
    };
    let parts: Vec<_> = group.stream().into_iter().collect();
    match parts.as_slice() {
        [name, _, TokenTree::Literal(text)] if tokens[0].to_string() == "#" && name.to_string() == "doc" => {
            Some((literal_part(text).1, 2 + inner))
        }
        _ => None,
    }
}

/// What a literal stands for: a constant of the envelope is the JSON of a text.
fn literal_part(literal: &proc_macro2::Literal) -> (&'static str, String) {
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => match serde_json::from_str(&text.value()) {
            Ok(Value::String(json)) => ("text", json),
            _ => ("text", text.value()),
        },
        _ => ("literal", literal.to_string()),
    }
}

fn print_part(kind: &str, text: &str) {
    if kind != "words" || !text.is_empty() {
        println!("{kind}\t{}", encode(text.as_bytes()));
    }
}
