//! A sentence in both languages between its protobuf form and the kernel's.

use kernel::Text;

use crate::shared::v1;

impl From<Text> for v1::Text {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}

impl From<v1::Text> for Text {
    fn from(text: v1::Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}
