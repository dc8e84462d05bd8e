//! Writes for each catalog the function that raises an error again, from the functions that make its errors.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build");
    let mut code = String::new();
    let mut arms = String::new();
    for folder in fs::read_dir("build").unwrap() {
        let folder = folder.unwrap().path();
        let file = folder.join("api_errors.rs");
        if file.is_file() {
            let name = folder.file_name().unwrap().to_str().unwrap();
            write(&mut code, name, &fs::read_to_string(file).unwrap());
            writeln!(arms, "\"{name}\" => {name}::tell(message),").unwrap();
        }
    }
    writeln!(
        code,
        "fn tell(name: &str, message: Message) -> Told {{ match name {{ {arms} _ => panic!(\"{{name}}\") }} }}"
    )
    .unwrap();
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("raise.rs"), code).unwrap();
}

fn write(code: &mut String, name: &str, module: &str) {
    writeln!(code, "mod {name} {{ use rust::{name}::*; use std::time::Duration; client!({name}); ").unwrap();
    let internal = module.contains("pub fn from_error(");
    let internal = if internal { "Some(ApiError::from_error(error))" } else { "{ drop(error); None }" };
    writeln!(code, "fn answer(error: Box<dyn std::error::Error + Send + Sync>) -> Option<ApiError> {{ {internal} }}")
        .unwrap();
    let raw = if module.contains("pub fn raw_details(") { "e.raw_details()" } else { "{ let _ = e; None }" };
    writeln!(code, "fn raw_details(e: &ApiError) -> Option<&str> {{ {raw} }}").unwrap();
    writeln!(code, "#[allow(deprecated)] fn raise(e: &ApiError) -> Option<ApiError> {{ Some(match e.code() {{")
        .unwrap();
    let lines: Vec<_> = module.lines().collect();
    for pair in lines.windows(2) {
        let made = pair[0].trim().strip_prefix("pub fn ").and_then(|line| line.split_once('('));
        let of = pair[1].trim().strip_prefix("Self::new(").and_then(|line| line.split_once(')'));
        if let (Some((function, rest)), Some((variant, _))) = (made, of) {
            let mut values = vec![];
            if let Some((_, rest)) = rest.split_once("details: ") {
                let kind = rest.split([',', ')']).next().unwrap();
                values.push(format!("match e.details()? {{ Details::{kind}(d) => (**d).clone(), #[allow(unreachable_patterns)] _ => return None }}"));
            }
            if rest.contains("retry_after: Duration") {
                values.push("e.retry_after().unwrap_or_default()".to_owned());
            }
            if function != "from_error" {
                writeln!(code, "{variant} => ApiError::{function}({}),", values.join(", ")).unwrap();
            }
        }
    }
    writeln!(code, "_ => return None }}) }} #[allow(unused)] type Unused = Duration; }}").unwrap();
}
