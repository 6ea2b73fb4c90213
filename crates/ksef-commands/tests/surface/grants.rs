//! Permissions for firms of the Union: the certificate may be a person's or a firm's.

use ksef_commands::views::{
    CertificateSlot, EnvironmentName, GrantForm, LoadTarget, OperationState, OwnerForm, PartyKind,
    PermissionList,
};
use ksef_sim::{CertificateOwner, NewCertificate, Running};

use crate::bench::{Bench, NIP, assert_told, simulator, system_clock};

const FINGERPRINT: &str = "AB";

/// The owner, with a seal.
async fn bench() -> (Bench, Running) {
    let sim = simulator().await;
    let api = sim.api().to_string().parse().unwrap();
    let bench = Bench::at(system_clock(), Some(api), EnvironmentName::Test).await;
    let owner = CertificateOwner::Company(NIP.parse().unwrap());
    let made = sim.control().make_certificate(NewCertificate::for_owner(owner)).unwrap();
    let files = vec![
        bench.file("pieczec.crt", made.crt.as_bytes()),
        // Exposed to be written as the portal's file, encrypted.
        bench.file("pieczec.key", made.key.expose().as_bytes()),
    ];
    bench.app.load_credential_files(&bench.scope, LoadTarget::Anywhere, files).await.unwrap();
    let slot = CertificateSlot::Authentication;
    let view = bench.app.set_certificate_password(&bench.scope, slot, made.password).await.unwrap();
    assert!(view.authentication.saved, "{:?}", view.authentication.problems);
    (bench, sim)
}

fn administrator(name: &str) -> GrantForm {
    GrantForm::EuAdministrator {
        owner: OwnerForm::Firm {
            fingerprint: FINGERPRINT.repeat(32),
            name: name.to_owned(),
            address: "Hauptstraße 1, Berlin".to_owned(),
        },
        context: format!("{NIP}-DE123456789"),
        entity_name: "Muster Holding AG".to_owned(),
        entity_address: "Hauptstraße 1, Berlin".to_owned(),
        description: "Samofakturowanie".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_firm_is_made_administrator_by_its_seal() {
    let (bench, _sim) = bench().await;
    let (app, scope) = (&bench.app, &bench.scope);
    let wrong = app.preview_grant(scope, administrator("")).await.unwrap();
    assert!(wrong.sentence.is_none());
    assert_eq!(wrong.problems.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["ownerName"]);
    assert_told(&wrong.problems[0].problem, "a firm without a name");

    let good = administrator("Muster GmbH");
    let preview = app.preview_grant(scope, good.clone()).await.unwrap();
    assert!(preview.sentence.unwrap().starts_with("Muster GmbH (pieczęć firmy) może "));
    let mut operation = app.grant_permission(scope, good).await.unwrap();
    while operation.state == OperationState::Pending {
        operation = app.permission_operation(scope, &operation.reference_number).await.unwrap();
    }
    assert_eq!(operation.state, OperationState::Done, "{operation:?}");

    let listed = app.permissions(scope, PermissionList::EuEntities, 0).await.unwrap();
    assert!(!listed.rows.is_empty());
    for row in &listed.rows {
        assert_eq!(row.holder.kind, PartyKind::Fingerprint);
        assert_eq!(row.holder.identifier, FINGERPRINT.repeat(32));
        assert_eq!(row.holder.name.as_deref(), Some("Muster GmbH"), "{row:?}");
        assert!(row.sentence.ends_with("w imieniu podmiotu unijnego Muster Holding AG"), "{}", row.sentence);
    }
    bench.app.stop().await;
}
