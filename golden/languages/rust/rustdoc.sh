# Builds the documentation of all catalogs; nothing may be said against it.
RUSTDOCFLAGS="-D warnings" exec cargo doc --quiet --no-deps --lib
