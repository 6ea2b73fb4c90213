//! The client against the simulator, which knows nothing of the client's types: from a token to a UPO, and what
//! integrators met on that way.

mod world;

use std::sync::Arc;

use ksef_api::{
    AccessError, AccessTokens, ApiError, Authenticator as _, ClientConfig, ContinuationToken, DateKind,
    DateRange, ErrorKind, InvoiceQuery, KsefTokensQuery, Latarnia, Page, PageOf, PersonalGrantsQuery,
    RetryKind, SessionKind, SessionsQuery, SortOrder, SubjectKind,
};
use ksef_crypto::sha256;
use ksef_sim::{
    Announcement, AnnouncementCategory, AnnouncementKind, Delays, Fault, FaultKind, Operation, Pace, Quirk,
    Simulator, SimulatorConfig,
};
use ksef_types::{Clock as _, ContextIdentifier, Nip, SystemClock};
use world::{SELLER, World, document, encrypted};

#[tokio::test]
async fn from_a_token_to_a_upo() {
    let world = World::start().await;
    let (client, access) = (&world.client, world.access().await);
    let (key, session) = world.open(&access).await.unwrap();
    let document = document("FV/1/2026");
    let sent = client.send_invoice(&access, &session, &encrypted(&key, &document)).await.unwrap();
    let status = world.accepted(&access, &session, &sent.reference_number).await;
    assert!(status.status.is_accepted(), "{status:?}");
    assert_eq!(status.invoice_hash, sha256(&document));
    let number = status.ksef_number.clone().unwrap();

    client.close_online_session(&access, &session).await.unwrap();
    let upo = client.invoice_upo(&access, &session, &sent.reference_number).await.unwrap();
    assert_eq!(upo.announced_hash, Some(sha256(&upo.xml)));
    let by_number = client.invoice_upo_by_ksef_number(&access, &session, &number).await.unwrap();
    let downloaded = client.download_upo(&status.upo_download_url.unwrap()).await.unwrap();
    for upo in [&upo.xml, &by_number.xml, &downloaded.xml] {
        assert!(String::from_utf8_lossy(upo).contains(number.as_str()));
    }
    assert_eq!(client.invoice_by_ksef_number(&access, &number).await.unwrap().xml, document);

    let mut whole = client.session_status(&access, &session).await.unwrap();
    while !whole.status.is_done() {
        assert!(whole.status.is_under_way(), "{whole:?}");
        tokio::task::yield_now().await;
        whole = client.session_status(&access, &session).await.unwrap();
    }
    assert_eq!((whole.invoice_count, whole.successful_invoice_count), (Some(1), Some(1)));
    let page = &whole.upo.as_ref().unwrap().pages[0];
    let of_session = client.session_upo(&access, &session, &page.reference_number).await.unwrap();
    assert!(String::from_utf8_lossy(&of_session.xml).contains(number.as_str()));
    world.running.stop().await;
}

