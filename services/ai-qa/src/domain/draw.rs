//! Which objection a visit draws.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Draws one of `pool`, evenly and the same one whenever the same event is asked about. `pool` has a fixed order.
pub fn draw<T>(event: Uuid, pool: &[T]) -> Option<&T> {
    let digest = Sha256::digest(event.as_bytes());
    let number = digest.iter().take(8).fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
    let size = u64::try_from(pool.len()).ok().filter(|size| *size > 0)?;
    pool.get(usize::try_from(number % size).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_event_draws_the_same_and_every_one_is_drawn_some_time() {
        let pool = [1, 2, 3];
        let drawn: Vec<_> = (0..60).filter_map(|n| draw(Uuid::from_u128(n), &pool)).collect();
        assert_eq!(drawn.len(), 60);
        assert!(pool.iter().all(|one| drawn.contains(&one)), "{drawn:?}");
        assert_eq!(draw(Uuid::from_u128(7), &pool), draw(Uuid::from_u128(7), &pool));
    }

    #[test]
    fn nothing_is_drawn_from_an_empty_pool() {
        assert_eq!(draw::<u8>(Uuid::nil(), &[]), None);
    }
}
