//! C2SP signed notes with Ed25519 keys (signature type 1).
//!
//! A note is a text, an empty line and one signature line per key: `— <key name> base64(key id || signature)`.

mod key;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use key::{Signer, Verifier};

use super::error::LedgerError;
use key::is_key_name;

const SIGNATURE_MARK: &str = "— ";
const MAX_SIGNATURES: usize = 64;

/// A text with its signatures. The text counts only after [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// One signature line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteSignature {
    /// The key's name.
    pub name: String,
    /// The key's id.
    pub id: u32,
    /// What the key's algorithm made of the text.
    pub signature: Vec<u8>,
}

impl Note {
    /// Signs `text`, which must end with a line end and hold no other control characters.
    pub fn sign(text: &str, signers: &[&Signer]) -> Result<Self, LedgerError> {
        check_text(text)?;
        let signatures = signers.iter().map(|signer| NoteSignature::new(text, signer)).collect();
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Splits a note without checking any signature.
    pub fn parse(note: &str) -> Result<Self, LedgerError> {
        let split = note.rfind("\n\n").ok_or(LedgerError::Note("no empty line before the signatures"))?;
        let (text, signatures) = (&note[..=split], &note[split + 2..]);
        check_text(text)?;
        let lines = signatures.strip_suffix('\n').ok_or(LedgerError::Note("the last line is not ended"))?;
        let signatures = lines.split('\n').map(NoteSignature::parse).collect::<Result<Vec<_>, _>>()?;
        if signatures.len() > MAX_SIGNATURES {
            return Err(LedgerError::Note("too many signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The signed text, up to and with its last line end. Unverified until [`Note::verify`] agrees.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signature lines, known keys or not.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// Returns the text if at least one known key signed it and no known key's signature is wrong. Signatures by
    /// unknown keys are ignored.
    pub fn verify(&self, keys: &[Verifier]) -> Result<&str, LedgerError> {
        let mut signed = false;
        for line in &self.signatures {
            for key in keys.iter().filter(|key| key.name() == line.name && key.id() == line.id) {
                key.verify(&self.text, &line.signature)?;
                signed = true;
            }
        }
        if signed { Ok(&self.text) } else { Err(LedgerError::Unsigned) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| {
            let bytes = [&line.id.to_be_bytes(), line.signature.as_slice()].concat();
            writeln!(f, "{SIGNATURE_MARK}{} {}", line.name, STANDARD.encode(bytes))
        })
    }
}

impl NoteSignature {
    fn new(text: &str, signer: &Signer) -> Self {
        let verifier = signer.verifier();
        Self { name: verifier.name().to_owned(), id: verifier.id(), signature: signer.sign(text) }
    }

    fn parse(line: &str) -> Result<Self, LedgerError> {
        let parts = line.strip_prefix(SIGNATURE_MARK).and_then(|rest| rest.split_once(' '));
        let (name, encoded) = parts.ok_or(LedgerError::Note("a signature line without mark, name or signature"))?;
        if !is_key_name(name) {
            return Err(LedgerError::Note("a signature without a proper key name"));
        }
        let bytes = STANDARD.decode(encoded).map_err(|_| LedgerError::Note("a signature that is not base64"))?;
        match bytes.split_first_chunk() {
            Some((id, signature)) if !signature.is_empty() => {
                Ok(Self { name: name.to_owned(), id: u32::from_be_bytes(*id), signature: signature.to_vec() })
            }
            _ => Err(LedgerError::Note("a signature that is too short")),
        }
    }
}

fn check_text(text: &str) -> Result<(), LedgerError> {
    if !text.ends_with('\n') {
        return Err(LedgerError::Note("the text does not end with a line end"));
    }
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(LedgerError::Note("the text holds control characters"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // The published vector of the reference implementation of signed notes.
    const VECTOR_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const VECTOR_SEED: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const VECTOR_TEXT: &str =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const VECTOR_SIGNATURE: &str =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const OTHER_SIGNATURE: &str =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    fn vector_signer() -> Signer {
        let typed = STANDARD.decode(VECTOR_SEED).expect("base64");
        Signer::new("PeterNeumann", typed[1..].try_into().expect("32 bytes")).expect("signer")
    }

    #[test]
    fn the_published_vector_is_signed_byte_for_byte() {
        let signer = vector_signer();
        assert_eq!(signer.verifier().to_string(), VECTOR_KEY);
        let note = Note::sign(VECTOR_TEXT, &[&signer]).expect("signed");
        assert_eq!(note.to_string(), format!("{VECTOR_TEXT}\n{VECTOR_SIGNATURE}"));
    }

    #[test]
    fn the_published_vectors_verify() {
        let peter: Verifier = VECTOR_KEY.parse().expect("key");
        let enoch: Verifier = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop".parse().expect("key");
        let both = Note::parse(&format!("{VECTOR_TEXT}\n{VECTOR_SIGNATURE}{OTHER_SIGNATURE}")).expect("note");
        assert_eq!(both.verify(&[peter, enoch.clone()]).expect("verified"), VECTOR_TEXT);
        assert_eq!(both.verify(&[enoch]).expect("verified"), VECTOR_TEXT);
        let example: Verifier =
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse().expect("key");
        let note = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
        Note::parse(note).expect("note").verify(&[example]).expect("verified");
    }

    #[test]
    fn a_wrong_signature_by_a_known_key_is_refused_even_beside_a_right_one() {
        let (signer, other) = (vector_signer(), Signer::new("other", &[1; 32]).expect("signer"));
        let mut note = Note::sign(VECTOR_TEXT, &[&signer, &other]).expect("signed");
        note.signatures[1].signature[0] ^= 1;
        let keys = [signer.verifier().clone(), other.verifier().clone()];
        assert!(matches!(note.verify(&keys), Err(LedgerError::BadSignature(name)) if name == "other"));
        assert!(note.verify(&keys[..1]).is_ok());
        assert!(matches!(note.verify(&[]), Err(LedgerError::Unsigned)));
    }

    #[test]
    fn malformed_notes_are_refused() {
        let good = format!("text\n\n{VECTOR_SIGNATURE}");
        Note::parse(&good).expect("well formed");
        let broken = [
            String::new(),
            "text\n".to_owned(),
            "text\n\n".to_owned(),
            good.trim_end().to_owned(),
            good.replace("text", "te\txt"),
            good.replace("— ", "- "),
            good.replace("— ", "—  "),
            good.replace("nAM=", "nAN="),
            "text\n\n— name AAAAAA==\n".to_owned(),
            format!("text\n\n{}", VECTOR_SIGNATURE.repeat(MAX_SIGNATURES + 1)),
        ];
        for note in broken {
            assert!(Note::parse(&note).is_err(), "{note}");
        }
    }
}