#[tokio::test]
async fn everything_that_can_be_asked() {
    let world = World::start().await;
    let (client, access) = (&world.client, world.access().await);
    world.running.control().quirk(Quirk::UnknownFields, true);
    let sessions = client.active_sessions(&access, 10, None).await.unwrap();
    assert!(sessions.items.iter().any(|session| session.is_current));
    client.rate_limits(&access).await.unwrap();
    assert_eq!(client.context_limits(&access).await.unwrap().online_session.max_invoices, 10_000);
    client.subject_limits(&access).await.unwrap();
    let every = KsefTokensQuery::all();
    assert_eq!(client.tokens(&access, &every, None).await.unwrap().tokens.len(), 1);
    let own = client.token(&access, world.token.reference_number()).await.unwrap();
    assert_eq!(own.context_identifier, ContextIdentifier::from(SELLER.parse::<Nip>().unwrap()));
    client.personal_grants(&access, &PersonalGrantsQuery::default(), PageOf::FIRST).await.unwrap();

    let (key, session) = world.open(&access).await.unwrap();
    let sent = client.send_invoice(&access, &session, &encrypted(&key, &document("FV/2"))).await.unwrap();
    let refused = client.send_invoice(&access, &session, &encrypted(&key, b"<Faktura/>")).await.unwrap();
    world.accepted(&access, &session, &sent.reference_number).await;
    world.accepted(&access, &session, &refused.reference_number).await;
    assert_eq!(client.session_invoices(&access, &session, 10, None).await.unwrap().invoices.len(), 2);
    let failed = client.session_failed_invoices(&access, &session, 10, None).await.unwrap();
    assert_eq!(failed.invoices[0].reference_number, refused.reference_number);
    let query = SessionsQuery::all(SessionKind::Online);
    assert_eq!(client.sessions(&access, &query, None).await.unwrap().sessions[0].reference_number, session);

    let now = SystemClock.now();
    let range = DateRange {
        date_type: DateKind::Invoicing,
        from: now - chrono::TimeDelta::days(1),
        to: None,
        restrict_to_permanent_storage_hwm_date: None,
    };
    let page = Page { offset: 0, size: 10, order: SortOrder::Desc };
    let found = client
        .query_invoice_metadata(&access, &InvoiceQuery::new(SubjectKind::Subject1, range), &page)
        .await
        .unwrap();
    assert_eq!(found.invoices[0].invoice_number, "FV/2");
    assert_eq!(found.invoices[0].gross_amount, "246".parse().unwrap());

    let config = ClientConfig::new(
        world.running.latarnia().clone(),
        Arc::clone(client.budget()),
        Arc::new(SystemClock),
    );
    let latarnia = Latarnia::new(config).unwrap();
    assert_eq!(latarnia.status().await.unwrap().status, ksef_api::Availability::Available);
    assert!(latarnia.messages().await.unwrap().is_empty());

    client.end_current_session(&access).await.unwrap();
    let error = client.refresh(&world.login().authenticate().await.unwrap().refresh).await;
    assert!(error.is_ok(), "another access goes on");
    world.running.stop().await;
}

#[tokio::test]
async fn connecting_by_token_takes_at_most_six_requests() {
    let world = World::start().await;
    world.access().await;
    let arrived = world.running.control().arrived().unwrap();
    let count: usize = [
        Operation::PublicKeys,
        Operation::Challenge,
        Operation::AuthenticateByToken,
        Operation::AuthenticationStatus,
        Operation::Redeem,
    ]
    .into_iter()
    .map(|operation| arrived.count(operation))
    .sum();
    assert!(count <= 6, "{count}");
    world.running.stop().await;
}

#[tokio::test]
async fn right_after_the_start_an_authentication_may_be_unknown() {
    let world = World::start().await;
    world.running.control().quirk(Quirk::FreshOperationNotFound, true);
    world.access().await;
    world.running.stop().await;
}

