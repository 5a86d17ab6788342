//! Where a lead came from; kept for good.

use kernel::choices;

choices! {
    /// The way in.
    Source {
        WebForm = "web_form",
        ExhibitionQr = "exhibition_qr",
        Phone = "phone",
        Wecom = "wecom",
        DealerApi = "dealer_api",
        CsvImport = "csv_import",
        StoreWalkIn = "store_walk_in",
        /// Opened by the service itself when a customer is due to buy again.
        Repurchase = "repurchase",
    }
}

impl Source {
    /// The name as people read and write it in Chinese sentences.
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

    /// The name as people read it in English.
    pub fn en(self) -> &'static str {
        match self {
            Self::WebForm => "web form",
            Self::ExhibitionQr => "exhibition QR code",
            Self::Phone => "phone",
            Self::Wecom => "WeCom",
            Self::DealerApi => "dealers' interface",
            Self::CsvImport => "file import",
            Self::StoreWalkIn => "walk-in",
            Self::Repurchase => "repurchase",
        }
    }

    /// True for what people and systems hand in themselves.
    pub fn is_handed_in(self) -> bool {
        !matches!(self, Self::CsvImport | Self::Repurchase)
    }
}
