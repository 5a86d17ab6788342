//! What an authenticator app does.

use chrono::{DateTime, Utc};
use totp_rs::Builder;

use super::PlayError;

/// The code that the app of somebody with this base32 secret shows at `now`.
pub fn code(secret: &str, now: DateTime<Utc>) -> Result<String, PlayError> {
    let broken = |why: &str| PlayError::SecondFactor(why.to_owned());
    let secret = gateway::domain::base32::decode(secret).ok_or_else(|| broken("the secret is not base32"))?;
    let app = Builder::new().with_secret(secret).build().map_err(|_| broken("the secret is too short"))?;
    let seconds = u64::try_from(now.timestamp()).map_err(|_| broken("a time before 1970"))?;
    Ok(app.generate(seconds).to_string())
}
