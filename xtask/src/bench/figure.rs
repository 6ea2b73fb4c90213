//! One measured figure.

use serde_json::{Value, json};

use crate::failure::Failure;

/// A value with its limit.
#[derive(Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) limit: Limit,
}

/// What a value may be.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Figure {
    pub(crate) fn at_most(name: &str, value: f64, unit: &str, limit: f64) -> Self {
        Self { name: name.to_owned(), value, unit: unit.to_owned(), limit: Limit::AtMost(limit) }
    }

    /// From `{"figure", "value", "unit", "limit"}` with an optional `"atLeast": true`, as the programs that measure
    /// print it.
    pub(crate) fn from_json(line: &str) -> Result<Self, Failure> {
        let strange =
            || Failure::Answer { program: "a measuring program".to_owned(), problem: line.to_owned() };
        let json: Value = serde_json::from_str(line).map_err(|_| strange())?;
        let number = |name: &str| json[name].as_f64().ok_or_else(strange);
        let text = |name: &str| json[name].as_str().map(str::to_owned).ok_or_else(strange);
        let limit = number("limit")?;
        let limit = if json["atLeast"] == true { Limit::AtLeast(limit) } else { Limit::AtMost(limit) };
        Ok(Self { name: text("figure")?, value: number("value")?, unit: text("unit")?, limit })
    }

    /// Every line of an output that is a figure.
    pub(crate) fn all_from(output: &str) -> Result<Vec<Self>, Failure> {
        output.lines().filter(|line| line.starts_with('{')).map(Self::from_json).collect()
    }

    pub(crate) fn holds(&self) -> bool {
        match self.limit {
            Limit::AtMost(limit) => self.value <= limit,
            Limit::AtLeast(limit) => self.value >= limit,
        }
    }

    pub(crate) fn to_json(&self) -> String {
        let (limit, direction) = match self.limit {
            Limit::AtMost(limit) => (limit, "at most"),
            Limit::AtLeast(limit) => (limit, "at least"),
        };
        json!({
            "name": self.name, "value": self.value, "unit": self.unit,
            "limit": limit, "direction": direction, "ok": self.holds(),
        })
        .to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_judged_by_the_direction_of_its_limit() {
        let most = Figure::from_json(r#"{"figure":"a","unit":"ms","value":2.5,"limit":2}"#).unwrap();
        assert!(!most.holds());
        let least =
            Figure::from_json(r#"{"figure":"a","unit":"x","value":2.5,"limit":2,"atLeast":true}"#).unwrap();
        assert!(least.holds());
        assert!(Figure::at_most("b", 2.0, "MB", 2.0).holds());
    }

    #[test]
    fn what_is_printed_says_whether_the_limit_holds() {
        let line: Value = serde_json::from_str(&Figure::at_most("size", 9.5, "MB", 45.0).to_json()).unwrap();
        assert_eq!(line["ok"], true);
        assert_eq!(line["name"], "size");
    }

    #[test]
    fn another_answer_is_refused_and_other_lines_are_passed_over() {
        assert!(Figure::from_json("{}").is_err());
        assert_eq!(Figure::all_from("Compiling\n").unwrap(), []);
        assert!(Figure::all_from("{\"figure\":1}\n").is_err());
    }
}
