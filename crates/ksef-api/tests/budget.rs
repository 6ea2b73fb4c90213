//! The budget: KSeF's windows are never exceeded, whoever is waited for can be seen, whoever leaves is forgotten.
#![expect(clippy::unwrap_used, reason = "what fails must stop the test")]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use common::{clock, now};
use ksef_api::{
    EffectiveRateLimit, EffectiveRateLimits, Limit, RateBudget, RateBudgets, RateGroup, RateLimits,
    WaitingReason, Window,
};
use ksef_types::{ContextIdentifier, Nip};
use proptest::prelude::*;
use tokio::time::{Instant, sleep};

/// A request of the simulated run, in milliseconds.
#[derive(Debug, Clone)]
struct Call {
    starts: u64,
    until_counted: u64,
    until_answered: u64,
}

fn calls() -> impl Strategy<Value = Vec<Call>> {
    let call = (0u64..20_000, 0u64..3_000, 0u64..3_000);
    let call = call.prop_map(|(starts, until_counted, until_answered)| Call {
        starts,
        until_counted,
        until_answered,
    });
    prop::collection::vec(call, 1..60)
}

fn in_simulated_time<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(work)
}

/// When KSeF counted each request.
async fn run(budget: Arc<RateBudget>, group: RateGroup, calls: Vec<Call>) -> Vec<Duration> {
    let start = Instant::now();
    let counted = Arc::new(Mutex::new(Vec::new()));
    let tasks: Vec<_> = calls
        .into_iter()
        .map(|call| {
            let (budget, counted) = (Arc::clone(&budget), Arc::clone(&counted));
            tokio::spawn(async move {
                sleep(Duration::from_millis(call.starts)).await;
                let permit = budget.acquire(group).await;
                sleep(Duration::from_millis(call.until_counted)).await;
                counted.lock().unwrap().push(start.elapsed());
                sleep(Duration::from_millis(call.until_answered)).await;
                drop(permit);
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let mut counted = counted.lock().unwrap().clone();
    counted.sort();
    counted
}

/// The fullest window of that length, counted as KSeF counts: both ends belong to it.
fn fullest(counted: &[Duration], length: Duration) -> usize {
    let inside = |(index, end): (usize, &Duration)| {
        counted[..=index].iter().filter(|earlier| **earlier + length >= *end).count()
    };
    counted.iter().enumerate().map(inside).max().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_window_of_ksef_is_ever_exceeded(
        calls in calls(),
        (second, minute, hour) in (1u32..6, 4u32..20, 8u32..40),
    ) {
        let limits = RateLimits::published().with(RateGroup::InvoiceSend, Limit::new(second, minute, hour));
        let wanted = calls.len();
        let counted = in_simulated_time(run(Arc::new(RateBudget::new(limits, clock())), RateGroup::InvoiceSend, calls));
        prop_assert_eq!(counted.len(), wanted, "everyone gets a place in the end");
        prop_assert!(fullest(&counted, Duration::from_secs(1)) <= second as usize);
        prop_assert!(fullest(&counted, Duration::from_secs(60)) <= minute as usize);
        prop_assert!(fullest(&counted, Duration::from_secs(3600)) <= hour as usize);
    }

    #[test]
    fn what_the_limits_allow_is_used(second in 1u32..10) {
        let limits = RateLimits::published().with(RateGroup::InvoiceStatus, Limit::new(second, 0, 0));
        let calls = vec![Call { starts: 0, until_counted: 0, until_answered: 0 }; second as usize * 3];
        let counted = in_simulated_time(run(Arc::new(RateBudget::new(limits, clock())), RateGroup::InvoiceStatus, calls));
        // Three full windows: the last one begins two seconds, and two times the margin, after the first.
        prop_assert!(counted.last().unwrap() < &Duration::from_millis(2_100));
    }
}

#[test]
fn first_come_first_served() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::Other, Limit::new(1, 0, 0));
        let budget = Arc::new(RateBudget::new(limits, clock()));
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = Vec::new();
        for number in 0..10 {
            let (budget, order) = (Arc::clone(&budget), Arc::clone(&order));
            tasks.push(tokio::spawn(async move {
                let _permit = budget.acquire(RateGroup::Other).await;
                order.lock().unwrap().push(number);
            }));
            tokio::task::yield_now().await;
        }
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), (0..10).collect::<Vec<_>>());
    });
}

#[test]
fn a_screen_can_say_what_is_waited_for() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::InvoiceSend, Limit::new(0, 0, 2));
        let budget = RateBudget::new(limits, clock());
        let mut waiting = budget.waiting();
        for _ in 0..2 {
            drop(budget.acquire(RateGroup::InvoiceSend).await);
        }
        assert!(waiting.now().is_empty());
        tokio::select! {
            biased;
            _ = budget.acquire(RateGroup::InvoiceSend) => panic!("the hour is used up"),
            waits = waiting.changed() => {
                let waits = waits.unwrap();
                assert_eq!(waits.len(), 1);
                assert_eq!(waits[0].group, RateGroup::InvoiceSend);
                assert_eq!(waits[0].reason, WaitingReason::Limit { limit: 2, window: Window::Hour });
                assert_eq!((waits[0].until - now()).num_minutes(), 60);
            }
        }
        assert!(waiting.now().is_empty(), "whoever leaves is not waited for");
    });
}

#[test]
fn leaving_the_queue_uses_no_place() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::InvoiceSend, Limit::new(0, 1, 0));
        let budget = RateBudget::new(limits, clock());
        let start = Instant::now();
        drop(budget.acquire(RateGroup::InvoiceSend).await);
        for _ in 0..5 {
            let left =
                tokio::time::timeout(Duration::from_secs(1), budget.acquire(RateGroup::InvoiceSend)).await;
            assert!(left.is_err());
        }
        drop(budget.acquire(RateGroup::InvoiceSend).await);
        assert!(start.elapsed() < Duration::from_secs(61));
    });
}

