//! Papers for customers, in Chinese, on A4: a small layout engine and what it prints.
//!
//! - `face`        the font: glyphs and their widths
//! - `sheet`       what is on a page: texts, rules, blocks, paths
//! - `flow`        text and tables set one below the other, with page breaks
//! - `ink`         sheets into PDF bytes; the same sheets always give the same bytes
//! - `letterhead`  logo, header, footer and watermark
//! - `line_table`, `quote_paper`, `contract_paper`  the contents

mod contract_paper;
mod face;
mod figures;
mod flow;
mod ink;
mod letterhead;
mod line_table;
mod quote_paper;
mod sheet;
mod words;

pub use contract_paper::{ContractPaper, DrawnSignature};
pub use quote_paper::QuotePaper;

use std::path::Path;

use kernel::{AsProblem, Kind, Problem};
use sha2::{Digest, Sha256};

use crate::config::Company;
use face::Face;

/// Where Debian puts fonts with Chinese glyphs, the best for print first.
const USUAL_FONTS: [&str; 6] = [
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/wqy-microhei/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
];

#[derive(Clone, Debug, thiserror::Error)]
pub enum PdfError {
    #[error("no font with Chinese glyphs was found; apt-get install fonts-wqy-microhei, or set service.font_path")]
    FontMissing,
    #[error("{0} is not a usable font: {1}")]
    FontUnusable(String, String),
    #[error("the document could not be written: {0}")]
    Unwritable(String),
}

impl AsProblem for PdfError {
    fn problem(&self) -> Problem {
        match self {
            Self::FontMissing => {
                let zh = "服务器缺少中文字体：请安装 fonts-wqy-microhei 或配置 service.font_path";
                Problem::new(Kind::Unavailable, "font_missing", zh, self.to_string())
            }
            Self::FontUnusable(..) | Self::Unwritable(_) => Problem::internal(self),
        }
    }
}

/// Prints papers with one font.
pub struct Printer {
    face: Option<Face>,
}

impl Printer {
    /// Loads the font at `path`, or the first of the usual ones when `path` is empty. A missing usual
    /// font is reported when something is to be printed: everything else works without.
    pub fn load(path: &str) -> Result<Self, PdfError> {
        if !path.is_empty() {
            return Ok(Self { face: Some(Face::load(Path::new(path))?) });
        }
        let Some(found) = USUAL_FONTS.into_iter().find(|path| Path::new(path).is_file()) else {
            tracing::warn!("{}", PdfError::FontMissing);
            return Ok(Self { face: None });
        };
        Ok(Self { face: Some(Face::load(Path::new(found))?) })
    }

    pub fn quote(&self, company: &Company, paper: &QuotePaper) -> Result<Vec<u8>, PdfError> {
        let face = self.face()?;
        ink::write(face, &paper.sheets(face, company), &paper.about(company))
    }

    pub fn contract(&self, company: &Company, paper: &ContractPaper) -> Result<Vec<u8>, PdfError> {
        let face = self.face()?;
        ink::write(face, &paper.sheets(face, company), &paper.about(company))
    }

    fn face(&self) -> Result<&Face, PdfError> {
        self.face.as_ref().ok_or(PdfError::FontMissing)
    }
}

/// SHA-256 of a file, in hex.
pub fn sha256(pdf: &[u8]) -> String {
    hex::encode(Sha256::digest(pdf))
}
