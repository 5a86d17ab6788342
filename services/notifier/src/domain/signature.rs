//! Signatures that receivers check: Standard Webhooks and DingTalk's robots.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const SECRET_PREFIX: &str = "whsec_";

/// A webhook secret from 32 random bytes: `whsec_…`.
pub fn webhook_secret(random: &[u8]) -> String {
    format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(random))
}

/// One `v1,…` per secret over `id.timestamp.payload`; none for a secret that is not `whsec_` and base64.
pub fn webhook_signature(secrets: &[&str], id: &str, timestamp: i64, payload: &str) -> Option<String> {
    let signed = format!("{id}.{timestamp}.{payload}");
    let signatures: Option<Vec<String>> = secrets
        .iter()
        .map(|secret| {
            let key = BASE64_STANDARD.decode(secret.strip_prefix(SECRET_PREFIX)?).ok()?;
            Some(format!("v1,{}", hmac_sha256(&key, signed.as_bytes())?))
        })
        .collect();
    signatures.map(|signatures| signatures.join(" "))
}

/// DingTalk's `sign` parameter: over the time in milliseconds and the secret itself.
pub fn dingtalk_sign(secret: &str, timestamp_ms: i64) -> Option<String> {
    hmac_sha256(secret.as_bytes(), format!("{timestamp_ms}\n{secret}").as_bytes())
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(message);
    Some(BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's libraries.
    #[test]
    fn the_published_example_is_reproduced() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed =
            webhook_signature(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed.expect("signed"), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_secrets_give_two_signatures_and_a_bad_one_none() {
        let (first, second) = (webhook_secret(&[1; 32]), webhook_secret(&[2; 32]));
        let signed = webhook_signature(&[&first, &second], "m", 1, "{}").expect("signed");
        assert_eq!(signed.split(' ').count(), 2);
        assert_eq!(webhook_signature(&["plain"], "m", 1, "{}"), None);
    }
}