#[tokio::test]
async fn twenty_tasks_one_authentication_and_one_refresh() {
    let world = World::start().await;
    let access = Arc::new(AccessTokens::new(world.client.clone(), world.login()));
    let ask_by_twenty = async || {
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (access, client) = (Arc::clone(&access), world.client.clone());
                tokio::spawn(async move {
                    let client = &client;
                    let ask = |token| async move {
                        Ok::<_, AccessError<ApiError>>(client.context_limits(&token).await?)
                    };
                    access.with_access(ask).await.map(drop)
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap().unwrap();
        }
    };
    // The published limit lets ten of them through in a second, so the other ten wait for their place.
    world.client.budget().adjust(&limits_off());
    ask_by_twenty().await;
    let count = |operation| world.running.control().arrived().unwrap().count(operation);
    assert_eq!((count(Operation::AuthenticateByToken), count(Operation::Refresh)), (1, 0));
    world.running.control().expire_tokens().unwrap();
    ask_by_twenty().await;
    assert_eq!((count(Operation::AuthenticateByToken), count(Operation::Refresh)), (1, 1));
    world.running.stop().await;
}

fn limits_off() -> ksef_api::EffectiveRateLimits {
    let none = Some(ksef_api::EffectiveRateLimit { per_second: -1, per_minute: -1, per_hour: -1 });
    ksef_api::EffectiveRateLimits { other: none, anonymous: none, invoice_send: none, ..Default::default() }
}

#[tokio::test]
async fn rotated_keys_are_dealt_with_silently() {
    let world = World::start().await;
    let access = world.access().await;
    world.open(&access).await.unwrap();
    world.running.control().rotate_keys().unwrap();
    world.open(&access).await.unwrap();
    world.running.control().rotate_keys().unwrap();
    world.access().await;
    world.running.stop().await;
}

#[tokio::test]
async fn a_closing_that_answers_502_though_done() {
    let world = World::start().await;
    let access = world.access().await;
    let (key, session) = world.open(&access).await.unwrap();
    world.client.send_invoice(&access, &session, &encrypted(&key, &document("FV/3"))).await.unwrap();
    let once = Fault::next(Operation::CloseOnlineSession, FaultKind::StatusAfter { status: 502 });
    world.running.control().fault(once);
    world.client.close_online_session(&access, &session).await.unwrap();
    assert_eq!(world.running.control().arrived().unwrap().count(Operation::CloseOnlineSession), 2);
    world.running.stop().await;
}

#[tokio::test]
async fn a_sent_invoice_whose_answer_was_lost_is_sent_once() {
    let world = World::start().await;
    let access = world.access().await;
    let (key, session) = world.open(&access).await.unwrap();
    let document = document("FV/4");
    for kind in
        [FaultKind::DropAfter, FaultKind::CutOff, FaultKind::NotJson, FaultKind::StatusAfter { status: 504 }]
    {
        let before = world.running.control().arrived().unwrap().count(Operation::SendInvoice);
        world.running.control().fault(Fault::next(Operation::SendInvoice, kind));
        let error =
            world.client.send_invoice(&access, &session, &encrypted(&key, &document)).await.unwrap_err();
        assert_eq!(error.retry(), RetryKind::Unknown, "{error:?}");
        assert_eq!(world.running.control().arrived().unwrap().count(Operation::SendInvoice), before + 1);
    }
    let known = world.client.session_invoices(&access, &session, 10, None).await.unwrap();
    assert!(
        known.invoices.iter().all(|invoice| invoice.invoice_hash == sha256(&document)),
        "KSeF can be asked by hash"
    );
    world.running.stop().await;
}

#[tokio::test]
async fn the_shield_and_its_page() {
    let world = World::start().await;
    let access = world.access().await;
    let control = world.running.control();
    for (quirk, incident) in [(Quirk::ShieldBlocks, true), (Quirk::ShieldAnswersHtml, false)] {
        control.quirk(quirk, true);
        let error = world.client.context_limits(&access).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Shielded { incident: found, .. } if found.is_some() == incident),
            "{error:?}"
        );
        control.quirk(quirk, false);
    }
    world.client.context_limits(&access).await.unwrap();
    world.running.stop().await;
}

#[tokio::test]
async fn hostile_answers_of_the_simulator_are_survived() {
    let world = World::start().await;
    let access = world.access().await;
    let control = world.running.control();
    let passing = [
        FaultKind::Status { status: 503 },
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::Html { status: 200 },
        FaultKind::NotJson,
        FaultKind::CutOff,
        FaultKind::TooManyRequests { retry_after: 0 },
        FaultKind::Delay { milliseconds: 20 },
    ];
    for kind in passing {
        control.fault(Fault::next(Operation::SubjectLimits, kind.clone()));
        world
            .client
            .subject_limits(&access)
            .await
            .unwrap_or_else(|error| unreachable!("{kind:?}: {error:?}"));
    }
    let lasting = [
        FaultKind::WrongBody,
        FaultKind::Oversized { bytes: 100 << 20 },
        FaultKind::Endless,
        FaultKind::Redirect { location: "http://example.com/v2".to_owned() },
    ];
    for kind in lasting {
        control.fault(Fault::next(Operation::SubjectLimits, kind.clone()));
        let error = world.client.subject_limits(&access).await.unwrap_err();
        let fits = matches!(
            (&kind, error.kind()),
            (FaultKind::WrongBody, ErrorKind::NotKsef(_))
                | (FaultKind::Oversized { .. } | FaultKind::Endless, ErrorKind::TooLarge { .. })
                | (FaultKind::Redirect { .. }, ErrorKind::ForeignRedirect { .. })
        );
        assert!(fits, "{kind:?}: {error:?}");
    }
    world.running.stop().await;
}

