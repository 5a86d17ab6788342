//! A published version of a process definition, in this service's own event.

use contracts::crm::v1::ProcessPublished;
use journal::{Entry, JournalError};
use runtime::Announcement;

pub fn announce_process(published: Announcement) -> Result<Entry, JournalError> {
    let event =
        ProcessPublished { name: published.name, definition_version: published.version, sha256: published.sha256 };
    Entry::new(&event, published.aggregate_id, published.aggregate_version)
}
