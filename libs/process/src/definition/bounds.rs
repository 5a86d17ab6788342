//! What a condition may contain: declared facts, known functions, and loops whose cost is bounded.
//!
//! The interpreter cannot be stopped half-way, so the bound is on the text: loops nest at most twice,
//! lists can be joined only a few times, the inner loop builds no list (each step would copy it) and
//! compiles no regular expression, and the record's lists have a longest length (see `condition`).
//! Nesting is bounded as well, because the interpreter recurses.

use cel::Program;
use cel::common::ast::{CallExpr, ComprehensionExpr, EntryExpr, Expr, IdedEntryExpr, IdedExpr, SelectExpr, operators};
use kernel::Text;

use super::DefinitionError;

const VARIABLES: [&str; 4] = ["facts", "evidence", "from", "to"];
const FUNCTIONS: [&str; 9] =
    ["size", "contains", "startsWith", "endsWith", "matches", "int", "double", "string", "bool"];
const DEEPEST_LOOP: usize = 2;
const MOST_ADDITIONS: usize = 4;
const DEEPEST_EXPRESSION: usize = 24;

pub(super) fn check(program: &Program, source: &str, fields: &[&str]) -> Vec<DefinitionError> {
    let mut walk =
        Walk { program, source, fields, scope: Vec::new(), depth: 0, nesting: 0, additions: 0, errors: Vec::new() };
    walk.expression(program.expression());
    walk.errors
}

struct Walk<'a> {
    program: &'a Program,
    source: &'a str,
    fields: &'a [&'a str],
    /// Variables of the loops around the current expression.
    scope: Vec<&'a str>,
    /// Loops around the current expression.
    depth: usize,
    /// Expressions around the current one.
    nesting: usize,
    additions: usize,
    errors: Vec<DefinitionError>,
}

impl<'a> Walk<'a> {
    fn expression(&mut self, node: &'a IdedExpr) {
        if self.nesting == DEEPEST_EXPRESSION {
            return self.refuse(
                node.id,
                "表达式嵌套过深（最多 24 层）",
                "the expression nests too deeply (at most 24)",
            );
        }
        self.nesting += 1;
        self.inside(node);
        self.nesting -= 1;
    }

    fn inside(&mut self, node: &'a IdedExpr) {
        match &node.expr {
            Expr::Ident(name) => self.identifier(node.id, name),
            Expr::Select(select) => self.select(node.id, select),
            Expr::Call(call) => self.call(node.id, call),
            Expr::Comprehension(comprehension) => self.comprehension(node.id, comprehension),
            Expr::List(list) => list.elements.iter().for_each(|element| self.expression(element)),
            Expr::Map(map) => map.entries.iter().for_each(|entry| self.entry(entry)),
            Expr::Struct(_) => self.refuse(node.id, "不支持结构体", "messages cannot be built here"),
            Expr::Literal(_) | Expr::Unspecified => {}
        }
    }

    fn entry(&mut self, entry: &'a IdedEntryExpr) {
        match &entry.expr {
            EntryExpr::StructField(field) => self.expression(&field.value),
            EntryExpr::MapEntry(entry) => {
                self.expression(&entry.key);
                self.expression(&entry.value);
            }
        }
    }

    fn identifier(&mut self, id: u64, name: &str) {
        if self.scope.contains(&name) || VARIABLES.contains(&name) {
            return;
        }
        let known = VARIABLES.join(", ");
        self.refuse(
            id,
            &format!("未知变量“{name}”；可用：{known}"),
            &format!("unknown variable {name:?}; known: {known}"),
        );
    }

    fn select(&mut self, id: u64, select: &'a SelectExpr) {
        let on_facts = matches!(&select.operand.expr, Expr::Ident(name) if name == "facts");
        if on_facts && !self.scope.contains(&"facts") && !self.is_declared(&select.field) {
            let name = &select.field;
            self.refuse(
                id,
                &format!("未声明的字段“{name}”"),
                &format!("unknown field {name:?}; declare it under `fields`"),
            );
        }
        self.expression(&select.operand);
    }

    /// Declared paths may go deeper than the first segment that follows `facts`.
    fn is_declared(&self, name: &str) -> bool {
        self.fields.iter().any(|path| path.split('.').next() == Some(name))
    }

    fn call(&mut self, id: u64, call: &'a CallExpr) {
        let name = call.func_name.as_str();
        let is_operator = !name.starts_with(|c: char| c.is_ascii_alphabetic());
        if !is_operator && !FUNCTIONS.contains(&name) {
            let known = FUNCTIONS.join(", ");
            self.refuse(
                id,
                &format!("未知函数“{name}”；可用：{known}"),
                &format!("unknown function {name:?}; known: {known}"),
            );
        }
        if name == "matches" && self.depth >= DEEPEST_LOOP {
            self.refuse(id, "内层循环不能用正则", "no regular expressions in the inner loop");
        }
        if name == operators::ADD {
            self.addition(id, call);
        }
        call.target.iter().for_each(|target| self.expression(target));
        call.args.iter().for_each(|argument| self.expression(argument));
    }

    fn addition(&mut self, id: u64, call: &CallExpr) {
        if is_accumulation(call) {
            if self.depth >= DEEPEST_LOOP {
                self.refuse(id, "内层循环不能用 map 或 filter", "no map or filter in the inner loop");
            }
            return;
        }
        self.additions += 1;
        if self.additions == MOST_ADDITIONS + 1 {
            self.refuse(id, "加号过多（最多 4 个）", "too many additions (at most 4)");
        }
    }

    fn comprehension(&mut self, id: u64, comprehension: &'a ComprehensionExpr) {
        self.expression(&comprehension.iter_range);
        self.expression(&comprehension.accu_init);
        if self.depth == DEEPEST_LOOP {
            self.refuse(id, "循环嵌套过深（最多两层）", "loops nest too deeply (at most two)");
        }
        let outer = self.scope.len();
        self.scope.push(&comprehension.iter_var);
        self.scope.push(&comprehension.accu_var);
        self.scope.extend(comprehension.iter_var2.as_deref());
        self.depth += 1;
        self.expression(&comprehension.loop_cond);
        self.expression(&comprehension.loop_step);
        self.depth -= 1;
        self.expression(&comprehension.result);
        self.scope.truncate(outer);
    }

    fn refuse(&mut self, id: u64, zh: &str, en: &str) {
        let (line, column) = self.place(id);
        self.errors.push(DefinitionError { line, column, reason: Text::new(zh, en) });
    }

    /// Line and column of a node; the start of the expression for nodes that macros made up.
    fn place(&self, id: u64) -> (u64, u64) {
        let offset = self.program.source_info().offset_for(id).map_or(0, |(start, _)| start as usize);
        let before: Vec<char> = self.source.chars().take(offset).collect();
        let line = before.iter().filter(|c| **c == '\n').count() + 1;
        let column = before.iter().rev().take_while(|c| **c != '\n').count() + 1;
        (line as u64, column as u64)
    }
}

/// The `+` that the macros `map` and `filter` themselves expand to.
fn is_accumulation(call: &CallExpr) -> bool {
    matches!(call.args.first().map(|first| &first.expr), Some(Expr::Ident(name)) if name.starts_with('@'))
}