#[tokio::test]
async fn a_refused_continuation_and_a_number_not_yet_there() {
    let world = World::start().await;
    let access = world.access().await;
    let (key, session) = world.open(&access).await.unwrap();
    let sent =
        world.client.send_invoice(&access, &session, &encrypted(&key, &document("FV/5"))).await.unwrap();
    let number = world.accepted(&access, &session, &sent.reference_number).await.ksef_number.unwrap();
    let control = world.running.control();
    control.quirk(Quirk::ContinuationTokenRefused, true);
    let stale = ContinuationToken("abc".to_owned());
    let error = world.client.session_invoices(&access, &session, 10, Some(&stale)).await.unwrap_err();
    assert!(error.has_code(ksef_api::code::CONTINUATION_REFUSED), "{error:?}");
    control.quirk(Quirk::InvoiceNotYetAvailable, true);
    let error = world.client.invoice_by_ksef_number(&access, &number).await.unwrap_err();
    assert!(error.has_code(ksef_api::code::INVOICE_NOT_YET_AVAILABLE));
    assert_eq!(error.retry(), RetryKind::Transient { after: None });
    world.running.stop().await;
}

#[tokio::test]
async fn the_published_limits_of_the_simulator_are_never_hit() {
    let pace = Pace::Automatic(Delays::NONE);
    let world =
        World::of(Simulator::start(SimulatorConfig { pace, ..SimulatorConfig::default() }).await.unwrap());
    let access = world.access().await;
    let tasks: Vec<_> = (0..25)
        .map(|_| {
            let (client, access) = (world.client.clone(), access.clone());
            // A 429 would be dealt with silently, so what arrived is counted below.
            tokio::spawn(async move { client.subject_limits(&access).await.map(drop) })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let arrived = world.running.control().arrived().unwrap();
    assert_eq!(arrived.count(Operation::SubjectLimits), 25, "no request was refused and repeated");
    world.running.stop().await;
}

#[tokio::test]
async fn hours_between_the_clocks_are_seen_in_the_answers() {
    let world = World::start().await;
    let mut expected = chrono::TimeDelta::zero();
    for hours in [3, -8] {
        let by = chrono::TimeDelta::hours(hours);
        expected += by;
        world.running.control().advance(by);
        world.client.challenge().await.unwrap();
        let off = world.client.clock_skew().unwrap() - expected;
        // The rest is how long this computer took, which is no matter here.
        assert!(off.abs() < chrono::TimeDelta::minutes(30), "{off} besides {expected}");
    }
    world.running.stop().await;
}

#[tokio::test]
async fn announcements_of_latarnia_and_their_end() {
    let world = World::start().await;
    let control = world.running.control();
    let config = ClientConfig::new(
        world.running.latarnia().clone(),
        Arc::clone(world.client.budget()),
        Arc::new(SystemClock),
    );
    let latarnia = Latarnia::new(config).unwrap();
    let start = SystemClock.now() - chrono::TimeDelta::hours(2);
    let announcement = |id: &str, kind, version, end| Announcement {
        id: id.to_owned(),
        event_id: 7,
        category: AnnouncementCategory::Failure,
        kind,
        title: "Awaria".to_owned(),
        text: "Trwa usuwanie awarii.".to_owned(),
        start,
        end,
        version,
        published: start,
    };
    let began = announcement("m1", AnnouncementKind::FailureStart, 1, None);
    control.announce(ksef_sim::Availability::Failure, vec![began.clone()]);
    let status = latarnia.status().await.unwrap();
    assert_eq!(status.status, ksef_api::Availability::Failure);
    assert_eq!(status.messages[0].kind, ksef_api::LatarniaType::FailureStart);

    let ended = announcement("m2", AnnouncementKind::FailureEnd, 2, Some(SystemClock.now()));
    control.announce(ksef_sim::Availability::Available, vec![began, ended]);
    assert_eq!(latarnia.status().await.unwrap().status, ksef_api::Availability::Available);
    let messages = latarnia.messages().await.unwrap();
    let event: Vec<_> = messages.iter().map(|message| message.event_id.as_deref()).collect();
    assert_eq!(event, [Some("7"), Some("7")], "beginning and end share their event");
    assert!(messages.iter().any(|message| message.end.is_some() && message.version == 2));
    world.running.stop().await;
}
