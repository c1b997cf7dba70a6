//! Plain text in the official layout.

use super::decode::{decode, decode_head};
use super::layout;
use super::{Input, Reader, Sink};

/// Reader of plain text.
pub struct Prose;

/// How much of a file decides whether it is of the layout, in bytes.
const HEAD: usize = 64 * 1024;
/// A line longer than this is no text for people, in bytes.
const LONGEST_LINE: usize = 32 * 1024 * 1024;

impl Reader for Prose {
    fn name(&self) -> &'static str {
        "text"
    }

    fn recognises(&self, input: &Input) -> bool {
        decode_head(input.bytes, HEAD).is_some_and(|head| layout::is_layout(&head.text, input.columns))
    }

    fn read(&self, input: &Input, sink: &mut Sink) {
        let line = input.bytes.split(|b| *b == b'\n').map(<[u8]>::len).max().unwrap_or(0);
        if line > LONGEST_LINE {
            return sink.reject_file(input, "line-too-long", &line);
        }
        let Some(decoded) = decode(input.bytes) else {
            return sink.reject_file(input, "not-text", "");
        };
        decoded.report(input, sink);
        layout::read(&layout::lines(&decoded.text), input, sink);
    }
}
