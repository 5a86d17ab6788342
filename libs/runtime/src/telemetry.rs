//! Logs, traces and metrics through OpenTelemetry: always on, exported over OTLP when configured.
//!
//! Every span has a trace id, exported or not, so that log lines of one request can be found on both
//! sides of the bus. What cannot be exported is lost, which is printed once ([`export`]).

mod export;

use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use journal::consume::Meta;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use prometheus::{Encoder, Registry, TextEncoder};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::config::{LogFormat, TelemetryConfig};
use export::{Signal, Watch};

/// How long an exporter may take to end when nothing is left to export.
const END_WITHIN: Duration = Duration::from_secs(1);

static METRICS: OnceLock<Registry> = OnceLock::new();
static STARTED: AtomicBool = AtomicBool::new(false);

#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    #[error("log filter: {0}")]
    Filter(String),
    #[error("OTLP exporter: {0}")]
    Exporter(String),
    #[error("telemetry was started before in this process")]
    Twice,
}

/// Flushes what is not exported yet when dropped.
pub struct Telemetry {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
    logs: Option<SdkLoggerProvider>,
}

impl Telemetry {
    /// Starts telemetry for the process; `name` is the OpenTelemetry service name.
    pub fn start(config: &TelemetryConfig, name: &str) -> Result<Self, TelemetryError> {
        // Before anything global is replaced: a second start must leave the first one as it is.
        if STARTED.swap(true, Ordering::SeqCst) {
            return Err(TelemetryError::Twice);
        }
        // The exporters' HTTP client is built before the service installs its TLS provider.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let resource = Resource::builder().with_service_name(name.to_owned()).build();
        let watch = Watch::new(&config.otlp_endpoint);
        let traces = traces(config, &watch, resource.clone())?;
        let metrics = metrics(config, &watch, resource.clone())?;
        let logs = logs(config, &watch, resource)?;
        opentelemetry::global::set_meter_provider(metrics.clone());

        // The filter is for lines alone: spans carry the trace across services whatever is shown.
        let filter = || line_filter(&config.filter);
        let lines = match config.format {
            LogFormat::Json => {
                fmt::layer().json().flatten_event(true).with_current_span(true).with_span_list(false).boxed()
            }
            LogFormat::Pretty => fmt::layer().compact().with_target(false).boxed(),
        };
        // A directive, not a function: see `line_filter`.
        let own = format!("{}=off", export::TARGET).parse();
        let exported = filter()?.add_directive(own.map_err(|_| TelemetryError::Filter(config.filter.clone()))?);
        let bridge = logs.as_ref().map(opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge::new);
        tracing_subscriber::registry()
            .with(tracing_opentelemetry::layer().with_tracer(traces.tracer("sluice")).with_filter(LevelFilter::INFO))
            .with(lines.with_filter(filter()?))
            .with(bridge.with_filter(exported))
            .try_init()
            .map_err(|_| TelemetryError::Twice)?;
        Ok(Self { traces, metrics, logs })
    }
}

/// Which lines are shown. Whether one passes must be known once for all: a filter that is asked at each line leaves its
/// refusals behind on the thread, and the next span there is lost to the trace (tracing-subscriber 0.3, filters of layers).
/// So directives that look at spans are refused.
fn line_filter(directives: &str) -> Result<EnvFilter, TelemetryError> {
    if directives.contains('[') {
        return Err(TelemetryError::Filter(format!("{directives}: directives by span lose spans of traces")));
    }
    EnvFilter::try_new(directives).map_err(|error| TelemetryError::Filter(error.to_string()))
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        // Shutting down would export too, but say nothing of how that went.
        export::last_flush(Signal::Traces, self.traces.force_flush());
        export::last_flush(Signal::Metrics, self.metrics.force_flush());
        let _ = self.traces.shutdown_with_timeout(END_WITHIN);
        let _ = self.metrics.shutdown_with_timeout(END_WITHIN);
        if let Some(logs) = &self.logs {
            export::last_flush(Signal::Logs, logs.force_flush());
            let _ = logs.shutdown_with_timeout(END_WITHIN);
        }
    }
}

fn exporter_failed(error: impl std::fmt::Display) -> TelemetryError {
    TelemetryError::Exporter(error.to_string())
}

