//! Says in the log when telemetry begins to get lost, and when it arrives again.
//!
//! These lines are printed and never exported: a failing export must not feed on its own complaint.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::logs::{LogBatch, LogExporter};
use opentelemetry_sdk::metrics::Temporality;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::trace::{SpanData, SpanExporter};

/// A collector that comes and goes is complained about at most this often.
const PAUSE: Duration = Duration::from_mins(1);

/// Of the lines of this module.
pub(super) const TARGET: &str = module_path!();

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Signal {
    Traces,
    Metrics,
    Logs,
}

/// How the exports to one collector go.
#[derive(Clone, Debug)]
pub(super) struct Watch {
    endpoint: String,
    course: Arc<Mutex<Course>>,
}

#[derive(Debug, Default)]
struct Course {
    failing: BTreeSet<Signal>,
    /// The last thing said was that exports fail.
    said_failing: bool,
    complained_at: Option<Instant>,
}

#[derive(Debug, PartialEq, Eq)]
enum News {
    Failing,
    Recovered,
}

impl Course {
    /// What is worth saying after an export.
    fn news(&mut self, signal: Signal, arrived: bool, now: Instant) -> Option<News> {
        if arrived {
            self.failing.remove(&signal);
            let recovered = self.said_failing && self.failing.is_empty();
            self.said_failing &= !recovered;
            return recovered.then_some(News::Recovered);
        }
        self.failing.insert(signal);
        let lately = self.complained_at.is_some_and(|at| now.duration_since(at) < PAUSE);
        if self.said_failing || lately {
            return None;
        }
        (self.said_failing, self.complained_at) = (true, Some(now));
        Some(News::Failing)
    }
}

impl Watch {
    pub fn new(endpoint: &str) -> Self {
        Self { endpoint: endpoint.to_owned(), course: Arc::default() }
    }

    pub fn around<E>(&self, signal: Signal, exporter: E) -> Watched<E> {
        Watched { signal, exporter, watch: self.clone() }
    }

    fn note(&self, signal: Signal, result: OTelSdkResult) -> OTelSdkResult {
        let mut course = self.course.lock().unwrap_or_else(PoisonError::into_inner);
        let news = course.news(signal, result.is_ok(), Instant::now());
        drop(course);
        let collector = &self.endpoint;
        match (news, &result) {
            (Some(News::Failing), Err(error)) => {
                tracing::warn!(%collector, ?signal, %error, "telemetry cannot be exported; it is lost until it can");
            }
            (Some(News::Recovered), _) => tracing::info!(%collector, "telemetry is exported again"),
            _ => {}
        }
        result
    }
}

/// Says what the end of the process takes with it.
pub(super) fn last_flush(signal: Signal, result: OTelSdkResult) {
    if let Err(error) = result {
        tracing::warn!(?signal, %error, "telemetry: the last of it could not be exported and is lost");
    }
}

/// An exporter whose failures are noticed.
#[derive(Debug)]
pub(super) struct Watched<E> {
    signal: Signal,
    exporter: E,
    watch: Watch,
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        self.watch.note(self.signal, self.exporter.export(batch).await)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn shutdown(&self) -> OTelSdkResult {
        self.exporter.shutdown()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: LogExporter> LogExporter for Watched<E> {
    async fn export(&self, batch: LogBatch<'_>) -> OTelSdkResult {
        self.watch.note(self.signal, self.exporter.export(batch).await)
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn shutdown(&self) -> OTelSdkResult {
        self.exporter.shutdown()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: PushMetricExporter> PushMetricExporter for Watched<E> {
    async fn export(&self, metrics: &ResourceMetrics) -> OTelSdkResult {
        self.watch.note(self.signal, self.exporter.export(metrics).await)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn shutdown(&self) -> OTelSdkResult {
        self.exporter.shutdown()
    }

    fn temporality(&self) -> Temporality {
        self.exporter.temporality()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_once_and_so_is_its_end() {
        let (mut course, now) = (Course::default(), Instant::now());
        assert_eq!(course.news(Signal::Logs, true, now), None);
        assert_eq!(course.news(Signal::Logs, false, now), Some(News::Failing));
        assert_eq!(course.news(Signal::Traces, false, now + PAUSE * 3), None);
        assert_eq!(course.news(Signal::Logs, true, now + PAUSE * 4), None, "traces still fail");
        assert_eq!(course.news(Signal::Traces, true, now + PAUSE * 5), Some(News::Recovered));
        assert_eq!(course.news(Signal::Traces, true, now + PAUSE * 6), None);
    }

    #[test]
    fn a_collector_that_comes_and_goes_is_complained_about_once_a_pause() {
        let (mut course, start) = (Course::default(), Instant::now());
        let mut said =
            |second: u32, arrived| course.news(Signal::Logs, arrived, start + Duration::from_secs(1) * second);
        assert_eq!(said(0, false), Some(News::Failing));
        assert_eq!(said(1, true), Some(News::Recovered));
        for second in 2..60 {
            assert_eq!(said(second, second % 2 == 1), None);
        }
        assert_eq!(said(61, false), Some(News::Failing), "it still fails");
    }
}
