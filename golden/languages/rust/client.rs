//! A client of every catalog: reads responses and tells what it sees, see talk in languages_test.go. With the argument
//! shape it prints the parts of a file.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, Write};

mod base64;
mod shape;

use base64::{decode, encode};

/// A response: its status, its headers with names in lower case, and its body.
struct Message {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// An error with another as its source.
#[derive(Debug)]
struct Outer(Box<dyn Error + Send + Sync>);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outer")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.0.as_ref())
    }
}

type Told = Vec<(&'static str, Vec<u8>)>;

/// What is told of an error, with the types of one catalog.
macro_rules! client {
    ($name:ident) => {
        pub fn tell(message: crate::Message) -> crate::Told {
            let header = |name: &str| message.headers.get(name).map(String::as_str);
            if message.status == 0 {
                return answers();
            }
            let Some(e) = ApiError::find(message.status, header, message.body) else {
                return vec![];
            };
            let mut told = vec![
                ("code", e.code().as_str().into()),
                ("message", e.message().into()),
                ("status", e.status().to_string().into()),
                ("retryable", e.is_retryable().to_string().into()),
                ("delay", e.delay(3).as_secs_f64().to_string().into()),
                ("sent", sent(&e)),
                ("changed", sent(&e.clone().with_message(format!("{}!", e.message())))),
            ];
            told.extend(e.request_id().map(|id| ("requestId", id.into())));
            told.extend(e.retry_after().map(|delay| ("retryAfter", delay.as_secs_f64().to_string().into())));
            told.extend(raw_details(&e).map(|raw| ("rawDetails", raw.into())));
            told.extend(raised(&e).map(|raised| ("raised", sent(&raised))));
            told
        }

        fn raised(e: &ApiError) -> Option<ApiError> {
            let mut raised = raise(e)?.with_message(e.message());
            if let Some(id) = e.request_id() {
                raised = raised.with_request_id(id);
            }
            if let Some(delay) = e.retry_after() {
                raised = raised.with_retry_after(delay);
            }
            Some(raised)
        }

        fn answers() -> crate::Told {
            let Some(e) = answer("not to be sent".into()) else {
                return vec![];
            };
            assert_eq!(std::error::Error::source(&e).unwrap().to_string(), "not to be sent");
            let again = answer(crate::Outer(e.clone().into()).into()).unwrap();
            assert_eq!(format!("{again:?}"), format!("{e:?}"));
            vec![("sent", sent(&e))]
        }

        fn sent(e: &ApiError) -> Vec<u8> {
            let response = e.response(None);
            let mut message = response.status.to_string();
            response.headers.iter().for_each(|(name, value)| message += &format!("\n{name}: {value}"));
            [(message + "\n\n").into_bytes(), response.body].concat()
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/raise.rs"));

fn main() -> io::Result<()> {
    if std::env::args().nth(1).as_deref() == Some("shape") {
        return shape::print();
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (name, coded) = line.split_once('\t').expect("a tab");
        let told = tell(name, parse(&decode(coded)));
        let told: Vec<_> = told.iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        writeln!(out, "{}", told.join("\t"))?;
    }
    out.flush()
}

fn parse(message: &[u8]) -> Message {
    let end = message.windows(2).position(|two| two == b"\n\n").expect("an empty line");
    let head = String::from_utf8_lossy(&message[..end]).into_owned();
    let mut lines = head.split('\n');
    let status = lines.next().and_then(|status| status.parse().ok()).expect("a status");
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    Message { status, headers: lines.filter_map(header).collect(), body: message[end + 2..].to_vec() }
}