#[test]
fn what_never_left_is_free_again() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::InvoiceSend, Limit::new(0, 0, 1));
        let budget = RateBudget::new(limits, clock());
        let start = Instant::now();
        budget.acquire(RateGroup::InvoiceSend).await.unused();
        drop(budget.acquire(RateGroup::InvoiceSend).await);
        assert!(start.elapsed() < Duration::from_secs(1));
    });
}

#[test]
fn a_429_closes_the_group_and_only_that() {
    in_simulated_time(async {
        let budget = RateBudget::new(RateLimits::published(), clock());
        let start = Instant::now();
        budget.close(RateGroup::InvoiceSend, Duration::from_secs(90));
        budget.close(RateGroup::InvoiceSend, Duration::from_secs(30));
        drop(budget.acquire(RateGroup::InvoiceStatus).await);
        assert!(start.elapsed() < Duration::from_secs(1));
        drop(budget.acquire(RateGroup::InvoiceSend).await);
        assert!(start.elapsed() >= Duration::from_secs(90), "a shorter closing does not open an earlier one");
    });
}

fn effective(per_second: i32, per_minute: i32, per_hour: i32) -> Option<EffectiveRateLimit> {
    Some(EffectiveRateLimit { per_second, per_minute, per_hour })
}

#[test]
fn an_answer_about_limits_wakes_those_who_wait() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::InvoiceSend, Limit::new(0, 0, 1));
        let budget = RateBudget::new(limits, clock());
        let start = Instant::now();
        drop(budget.acquire(RateGroup::InvoiceSend).await);
        let adjust = async {
            sleep(Duration::from_secs(5)).await;
            budget.adjust(&EffectiveRateLimits { invoice_send: effective(-1, -1, -1), ..Default::default() });
        };
        let (permit, ()) = tokio::join!(budget.acquire(RateGroup::InvoiceSend), adjust);
        drop(permit);
        assert_eq!(start.elapsed().as_secs(), 5);
        assert_eq!(budget.limits().of(RateGroup::InvoiceSend), Some(Limit::NONE));
        assert_eq!(
            budget.limits().of(RateGroup::Other),
            Some(Limit::new(10, 30, 120)),
            "missing groups stay"
        );
    });
}

#[test]
fn closing_is_counted_with_opening_until_ksef_counts_it_apart() {
    in_simulated_time(async {
        let limits = RateLimits::published().with(RateGroup::OnlineSession, Limit::new(0, 0, 2));
        let budget = RateBudget::new(limits, clock());
        let start = Instant::now();
        drop(budget.acquire(RateGroup::OnlineSession).await);
        drop(budget.acquire(RateGroup::OnlineSessionClose).await);
        let third =
            tokio::time::timeout(Duration::from_secs(60), budget.acquire(RateGroup::OnlineSessionClose));
        assert!(third.await.is_err());
        budget.adjust(&EffectiveRateLimits {
            online_session_close: effective(-1, -1, 3),
            ..Default::default()
        });
        drop(budget.acquire(RateGroup::OnlineSessionClose).await);
        assert_eq!(start.elapsed().as_secs(), 60);
        // The first closing was counted by KSeF, too, so what is known is taken along.
        let fourth =
            tokio::time::timeout(Duration::from_secs(60), budget.acquire(RateGroup::OnlineSessionClose));
        assert!(fourth.await.is_err());
    });
}

#[test]
fn companies_are_apart_but_share_the_address() {
    in_simulated_time(async {
        let limits = RateLimits::published()
            .with(RateGroup::Public, Limit::new(0, 1, 0))
            .with(RateGroup::Other, Limit::new(0, 1, 0));
        let budgets = RateBudgets::with_limits(limits, clock());
        let company = |nip: &str| ContextIdentifier::from(nip.parse::<Nip>().unwrap());
        let (test, demo) = (
            "https://api-test.ksef.mf.gov.pl/v2".parse().unwrap(),
            "https://api-demo.ksef.mf.gov.pl/v2".parse().unwrap(),
        );
        let first = budgets.budget(&test, &company("5265877635"));
        let second = budgets.budget(&test, &company("1111111111"));
        let elsewhere = budgets.budget(&demo, &company("5265877635"));
        assert!(Arc::ptr_eq(&first, &budgets.budget(&test, &company("5265877635"))));
        let start = Instant::now();
        for budget in [&first, &second, &elsewhere] {
            drop(budget.acquire(RateGroup::Other).await);
        }
        drop(first.acquire(RateGroup::Public).await);
        drop(elsewhere.acquire(RateGroup::Public).await);
        assert!(start.elapsed() < Duration::from_secs(1));
        drop(second.acquire(RateGroup::Public).await);
        assert!(start.elapsed() >= Duration::from_secs(60));
    });
}

#[test]
fn a_limit_for_everything_together_counts_too() {
    in_simulated_time(async {
        let budget = RateBudget::new(RateLimits::published(), clock());
        budget.adjust(&EffectiveRateLimits { global: effective(1, -1, -1), ..Default::default() });
        let start = Instant::now();
        drop(budget.acquire(RateGroup::Other).await);
        drop(budget.acquire(RateGroup::SessionMisc).await);
        assert!(TimeDelta::from_std(start.elapsed()).unwrap() >= TimeDelta::seconds(1));
        drop(budget.acquire(RateGroup::Unlimited).await);
        assert!(start.elapsed() < Duration::from_secs(2));
    });
}
