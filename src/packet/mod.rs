//! Packets: lines of logs, and a person's copy of the workspace, as one text file that travels by mail. Pure: text in,
//! text out.

mod form;
mod pack;
mod rules;

pub use form::{
    Block, Damage, Head, Kind, MOST_BYTES, Packet, Part, TextFile, is_packet, read, sender, sha256, write,
};
pub use pack::{Pack, PackOf, case_of, is_pack, read_pack, write_pack};
pub use rules::{
    LEADERS_ONLY, LinePlace, Place, Sender, TakenBack, envelope_of, is_mentoring_by, is_page,
    is_text_of_copy, line_for_leaders, line_for_mentor, line_of_copy, mentoring_only, place_for_leaders,
    place_of_copy, takes_back,
};
