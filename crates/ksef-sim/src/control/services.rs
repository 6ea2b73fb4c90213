//! The public services' part of the control.

use ksef_types::Nip;
use serde_json::Value;

use super::Control;
use crate::services::{AskedService, PublicService};
use crate::{Fault, FaultKind};

impl Control {
    /// Puts somebody on the white list as the list writes a subject; `None`: the list does not know that NIP.
    pub fn put_payer(&self, nip: Nip, subject: Option<Value>) {
        self.0.services().payers.insert(nip, subject);
    }

    /// The list says of that NIP again what it said at the start.
    pub fn reset_payer(&self, nip: Nip) {
        self.0.services().payers.remove(&nip);
    }

    /// Lets something go wrong with a public service. Of a `refuse` the code stands after `WL-`.
    pub fn service_fault(&self, fault: Fault<PublicService>) {
        self.0.services().faults.add(fault);
    }

    /// The next questions to a service are answered like this, until [`Control::clear_service_faults`].
    pub fn break_service(&self, service: PublicService, kind: FaultKind) {
        self.service_fault(Fault::times(service, u32::MAX, kind));
    }

    /// The faults of the public services that still wait.
    #[must_use]
    pub fn service_faults(&self) -> Vec<Fault<PublicService>> {
        self.0.services().faults.waiting().to_vec()
    }

    /// Forgets them.
    pub fn clear_service_faults(&self) {
        self.0.services().faults.clear();
    }

    /// The questions to the public services so far, those that were not answered among them.
    #[must_use]
    pub fn asked_services(&self) -> Vec<AskedService> {
        self.0.services().asked.clone()
    }

    /// How often a service was asked.
    #[must_use]
    pub fn asked(&self, service: PublicService) -> usize {
        self.0.services().asked.iter().filter(|asked| asked.service == service).count()
    }

    /// Uses up part of a service's day, as others behind the same address would.
    pub fn spend_service(&self, service: PublicService, count: u32) {
        let today = self.0.today();
        let mut services = self.0.services();
        let used = services.used.entry((service, today)).or_default();
        *used = used.saturating_add(count);
    }
}
