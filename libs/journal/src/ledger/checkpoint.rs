//! C2SP checkpoints: a log's signed size and root.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::TenantId;

use super::error::LedgerError;
use super::merkle::Hash;
use super::note::{Note, Signer, Verifier};

/// The identity of one service's log of one tenant: `sluice/<service>/<tenant>`.
pub fn origin(service: &str, tenant: TenantId) -> String {
    format!("sluice/{service}/{tenant}")
}

/// A log's tree at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log; see [`origin`].
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed: origin, size and base64 root, a line each.
    pub fn to_text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root))
    }

    /// Reads the text; extension lines after the root are allowed and ignored.
    pub fn parse(text: &str) -> Result<Self, LedgerError> {
        let body = text.strip_suffix('\n').ok_or(LedgerError::Checkpoint("the last line is not ended"))?;
        let lines: Vec<&str> = body.split('\n').collect();
        let [origin, size, root, ..] = lines[..] else {
            return Err(LedgerError::Checkpoint("fewer than three lines"));
        };
        if lines.iter().any(|line| line.is_empty()) {
            return Err(LedgerError::Checkpoint("an empty line"));
        }
        Ok(Self { origin: origin.to_owned(), size: parse_size(size)?, root: parse_root(root)? })
    }

    /// The checkpoint as a signed note.
    pub fn sign(&self, signer: &Signer) -> Result<String, LedgerError> {
        let text = self.to_text();
        // An origin with a line end would read back as another checkpoint.
        if Self::parse(&text)? != *self {
            return Err(LedgerError::Checkpoint("the origin is not one line"));
        }
        Ok(Note::sign(&text, &[signer])?.to_string())
    }

    /// Reads a signed note that at least one of `keys` signed.
    pub fn open(note: &str, keys: &[Verifier]) -> Result<Self, LedgerError> {
        Self::parse(Note::parse(note)?.verify(keys)?)
    }
}

fn parse_size(text: &str) -> Result<u64, LedgerError> {
    let size: u64 = text.parse().map_err(|_| LedgerError::Checkpoint("the size is not a number"))?;
    if size.to_string() != text {
        return Err(LedgerError::Checkpoint("the size is not plain decimal"));
    }
    Ok(size)
}

fn parse_root(text: &str) -> Result<Hash, LedgerError> {
    let bytes = STANDARD.decode(text).map_err(|_| LedgerError::Checkpoint("the root is not base64"))?;
    bytes.try_into().map_err(|_| LedgerError::Checkpoint("the root is not 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPECIFIED: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

    #[test]
    fn the_example_of_the_specification_parses_and_is_written_back() {
        let checkpoint = Checkpoint::parse(SPECIFIED).expect("checkpoint");
        assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(checkpoint.to_text(), SPECIFIED);
        assert_eq!(Checkpoint::parse(&format!("{SPECIFIED}more\n")).expect("extended"), checkpoint);
    }

    #[test]
    fn malformed_checkpoints_are_refused() {
        let broken = [
            SPECIFIED.replace("20852163", "020852163"),
            SPECIFIED.replace("20852163", "+20852163"),
            SPECIFIED.replace("20852163", "99999999999999999999"),
            SPECIFIED.replace("CsUY", ""),
            SPECIFIED.replace("q2I=", "q2J="),
            SPECIFIED.replace("example.com/behind-the-sofa", ""),
            SPECIFIED.trim_end().to_owned(),
            format!("{SPECIFIED}\n"),
            "a\n1\n".to_owned(),
        ];
        for text in broken {
            assert!(Checkpoint::parse(&text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_signed_checkpoint_opens_with_its_key_only() {
        let signer = Signer::new("sluice/crm/demo", &[5; 32]).expect("signer");
        let checkpoint = Checkpoint { origin: "sluice/crm/demo".to_owned(), size: 3, root: [9; 32] };
        let note = checkpoint.sign(&signer).expect("signed");
        assert_eq!(Checkpoint::open(&note, &[signer.verifier().clone()]).expect("opened"), checkpoint);
        let stranger = Signer::new("sluice/crm/demo", &[6; 32]).expect("signer");
        assert!(matches!(Checkpoint::open(&note, &[stranger.verifier().clone()]), Err(LedgerError::Unsigned)));
        let larger = note.replace("\n3\n", "\n4\n");
        assert!(matches!(Checkpoint::open(&larger, &[signer.verifier().clone()]), Err(LedgerError::BadSignature(_))));
    }

    #[test]
    fn an_origin_that_would_frame_another_checkpoint_is_not_signed() {
        let signer = Signer::new("log", &[5; 32]).expect("signer");
        let framed = Checkpoint { origin: "log\n999".to_owned(), size: 3, root: [9; 32] };
        assert!(framed.sign(&signer).is_err());
    }
}
