//! The clients of the public services, one for each address: each keeps the limits of its service.

use std::collections::HashMap;
use std::sync::Arc;

use ksef_api::{Nbp, PublicServiceConfig, PublicServiceError, WhiteList};
use ksef_types::ApiAddress;
use tokio::sync::Mutex;

use crate::Engine;

/// Held while a question is asked: one at a time, so that two windows' worth of haste asks once.
#[derive(Default)]
pub(crate) struct Services {
    pub(super) white_lists: Mutex<HashMap<ApiAddress, WhiteList>>,
    pub(super) nbp: Mutex<HashMap<ApiAddress, Nbp>>,
}

/// The client at that address, made when it is first asked for.
pub(super) fn client<C>(
    clients: &mut HashMap<ApiAddress, C>,
    address: ApiAddress,
    make: impl FnOnce(ApiAddress) -> Result<C, PublicServiceError>,
) -> Result<&C, PublicServiceError> {
    if !clients.contains_key(&address) {
        let made = make(address.clone())?;
        clients.insert(address.clone(), made);
    }
    clients.get(&address).ok_or(PublicServiceError::NotSent)
}

impl Engine {
    pub(super) fn service_config(&self, address: ApiAddress) -> PublicServiceConfig {
        let mut config = PublicServiceConfig::new(address, Arc::clone(&self.parts().clock));
        let tuned = self.shared.tuning.timeouts;
        config.timeouts.connect = config.timeouts.connect.min(tuned.connect);
        config.timeouts.idle = config.timeouts.idle.min(tuned.idle);
        config.timeouts.request = config.timeouts.request.min(tuned.request);
        config
    }
}
