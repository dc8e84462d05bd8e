//! Has the client of the guide, templates/rust/README.md, talk with its server.

use axum::body::{to_bytes, Body};
use axum::http::{Request, Response};
use rust::out::ApiError;
use tower::ServiceExt;

#[path = "build/guide/guide_1.rs"]
mod client;
#[path = "build/guide/guide_0.rs"]
mod server;

async fn get(path: &str) -> Result<Vec<u8>, ApiError> {
    let request = Request::get(path).header("X-Request-Id", "req_1").body(Body::empty()).unwrap();
    let (parts, body) = server::app().oneshot(request).await.unwrap().into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap().to_vec();
    client::body_of(Response::from_parts(parts, body))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(get("/projects/p1").await.unwrap(), b"Checkout");
    assert_eq!(client::describe(&get("/nowhere").await.unwrap_err()), "no such project");
    assert_eq!(client::describe(&get("/projects/-").await.unwrap_err()), "id: Must not be empty");
    let internal = get("/limit").await.unwrap_err();
    assert_eq!(internal.request_id(), Some("req_1"));
    assert_eq!((internal.code().as_str(), internal.message()), ("INTERNAL_ERROR", "Unexpected server error"));
    let busy = get("/projects/busy").await.unwrap_err();
    assert_eq!((busy.is_retryable(), busy.delay(1).as_secs()), (true, 12));
    let mut answers = vec![Ok(1), Err(ApiError::service_unavailable())];
    assert_eq!(client::retrying(|| answers.pop().unwrap(), 3).unwrap(), 1);
    let mut answers = vec![Ok(1), Err(ApiError::not_found())];
    assert!(client::retrying(|| answers.pop().unwrap(), 3).is_err());
}
