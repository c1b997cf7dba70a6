//! JSON in all its shapes: one procedure, an array, JSON Lines, a wrapper object.

use super::{Input, Reader, Sink};

/// Reader of JSON and JSON Lines.
pub struct Json;

impl Reader for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognises(&self, input: &Input) -> bool {
        let head = input.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input.bytes);
        head.iter().find(|b| !b.is_ascii_whitespace()).is_some_and(|b| matches!(b, b'{' | b'['))
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        if let Err(e) = serde_json::from_slice::<serde::de::IgnoredAny>(input.bytes) {
            sink.reject_file(input, "json-invalid", &e);
        }
    }
}
