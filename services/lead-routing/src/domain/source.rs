//! Where a lead came from; kept for good.

use serde::{Deserialize, Serialize};

/// The way in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    WebForm,
    ExhibitionQr,
    Phone,
    Wecom,
    DealerApi,
    CsvImport,
    StoreWalkIn,
    /// Opened by the service itself when a customer is due to buy again.
    Repurchase,
}

/// A name that is no source.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown source {0:?}")]
pub struct UnknownSource(pub String);

impl Source {
    pub const ALL: [Self; 8] = [
        Self::WebForm,
        Self::ExhibitionQr,
        Self::Phone,
        Self::Wecom,
        Self::DealerApi,
        Self::CsvImport,
        Self::StoreWalkIn,
        Self::Repurchase,
    ];

    /// The name as stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WebForm => "web_form",
            Self::ExhibitionQr => "exhibition_qr",
            Self::Phone => "phone",
            Self::Wecom => "wecom",
            Self::DealerApi => "dealer_api",
            Self::CsvImport => "csv_import",
            Self::StoreWalkIn => "store_walk_in",
            Self::Repurchase => "repurchase",
        }
    }

    /// The name as people read it.
    pub fn zh(self) -> &'static str {
        match self {
            Self::WebForm => "官网表单",
            Self::ExhibitionQr => "展会扫码",
            Self::Phone => "电话",
            Self::Wecom => "企业微信",
            Self::DealerApi => "经销商接口",
            Self::CsvImport => "文件导入",
            Self::StoreWalkIn => "门店到访",
            Self::Repurchase => "老客户复购",
        }
    }

    /// True for what people and systems hand in themselves.
    pub fn is_handed_in(self) -> bool {
        !matches!(self, Self::CsvImport | Self::Repurchase)
    }
}

impl std::str::FromStr for Source {
    type Err = UnknownSource;

    fn from_str(name: &str) -> Result<Self, UnknownSource> {
        Self::ALL.into_iter().find(|source| source.as_str() == name).ok_or_else(|| UnknownSource(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_back_and_match_their_json() {
        for source in Source::ALL {
            assert_eq!(source.as_str().parse(), Ok(source));
            assert_eq!(serde_json::to_value(source).expect("json"), source.as_str());
        }
        assert!("fax".parse::<Source>().is_err());
    }
}
