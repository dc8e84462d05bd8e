//! The outputs of all catalogs.

#![deny(missing_docs)]

#[path = "build/catalogs.rs"]
mod catalogs;
pub use catalogs::*;