fn traces(config: &TelemetryConfig, watch: &Watch, resource: Resource) -> Result<SdkTracerProvider, TelemetryError> {
    let builder = SdkTracerProvider::builder().with_resource(resource);
    if config.otlp_endpoint.is_empty() {
        return Ok(builder.build());
    }
    let endpoint = format!("{}/v1/traces", config.otlp_endpoint);
    let exporter = SpanExporter::builder().with_http().with_endpoint(endpoint).build().map_err(exporter_failed)?;
    Ok(builder.with_batch_exporter(watch.around(Signal::Traces, exporter)).build())
}

fn metrics(config: &TelemetryConfig, watch: &Watch, resource: Resource) -> Result<SdkMeterProvider, TelemetryError> {
    let registry = METRICS.get_or_init(Registry::new).clone();
    let scrape = opentelemetry_prometheus::exporter().with_registry(registry).build().map_err(exporter_failed)?;
    let builder = SdkMeterProvider::builder().with_resource(resource).with_reader(scrape);
    if config.otlp_endpoint.is_empty() {
        return Ok(builder.build());
    }
    let endpoint = format!("{}/v1/metrics", config.otlp_endpoint);
    let exporter = MetricExporter::builder().with_http().with_endpoint(endpoint).build().map_err(exporter_failed)?;
    Ok(builder.with_periodic_exporter(watch.around(Signal::Metrics, exporter)).build())
}

fn logs(
    config: &TelemetryConfig,
    watch: &Watch,
    resource: Resource,
) -> Result<Option<SdkLoggerProvider>, TelemetryError> {
    if config.otlp_endpoint.is_empty() {
        return Ok(None);
    }
    let endpoint = format!("{}/v1/logs", config.otlp_endpoint);
    let exporter = LogExporter::builder().with_http().with_endpoint(endpoint).build().map_err(exporter_failed)?;
    let exporter = watch.around(Signal::Logs, exporter);
    Ok(Some(SdkLoggerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build()))
}

/// Everything measured in this process, in the Prometheus text format.
pub fn metrics_text() -> String {
    let mut text = Vec::new();
    let families = METRICS.get_or_init(Registry::new).gather();
    if let Err(error) = TextEncoder::new().encode(&families, &mut text) {
        tracing::warn!(%error, "metrics cannot be encoded");
    }
    String::from_utf8(text).unwrap_or_default()
}

/// Counts and times one request by route template, method and status.
pub(crate) fn measure_request(service: &'static str, route: &str, method: &str, status: u16, seconds: f64) {
    static DURATION: OnceLock<opentelemetry::metrics::Histogram<f64>> = OnceLock::new();
    let labels = [
        KeyValue::new("service", service),
        KeyValue::new("route", route.to_owned()),
        KeyValue::new("method", method.to_owned()),
        KeyValue::new("status", i64::from(status)),
    ];
    DURATION
        .get_or_init(|| {
            opentelemetry::global::meter("sluice").f64_histogram("http_server_request_duration").with_unit("s").build()
        })
        .record(seconds, &labels);
}

/// Makes `span` a child of the W3C trace context, and notes the trace id for log lines.
pub fn continue_trace(span: &Span, traceparent: Option<&str>) {
    if let Some(parent) = traceparent {
        let carrier = HashMap::from([("traceparent".to_owned(), parent.to_owned())]);
        let _ = span.set_parent(TraceContextPropagator::new().extract_with_context(&Context::new(), &carrier));
    }
    let trace = span.context().span().span_context().trace_id().to_string();
    span.record("trace_id", trace);
}

/// The W3C trace context of a span, to be carried across HTTP, gRPC or the bus.
pub fn traceparent_of(span: &Span) -> Option<String> {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&span.context(), &mut carrier);
    carrier.remove("traceparent")
}

/// The span of one reaction, a child of the request that caused the event.
pub(crate) fn reaction_span(name: &'static str, meta: &Meta) -> Span {
    let span = tracing::info_span!("reaction", name, event = %meta.event_id, aggregate = %meta.aggregate_id,
        deliveries = meta.deliveries, trace_id = tracing::field::Empty);
    continue_trace(&span, meta.traceparent.as_deref());
    span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_filtered_by_target_and_level_but_not_by_span() {
        assert!(line_filter("info,sqlx=warn").is_ok());
        for refused in ["info,[request]=debug", "runtime[write{n=1}]=trace", "sqlx=loud"] {
            assert!(matches!(line_filter(refused), Err(TelemetryError::Filter(_))), "{refused}");
        }
    }
}
