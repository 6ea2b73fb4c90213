use chrono::{DateTime, TimeDelta, Utc};
use ksef_api::{CarriesApiError, EncryptionInfo, ErrorKind, FormCode, KeyUsage, OpenOnlineSession};
use ksef_archive::{ArchiveError, NewSession, SessionRow, SessionState};
use ksef_crypto::{MinistryKey, SessionKey};
use ksef_types::{ReferenceNumber, SecretBytes};

use super::runner::Run;
use crate::connect::NoAccess;
use crate::{ConnectionCause, EngineError};

/// A session is not used in its last minutes: a document must not meet its end.
const BEFORE_ITS_END: TimeDelta = TimeDelta::minutes(10);
/// So long after its end KSeF has closed a session, whatever became of our requests.
const AFTER_ITS_END: TimeDelta = TimeDelta::hours(1);
/// KSeF knows no such session.
pub(super) const SESSION_UNKNOWN: i32 = 21173;

/// A session that can take documents: its key is here, in memory, and nowhere else.
pub(super) struct LiveSession {
    pub(super) id: i64,
    pub(super) reference: ReferenceNumber,
    pub(super) key: SessionKey,
    valid_until: DateTime<Utc>,
}

impl Run {
    /// Makes sure that there is a session for documents; `false` when there is no connection, which the queue knows then.
    pub(super) async fn ensure_session(&mut self) -> Result<bool, EngineError> {
        let usable = |live: &LiveSession| self.now() + BEFORE_ITS_END < live.valid_until;
        if self.live.as_ref().is_some_and(usable) {
            return Ok(true);
        }
        // The old one is closed as one whose key is gone.
        self.live = None;
        self.engine.checkpoint("before opening");
        let opened = self.open().await;
        self.engine.checkpoint("after opening");
        match opened {
            Ok((key, session)) => {
                let row = NewSession {
                    company: self.scope.company,
                    environment: self.scope.environment,
                    reference_number: session.reference_number.clone(),
                    opened_at: self.engine.now(),
                    valid_until: session.valid_until,
                };
                let id = self
                    .engine
                    .archive()
                    .write::<_, ArchiveError>(|tables| tables.sessions_mut().insert(&row))?;
                self.engine.checkpoint("session is written");
                let (reference, valid_until) = (session.reference_number, session.valid_until);
                self.live = Some(LiveSession { id, reference, key, valid_until });
                Ok(true)
            }
            // A session of which no answer came stays empty and harms nobody.
            Err(error) => {
                let cause = self.cause(&error);
                self.engine.postpone_queued(self.scope, &cause)?;
                Ok(false)
            }
        }
    }

    async fn open(&self) -> Result<(SessionKey, ksef_api::OnlineSession), NoAccess> {
        // Before the ministry's keys: without access they are of no use.
        self.login.access.token().await?;
        self.login.learn_limits().await;
        self.login
            .keys
            .with_current_key(KeyUsage::SymmetricKeyEncryption, |public| async move {
                let key = SessionKey::generate(&*self.engine.parts().random);
                let wrapped = MinistryKey::from_certificate_der(&public.certificate)
                    .ok()
                    .and_then(|ministry| key.wrap(&ministry).ok())
                    .ok_or(NoAccess::Local(ConnectionCause::NotKsef))?;
                let request = OpenOnlineSession {
                    form_code: FormCode::fa3(),
                    encryption: EncryptionInfo {
                        encrypted_symmetric_key: SecretBytes::from(wrapped),
                        initialization_vector: *key.iv(),
                        public_key_id: public.public_key_id.clone(),
                    },
                };
                let request = &request;
                let session = self
                    .login
                    .with(|client, token| async move { client.open_online_session(&token, request).await })
                    .await?;
                Ok::<_, NoAccess>((key, session.into_value()))
            })
            .await
    }

    /// Closes a session, and believes KSeF's word about it rather than the answer to the closing.
    pub(super) async fn close(&mut self, id: i64) -> Result<(), EngineError> {
        if self.live.as_ref().is_some_and(|live| live.id == id) {
            self.live = None;
        }
        let session = self.engine.archive().read::<_, ArchiveError>(|tables| tables.sessions().get(id))?;
        let Some(session) = session else { return Ok(()) };
        let next = self.engine.now() + self.engine.pause(session.close_attempts);
        self.engine.archive().write::<_, ArchiveError>(|tables| tables.sessions_mut().closing(id, next))?;
        self.engine.checkpoint("before closing");
        let reference = &session.reference_number;
        let closed = self
            .login
            .with(|client, token| async move { client.close_online_session(&token, reference).await })
            .await;
        self.engine.checkpoint("after closing");
        let state = match closed {
            Ok(_) => Some(SessionState::Closed),
            Err(error) => {
                self.cause(&error);
                self.how_it_ended(&session).await
            }
        };
        if let Some(state) = state {
            let now = self.engine.now();
            self.engine
                .archive()
                .write::<_, ArchiveError>(|tables| tables.sessions_mut().settle(id, state, now))?;
            self.engine.checkpoint("closing is written");
        }
        Ok(())
    }

    /// Whether KSeF takes no more documents in a session; nothing when it does, or cannot be asked.
    pub(super) async fn how_it_ended(&self, session: &SessionRow) -> Option<SessionState> {
        let reference = &session.reference_number;
        let status = self
            .login
            .with(|client, token| async move { client.session_status(&token, reference).await })
            .await;
        match status {
            Ok(status) => match status.status.code {
                100 => None,
                170 | 200 => Some(SessionState::Closed),
                _ => Some(SessionState::Broken),
            },
            Err(error) if is_gone(&error) => Some(SessionState::Broken),
            Err(_) => {
                (session.valid_until < self.engine.now() - AFTER_ITS_END).then_some(SessionState::Broken)
            }
        }
    }
}

/// KSeF knows no such session, or no longer.
pub(super) fn is_gone(error: &NoAccess) -> bool {
    let says =
        |error: &ksef_api::ApiError| error.has_code(SESSION_UNKNOWN) || *error.kind() == ErrorKind::Gone;
    error.api_error().is_some_and(says)
}
