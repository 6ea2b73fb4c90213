//! The header `Date`: by the simulator's clock, wherever it stands.

use chrono::{DateTime, Duration};
use ksef_sim::{Fault, FaultKind, Operation, SimClock, SimulatorConfig};
use ksef_types::Clock as _;

use crate::harness::{Answer, SELLER, Sim, config, noon};

fn dated(answer: &Answer) -> i64 {
    DateTime::parse_from_rfc2822(answer.header("date").unwrap()).unwrap().timestamp()
}

#[test]
fn every_answer_is_dated_by_the_simulators_clock() {
    let sim = Sim::start();
    let running = sim.running();
    let here = |path: &str| format!("{}{path}", running.api());
    let addresses = [
        here("/security/public-key-certificates"),
        here("/sessions?sessionType=Online"),
        here("/nothing"),
        format!("{}/status", running.latarnia()),
        format!("{}/api/exchangerates/tables/a", running.nbp()),
        format!("{}/api/search/nip/{SELLER}?date=2026-11-23", running.white_list()),
        format!("{}/invoice/{SELLER}/23-11-2026/{}", running.qr(), "a".repeat(43)),
        format!("{}/clock", running.management()),
    ];
    for hours in [0, 7, -31] {
        let now = noon() + Duration::hours(hours);
        sim.control().set_clock(now);
        for address in &addresses {
            let answer = sim.send(address, "GET", None, &[], None).unwrap();
            assert_eq!(dated(&answer), now.timestamp(), "{address}");
        }
    }
    for kind in [FaultKind::Status { status: 503 }, FaultKind::Html { status: 502 }, FaultKind::Shield] {
        sim.control().fault(Fault::next(Operation::Challenge, kind));
        let answer = sim.send(&here("/auth/challenge"), "POST", None, &[], Some(Vec::new())).unwrap();
        assert_eq!(dated(&answer), sim.control().clock().now().timestamp());
    }
}

#[test]
fn a_clock_that_runs_is_shifted_with_it() {
    let sim = Sim::with(SimulatorConfig { clock: SimClock::system(), ..config() });
    sim.control().advance(Duration::hours(-5));
    let before = sim.control().clock().now().timestamp();
    let date = dated(&sim.post_empty("/auth/challenge", None).expect(200));
    assert!((before..=sim.control().clock().now().timestamp()).contains(&date));
}
