//! Where the bytes of recordings are kept: parts while they arrive, one object when they are whole.

use std::path::Path as Folder;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    Error, GetOptions, GetResultPayload, MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, Result,
};
use uuid::Uuid;

use crate::domain::probe::Probe;

const ASSEMBLE_BY: usize = 8 * 1024 * 1024;

/// An object store that answers a write when it is on disk.
#[derive(Clone)]
pub struct Content(Arc<dyn ObjectStore>);

impl Content {
    /// Keeps objects as files below `folder`, which is made when missing.
    pub fn in_folder(folder: &Folder) -> Result<Self> {
        std::fs::create_dir_all(folder)
            .map_err(|source| Error::Generic { store: "LocalFileSystem", source: Box::new(source) })?;
        let files = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self(Arc::new(files)))
    }

    /// Stores a part under a name that no other attempt uses, and answers the name.
    pub async fn put_part(&self, recording: Uuid, part: Uuid, bytes: Bytes) -> Result<String> {
        let name = format!("uploads/{recording}/{part}");
        self.0.put(&Path::from(name.as_str()), PutPayload::from(bytes)).await?;
        Ok(name)
    }

    /// Joins the parts into the recording's object and looks at every byte on the way.
    pub async fn assemble(&self, recording: Uuid, parts: &[String]) -> Result<Probe> {
        let mut whole = self.0.put_multipart(&object(recording)).await?;
        let copied = self.copy_parts(whole.as_mut(), parts).await;
        match copied {
            Ok(probe) => whole.complete().await.map(|_| probe),
            Err(error) => {
                whole.abort().await?;
                Err(error)
            }
        }
    }

    async fn copy_parts(&self, whole: &mut dyn MultipartUpload, parts: &[String]) -> Result<Probe> {
        let (mut probe, mut waiting) = (Probe::default(), BytesMut::new());
        for part in parts {
            let mut bytes = self.0.get(&Path::from(part.as_str())).await?.into_stream();
            while let Some(chunk) = bytes.try_next().await? {
                probe.add(&chunk);
                waiting.extend_from_slice(&chunk);
                if waiting.len() >= ASSEMBLE_BY {
                    whole.put_part(waiting.split().freeze().into()).await?;
                }
            }
        }
        if !waiting.is_empty() {
            whole.put_part(waiting.freeze().into()).await?;
        }
        Ok(probe)
    }

    /// Some of a recording's bytes.
    pub async fn read(
        &self,
        recording: Uuid,
        range: std::ops::Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes>>> {
        let wanted = GetOptions::new().with_range(Some(range));
        Ok(self.0.get_opts(&object(recording), wanted).await?.into_stream())
    }

    /// A recording as a file that can be sought in.
    pub async fn open(&self, recording: Uuid) -> Result<std::fs::File> {
        match self.0.get(&object(recording)).await?.payload {
            GetResultPayload::File(file, _) => Ok(file),
            GetResultPayload::Stream(_) => Err(Error::NotImplemented {
                operation: "seeking in objects that are not files".into(),
                implementer: self.0.to_string(),
            }),
        }
    }

    /// Deletes a part that was not needed.
    pub async fn delete_part(&self, name: &str) -> Result<()> {
        missing_is_fine(self.0.delete(&Path::from(name)).await)
    }

    /// Deletes every part of a recording, also those that no attempt has finished.
    pub async fn delete_parts(&self, recording: Uuid) -> Result<()> {
        let folder = Path::from(format!("uploads/{recording}"));
        let names: Vec<_> = self.0.list(Some(&folder)).map_ok(|found| found.location).try_collect().await?;
        for name in names {
            missing_is_fine(self.0.delete(&name).await)?;
        }
        Ok(())
    }

    /// Deletes a recording; it may be gone already.
    pub async fn delete(&self, recording: Uuid) -> Result<()> {
        missing_is_fine(self.0.delete(&object(recording)).await)
    }
}

fn object(recording: Uuid) -> Path {
    Path::from(format!("recordings/{recording}"))
}

fn missing_is_fine(deleted: Result<()>) -> Result<()> {
    match deleted {
        Err(Error::NotFound { .. }) => Ok(()),
        other => other,
    }
}
