//! CEL conditions: compiled once, evaluated within bounds, never open by mistake.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use cel::{Context, Env, Program, Value};
use kernel::{Evidence, Text};
use serde::{Serialize, Serializer};

use super::DefinitionError;
use super::bounds;

/// Longer conditions belong into several gates.
const LONGEST_SOURCE_BYTES: usize = 2_000;
/// What the bounds on loops multiply with: two nested loops over all of this are 90 000 steps.
const LONGEST_LIST: usize = 300;
const MOST_VALUES: usize = 5_000;
/// Reserved, not committed, while one condition is compiled.
const COMPILER_STACK_BYTES: usize = 64 * 1024 * 1024;

static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// A CEL expression over `facts`, `evidence`, `from` and `to` that is true or false.
#[derive(Clone, Debug)]
pub struct Condition {
    source: String,
    program: Arc<Program>,
}

/// Why a condition could not be evaluated. It then counts as not fulfilled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEvaluable {
    #[error("{0}")]
    Failed(String),
    #[error("the condition is neither true nor false")]
    NotABoolean,
    #[error("the record is too large: a list has more than 300 entries or there are more than 5000 values")]
    TooLarge,
}

impl Condition {
    /// Compiles an expression. `fields` are the declared paths; reading any other fact is an error,
    /// as are unknown functions and loops without a bound. Places count from the expression's start.
    pub fn compile(source: &str, fields: &[&str]) -> Result<Self, Vec<DefinitionError>> {
        if source.len() > LONGEST_SOURCE_BYTES {
            let reason = Text::new("条件超过 2000 字节", "the condition is longer than 2000 bytes");
            return Err(vec![DefinitionError { line: 1, column: 1, reason }]);
        }
        let program = on_a_large_stack(|| compile(source, fields))?;
        Ok(Self { source: source.to_owned(), program: Arc::new(program) })
    }

    /// The expression as it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the condition holds. Anything but a plain true or false is an error.
    pub fn holds(&self, facts: &Facts) -> Result<bool, NotEvaluable> {
        let context = facts.context.as_ref().ok_or(NotEvaluable::TooLarge)?;
        match self.program.execute(context) {
            Ok(Value::Bool(holds)) => Ok(holds),
            Ok(_) => Err(NotEvaluable::NotABoolean),
            Err(error) => Err(NotEvaluable::Failed(error.to_string())),
        }
    }
}

fn compile(source: &str, fields: &[&str]) -> Result<Program, Vec<DefinitionError>> {
    let program = ENVIRONMENT.compile(source).map_err(|errors| parse_errors(&errors))?;
    let errors = bounds::check(&program, source, fields);
    if errors.is_empty() { Ok(program) } else { Err(errors) }
}

/// The parser descends about 100 KiB per bracket in unoptimised builds, and an overflow would end the
/// whole process. What it accepts is shallow enough to be evaluated on any stack (see `bounds`).
fn on_a_large_stack<T: Send>(
    work: impl FnOnce() -> Result<T, Vec<DefinitionError>> + Send,
) -> Result<T, Vec<DefinitionError>> {
    let failed = |_| {
        let reason = Text::new("条件无法编译", "the condition could not be compiled");
        vec![DefinitionError { line: 1, column: 1, reason }]
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(COMPILER_STACK_BYTES);
        let running = thread.spawn_scoped(scope, work).map_err(|error| failed(Box::new(error) as Box<_>))?;
        running.join().map_err(failed)?
    })
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.source)
    }
}

/// What conditions can read about one attempted move, converted once for all of them.
pub struct Facts {
    /// `None` when the record is too large to evaluate anything on.
    context: Option<Context<'static, 'static>>,
}

impl Facts {
    pub fn new(from: &str, to: &str, facts: &serde_json::Value, evidence: &[Evidence]) -> Self {
        let mut left = MOST_VALUES;
        let converted = convert(facts, &mut left);
        let carriers = (evidence.len() <= LONGEST_LIST).then(|| evidence.iter().map(carrier).collect::<Vec<_>>());
        let context = converted.zip(carriers).map(|(facts, evidence)| {
            let mut context = Context::with_env(ENVIRONMENT.clone());
            context.add_variable_from_value("facts", facts);
            context.add_variable_from_value("evidence", evidence);
            context.add_variable_from_value("from", from);
            context.add_variable_from_value("to", to);
            context
        });
        Self { context }
    }
}

fn carrier(evidence: &Evidence) -> Value {
    let kind = serde_json::to_value(evidence.kind).ok();
    let kind = kind.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    let entries = [("kind", kind), ("name", &evidence.name), ("reference", &evidence.reference)];
    HashMap::from(entries).into()
}

/// JSON as CEL sees it: whole numbers are `int`, so that `facts.count + 1` works. `None` when the
/// value is too large.
fn convert(json: &serde_json::Value, left: &mut usize) -> Option<Value> {
    *left = left.checked_sub(1)?;
    Some(match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::String(text) => text.as_str().into(),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64()?),
        },
        serde_json::Value::Array(items) if items.len() > LONGEST_LIST => return None,
        serde_json::Value::Array(items) => {
            items.iter().map(|item| convert(item, left)).collect::<Option<Vec<_>>>()?.into()
        }
        serde_json::Value::Object(entries) if entries.len() > LONGEST_LIST => return None,
        serde_json::Value::Object(entries) => {
            let convert_entry = |(key, value): (&String, _)| Some((key.clone(), convert(value, left)?));
            entries.iter().map(convert_entry).collect::<Option<HashMap<String, Value>>>()?.into()
        }
    })
}

fn parse_errors(errors: &cel::ParseErrors) -> Vec<DefinitionError> {
    let place = |at: isize| u64::try_from(at).unwrap_or(1).max(1);
    let describe = |error: &cel::ParseError| DefinitionError {
        line: place(error.pos.0),
        column: place(error.pos.1),
        reason: Text::new(format!("CEL 语法有误：{}", error.msg), format!("not CEL: {}", error.msg)),
    };
    errors.errors.iter().map(describe).collect()
}
