//! What the collector took, decoded from the wire.

use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::logs::v1::LogRecord;
use opentelemetry_proto::tonic::metrics::v1::Metric;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use testkit::Received;

#[derive(Default)]
pub struct Collected {
    /// Every `service.name`, once.
    pub services: Vec<String>,
    pub spans: Vec<Span>,
    pub metrics: Vec<Metric>,
    pub logs: Vec<LogRecord>,
}

impl Collected {
    /// Reads what was accepted; a refused request comes again.
    pub fn of(requests: &[Received]) -> Self {
        let mut collected = Self::default();
        for request in requests.iter().filter(|request| request.answered == 200) {
            assert_eq!(request.header("content-type"), "application/x-protobuf");
            match request.target.as_str() {
                "/v1/traces" => collected.take_traces(read(request)),
                "/v1/metrics" => collected.take_metrics(read(request)),
                "/v1/logs" => collected.take_logs(read(request)),
                other => panic!("nothing is collected at {other}"),
            }
        }
        collected
    }

    fn take_traces(&mut self, request: ExportTraceServiceRequest) {
        for group in request.resource_spans {
            self.note_service(group.resource);
            self.spans.extend(group.scope_spans.into_iter().flat_map(|scope| scope.spans));
        }
    }

    fn take_metrics(&mut self, request: ExportMetricsServiceRequest) {
        for group in request.resource_metrics {
            self.note_service(group.resource);
            self.metrics.extend(group.scope_metrics.into_iter().flat_map(|scope| scope.metrics));
        }
    }

    fn take_logs(&mut self, request: ExportLogsServiceRequest) {
        for group in request.resource_logs {
            self.note_service(group.resource);
            self.logs.extend(group.scope_logs.into_iter().flat_map(|scope| scope.log_records));
        }
    }

    fn note_service(&mut self, resource: Option<Resource>) {
        let attributes = resource.expect("a resource").attributes;
        let name = text_of(&attributes, "service.name").to_owned();
        if !self.services.contains(&name) {
            self.services.push(name);
        }
    }

    /// The log line that says exactly this.
    pub fn line(&self, said: &str) -> Option<&LogRecord> {
        self.logs.iter().find(|line| text(line.body.as_ref()) == said)
    }

    /// How often a histogram was recorded for a route.
    pub fn measured(&self, name: &str, route: &str) -> u64 {
        let metric = self.metrics.iter().rfind(|metric| metric.name == name).expect("the metric");
        let Some(Data::Histogram(histogram)) = &metric.data else { panic!("{name} is no histogram") };
        let of_route = histogram.data_points.iter().filter(|point| text_of(&point.attributes, "route") == route);
        of_route.map(|point| point.count).sum()
    }
}

/// A textual attribute of a span; empty when it is absent.
pub fn attribute<'a>(span: &'a Span, key: &str) -> &'a str {
    text_of(&span.attributes, key)
}

fn read<M: Message + Default>(request: &Received) -> M {
    M::decode(request.body.clone()).expect("what the address says")
}

fn text_of<'a>(attributes: &'a [KeyValue], key: &str) -> &'a str {
    attributes.iter().find(|attribute| attribute.key == key).map_or("", |attribute| text(attribute.value.as_ref()))
}

fn text(value: Option<&AnyValue>) -> &str {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text,
        _ => "",
    }
}
