//! What an error of the database means for whoever asked: trying again helps, or it is our fault.
//!
//! The codes are PostgreSQL's SQLSTATEs, by class: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.

use std::borrow::Cow;

use kernel::Problem;
use sqlx::Error;
use sqlx::error::DatabaseError;

/// 08 connection broken · 53 out of memory, disk or connections · 57P stopping, starting or killed ·
/// 40001, 40P01 undone so that another transaction could go on.
const PASSING: [&str; 5] = ["08", "53", "57P", "40001", "40P01"];

/// The problem of a database error that its caller has no better word for.
///
/// `Unavailable` when the same request can succeed later: the database is starting, stopping, full or away, or undid
/// the transaction in favour of another one. `Internal` otherwise.
pub fn problem(error: &Error) -> Problem {
    if passes(error) { Problem::unavailable(error) } else { Problem::internal(error) }
}

fn passes(error: &Error) -> bool {
    match error {
        Error::PoolTimedOut | Error::PoolClosed | Error::Io(_) => true,
        Error::Database(inner) => is_passing(inner.as_ref()),
        _ => false,
    }
}

fn is_passing(error: &dyn DatabaseError) -> bool {
    let code: Cow<'_, str> = error.code().unwrap_or_default();
    PASSING.iter().any(|class| code.starts_with(class))
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use kernel::Kind;

    use super::*;

    #[test]
    fn a_server_out_of_reach_is_unavailable_and_a_wrong_query_is_our_fault() {
        for away in [Error::PoolTimedOut, Error::PoolClosed, Error::Io(ErrorKind::ConnectionRefused.into())] {
            assert_eq!(problem(&away).kind, Kind::Unavailable, "{away}");
        }
        for ours in [Error::RowNotFound, Error::ColumnNotFound("x".into())] {
            assert_eq!(problem(&ours).kind, Kind::Internal, "{ours}");
        }
    }
}
