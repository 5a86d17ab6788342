//! What makes a booking the same booking, whichever file it comes in.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Entry;
use crate::domain::names::plain;

/// One key per entry, unique for one account and one booking.
///
/// With the bank's reference: account, direction and reference. Without: a hash of every field and the how-manieth
/// equal row of the file it is, since two equal payments of one day are two payments.
pub fn keys(entries: &[Entry]) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let key = |entry: &Entry| {
        if let Some(reference) = &entry.bank_reference {
            return format!("ref:{}:{}:{reference}", plain(&entry.account), entry.direction.as_str());
        }
        let hash = hash_of(entry);
        let count = seen.entry(hash.clone()).and_modify(|count| *count += 1).or_insert(1);
        format!("sha256:{hash}:{count}")
    };
    entries.iter().map(key).collect()
}

fn hash_of(entry: &Entry) -> String {
    let mut digest = Sha256::new();
    let fields = [
        plain(&entry.account),
        entry.booked_at.to_rfc3339(),
        entry.direction.as_str().to_owned(),
        entry.amount.to_string(),
        plain(entry.end_to_end_id.as_deref().unwrap_or_default()),
        plain(&entry.counterparty),
        plain(&entry.remittance),
    ];
    for field in fields {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    hex::encode(digest.finalize())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::DateTime;
    use kernel::Money;
    use proptest::prelude::*;

    use super::super::Direction;
    use super::*;

    fn entry(minor: i64, reference: Option<u8>, remittance: String) -> Entry {
        Entry {
            line: 1,
            account: "6222 0001".into(),
            booked_at: DateTime::from_timestamp(1_800_000_000, 0).expect("valid"),
            direction: Direction::Credit,
            amount: Money::cny(minor),
            is_reversal: false,
            bank_reference: reference.map(|n| format!("R{n}")),
            end_to_end_id: None,
            counterparty: "云杉".into(),
            remittance,
        }
    }

    #[test]
    fn equal_rows_without_a_reference_are_two_bookings() {
        let twice = [entry(5, None, "货款".into()), entry(5, None, "货款".into())];
        let keys = keys(&twice);
        assert_ne!(keys[0], keys[1]);
        assert_eq!(super::keys(&twice), keys, "the same file has the same keys");
    }

    proptest! {
        #[test]
        fn the_same_file_has_the_same_keys_and_rows_without_reference_never_collide(
            rows in prop::collection::vec((1_i64..4, prop::option::of(0_u8..3), "[ab]{0,2}"), 0..20)
        ) {
            let entries: Vec<_> = rows.into_iter().map(|(minor, reference, text)| entry(minor, reference, text)).collect();
            let found = keys(&entries);
            prop_assert_eq!(&found, &keys(&entries));
            let hashed: Vec<_> = found.iter().filter(|key| key.starts_with("sha256:")).collect();
            prop_assert_eq!(hashed.iter().collect::<HashSet<_>>().len(), hashed.len());
        }
    }
}
