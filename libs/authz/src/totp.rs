//! The second factor: time-based one-time passwords (RFC 6238) as every authenticator app makes them.

use chrono::{DateTime, Utc};
use kernel::{AsProblem, IdSource, Kind, Problem};
use totp_rs::{Builder, Totp};

const ISSUER: &str = "Sluice";
const SECRET_BYTES: usize = 20;

/// A new second factor, to be confirmed with a first code before it counts.
pub struct Enrolment {
    /// Keep it encrypted; it is shown to the person once, inside the URI.
    pub secret: [u8; SECRET_BYTES],
    /// `otpauth://totp/…`, for a QR code.
    pub otpauth_uri: String,
}

/// Why a code is refused or an enrolment impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TotpError {
    #[error("the code does not fit")]
    WrongCode,
    #[error("the code was used before")]
    AlreadyUsed,
    #[error("an account name is needed and must not contain ':'")]
    BadAccount,
    #[error("the stored secret cannot be used")]
    BadSecret,
}

impl AsProblem for TotpError {
    fn problem(&self) -> Problem {
        match self {
            Self::WrongCode => Problem::new(Kind::StepUp, "totp_wrong_code", "验证码不正确", "the code is not correct"),
            Self::AlreadyUsed => Problem::new(
                Kind::StepUp,
                "totp_already_used",
                "验证码已使用，请等待下一个验证码",
                "the code was used before; wait for the next one",
            ),
            Self::BadAccount | Self::BadSecret => Problem::internal(self),
        }
    }
}

/// A new secret for `account`, the name the authenticator app shows beside "Sluice".
pub fn enrol(ids: &IdSource, account: &str) -> Result<Enrolment, TotpError> {
    let mut secret = [0; SECRET_BYTES];
    secret.copy_from_slice(&ids.secret()[..SECRET_BYTES]);
    let totp = builder(&secret).with_account_name(account).with_issuer(Some(ISSUER)).build();
    let otpauth_uri = totp.and_then(|totp| totp.to_url()).map_err(|_| TotpError::BadAccount)?;
    Ok(Enrolment { secret, otpauth_uri })
}

/// Accepts the code of the current 30 s step, the one before or the one after, once.
///
/// Answers the accepted step: store it in the transaction that relies on it, and pass it as `last_step`
/// the next time. The caller limits how often somebody may try.
pub fn verify(secret: &[u8], code: &str, now: DateTime<Utc>, last_step: Option<i64>) -> Result<i64, TotpError> {
    let totp = builder(secret).build().map_err(|_| TotpError::BadSecret)?;
    let step = matching_step(&totp, code, now).ok_or(TotpError::WrongCode)?;
    if last_step.is_some_and(|last| step <= last) {
        return Err(TotpError::AlreadyUsed);
    }
    Ok(step)
}

fn matching_step(totp: &Totp, code: &str, now: DateTime<Utc>) -> Option<i64> {
    let seconds = u64::try_from(now.timestamp()).ok()?;
    i64::try_from(totp.check(code, seconds)?).ok()
}

fn builder(secret: &[u8]) -> Builder {
    Builder::new().with_secret(secret.to_vec()).with_skew(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 6238, appendix B: this secret at second 59 gives 94287082 in eight digits.
    const RFC_SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("valid")
    }

    #[test]
    fn agrees_with_the_standard() {
        assert_eq!(verify(RFC_SECRET, "287082", at(59), None), Ok(1));
    }

    #[test]
    fn tolerates_one_step_either_way_and_no_more() {
        for (seconds, accepted) in [(29, true), (89, true), (90, false), (150, false)] {
            assert_eq!(verify(RFC_SECRET, "287082", at(seconds), None).is_ok(), accepted, "{seconds}");
        }
    }

    #[test]
    fn a_code_counts_once_and_no_earlier_one_after_it() {
        let step = verify(RFC_SECRET, "287082", at(59), None).expect("first use");
        assert_eq!(verify(RFC_SECRET, "287082", at(60), Some(step)), Err(TotpError::AlreadyUsed));
        assert_eq!(verify(RFC_SECRET, "287082", at(60), Some(step + 1)), Err(TotpError::AlreadyUsed));
        assert_eq!(verify(RFC_SECRET, "287082", at(60), Some(step - 1)), Ok(step));
    }

    #[test]
    fn wrong_codes_are_refused() {
        for code in ["287083", "", "28708", "2870822", "abcdef", "２８７０８２"] {
            assert_eq!(verify(RFC_SECRET, code, at(59), None), Err(TotpError::WrongCode), "{code}");
        }
    }

    #[test]
    fn an_enrolled_secret_verifies_what_the_app_computes_from_the_uri() {
        let enrolment = enrol(&IdSource::seeded(7), "demo.rep").expect("enrols");
        let app = Totp::from_url(&enrolment.otpauth_uri).expect("a URI that apps read");
        let code = app.generate(1_800_000_000).to_string();
        assert_eq!(verify(&enrolment.secret, &code, at(1_800_000_000), None), Ok(60_000_000));
        assert!(enrolment.otpauth_uri.starts_with("otpauth://totp/Sluice:demo.rep?"));
    }

    #[test]
    fn an_account_needs_a_plain_name() {
        for bad in ["", "a:b"] {
            assert_eq!(enrol(&IdSource::seeded(7), bad).err(), Some(TotpError::BadAccount), "{bad:?}");
        }
    }

    #[test]
    fn a_short_secret_is_no_secret() {
        assert_eq!(verify(b"short", "287082", at(59), None), Err(TotpError::BadSecret));
    }
}
