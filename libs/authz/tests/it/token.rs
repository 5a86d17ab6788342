//! The signed principal: believed only as it was signed, only as long, only from whom it may come.

use authz::token::{Keyring, May, Signer, TokenError, TrustedKey};
use chrono::{DateTime, Duration, Utc};
use kernel::{Principal, PrincipalKind, Role, TenantId};
use proptest::prelude::*;
use uuid::Uuid;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("valid")
}

fn rep() -> Principal {
    Principal {
        kind: PrincipalKind::Person,
        tenant: TenantId(Uuid::from_u128(1)),
        id: Uuid::from_u128(2),
        org: "/east/shanghai/".parse().expect("path"),
        roles: vec![Role::SalesRep],
        stepped_up_until: Some(now() + Duration::minutes(5)),
    }
}

fn signer() -> Signer {
    Signer::new("gateway-1", [7; 32]).issued_by("gateway")
}

fn ring(signer: &Signer, id: &str, may: May) -> Keyring {
    Keyring::new(vec![TrustedKey { id: id.into(), public_key: signer.public_key(), may }]).expect("usable")
}

fn minted(principal: &Principal) -> String {
    signer().mint(principal, now(), Duration::seconds(60)).expect("mints")
}

#[test]
fn a_minted_principal_arrives_whole() {
    let ring = ring(&signer(), "gateway-1", May::AnyPrincipal);
    assert_eq!(ring.verify(&minted(&rep()), now()), Ok(rep()));
}

#[test]
fn it_is_believed_until_it_expires() {
    let ring = ring(&signer(), "gateway-1", May::AnyPrincipal);
    let token = minted(&rep());
    assert!(ring.verify(&token, now() + Duration::seconds(59)).is_ok());
    assert_eq!(ring.verify(&token, now() + Duration::seconds(60)), Err(TokenError::Expired));
}

#[test]
fn only_trusted_keys_count() {
    let unknown = ring(&signer(), "gateway-2", May::AnyPrincipal);
    assert_eq!(unknown.verify(&minted(&rep()), now()), Err(TokenError::UnknownKey));
    let other_key = ring(&Signer::new("gateway-1", [8; 32]), "gateway-1", May::AnyPrincipal);
    assert_eq!(other_key.verify(&minted(&rep()), now()), Err(TokenError::BadSignature));
}

#[test]
fn a_services_key_speaks_for_that_service_alone() {
    let ring = ring(&signer(), "gateway-1", May::ServiceOnly("crm".into()));
    let crm = Principal::service(rep().tenant, "crm");
    assert_eq!(ring.verify(&minted(&crm), now()), Ok(crm.clone()));
    let dressed_up = Principal { roles: vec![Role::Service, Role::SalesDirector], ..crm };
    for principal in [rep(), Principal::service(rep().tenant, "delivery"), dressed_up] {
        assert_eq!(ring.verify(&minted(&principal), now()), Err(TokenError::NotAllowed));
    }
}

#[test]
fn one_id_cannot_name_two_keys() {
    let key = TrustedKey { id: "k".into(), public_key: signer().public_key(), may: May::AnyPrincipal };
    assert_eq!(Keyring::new(vec![key.clone(), key]).err(), Some(TokenError::BadKey("k".into())));
}

#[test]
fn what_is_no_token_is_malformed() {
    let ring = ring(&signer(), "gateway-1", May::AnyPrincipal);
    for text in ["", ".", "a.b", "e30.AAAA", "not a token"] {
        assert_eq!(ring.verify(text, now()), Err(TokenError::Malformed), "{text:?}");
    }
}

proptest! {
    #[test]
    fn any_changed_byte_is_refused(at in any::<prop::sample::Index>(), flip in 1_u8..128) {
        let mut bytes = minted(&rep()).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = (bytes[at] ^ flip) & 0x7f;
        let changed = String::from_utf8(bytes).expect("ascii");
        let ring = ring(&signer(), "gateway-1", May::AnyPrincipal);
        prop_assert!(ring.verify(&changed, now()).is_err());
    }
}
