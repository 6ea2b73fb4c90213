use chrono::Duration;
use ksef_sim::{Operation, Permission, Quirk, RateLimits, SimulatorConfig};

use crate::harness::{SELLER, Sim, config};

fn limited() -> Sim {
    Sim::with(SimulatorConfig { rate_limits: RateLimits::Published, ..config() })
}

#[test]
fn a_window_slides_and_says_when_to_come_back() {
    let sim = limited();
    let access = sim.login();
    for _ in 0..10 {
        sim.get("/limits/subject", Some(&access)).expect(200);
    }
    let refused = sim.get("/limits/context", Some(&access)).expect(429);
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.json()["status"]["code"], 429);
    let problem = [("x-error-format", "problem-details")];
    let refused = sim.request("GET", "/limits/context", Some(&access), &problem, None).expect(429);
    assert_eq!(refused.header("content-type"), Some("application/problem+json"));
    sim.control().advance(Duration::seconds(2));
    sim.get("/limits/context", Some(&access)).expect(200);
}

#[test]
fn groups_and_contexts_have_budgets_of_their_own() {
    let sim = limited();
    let access = sim.login();
    let other = "1111111111".parse().unwrap();
    sim.control().make_company(other, "Inna").unwrap();
    let token = sim.control().make_token(other, &[Permission::InvoiceRead]).unwrap();
    let (stranger, _) = sim.login_by(&token);
    sim.control().spend(SELLER.parse().unwrap(), Operation::RateLimits, 30);
    sim.control().advance(Duration::seconds(30));
    let refused = sim.get("/rate-limits", Some(&access)).expect(429);
    assert_eq!(refused.header("retry-after"), Some("30"));
    sim.get("/rate-limits", Some(&stranger)).expect(200);
    sim.get("/sessions?sessionType=Online", Some(&access)).expect(200);
    sim.control().reset_rate_limits();
    sim.get("/rate-limits", Some(&access)).expect(200);
}

#[test]
fn public_operations_are_counted_by_address() {
    let sim = limited();
    for _ in 0..60 {
        sim.post_empty("/auth/challenge", None).expect(200);
    }
    sim.get("/security/public-key-certificates", None).expect(429);
}

#[test]
fn others_of_the_office_eat_the_budget() {
    let sim = limited();
    let access = sim.login();
    sim.control().quirk(Quirk::BudgetHalfEaten, true);
    for _ in 0..5 {
        sim.get("/rate-limits", Some(&access)).expect(200);
    }
    sim.get("/rate-limits", Some(&access)).expect(429);
}

#[test]
fn published_multiplied_or_off() {
    let sim = limited();
    let access = sim.login();
    let published = sim.get("/rate-limits", Some(&access)).expect(200).json();
    assert_eq!(published["invoiceSend"]["perHour"], 180);
    assert_eq!(published["onlineSessionClose"]["perMinute"], 30);
    assert_eq!(
        (published["anonymous"]["perSecond"].clone(), published["global"]["perSecond"].clone()),
        (60.into(), (-1).into())
    );
    let more = Sim::with(SimulatorConfig { rate_limits: RateLimits::Multiplied(1000), ..config() });
    let access = more.login();
    assert_eq!(more.get("/rate-limits", Some(&access)).expect(200).json()["invoiceSend"]["perHour"], 180_000);
    let off = Sim::start();
    let access = off.login();
    assert_eq!(off.get("/rate-limits", Some(&access)).expect(200).json()["invoiceSend"]["perHour"], -1);
    (0..40).for_each(|_| drop(off.get("/rate-limits", Some(&access)).expect(200)));
}
