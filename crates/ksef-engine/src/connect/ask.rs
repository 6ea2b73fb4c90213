use std::future::Future;
use std::sync::Arc;

use ksef_api::{AccessToken, Answer, ApiError, Client, GrantsPage, PageOf, SystemWarning};

use super::login::{Login, NoAccess};
use crate::engine::{Scope, locked};
use crate::{ConnectionFailure, Engine};

impl Engine {
    /// Asks KSeF something in a company's name; every failure comes with its cause, as at "Sprawdź połączenie".
    pub(crate) async fn ask<T, F, Fut>(&self, scope: Scope, work: F) -> Result<T, ConnectionFailure>
    where
        F: Fn(Client, AccessToken) -> Fut + Send + Sync,
        Fut: Future<Output = Result<Answer<T>, ApiError>> + Send,
        T: Send,
    {
        let login = self.login(scope).map_err(|cause| self.failure(cause, None, None))?;
        self.ask_with(scope, &login, work).await
    }

    /// The same with an access that is at hand.
    pub(crate) async fn ask_with<T, F, Fut>(
        &self,
        scope: Scope,
        login: &Arc<Login>,
        work: F,
    ) -> Result<T, ConnectionFailure>
    where
        F: Fn(Client, AccessToken) -> Fut + Send + Sync,
        Fut: Future<Output = Result<Answer<T>, ApiError>> + Send,
        T: Send,
    {
        let answer = login.with(work).await.map_err(|error| self.explain(scope, login, &error))?;
        login.heard(answer.warnings());
        Ok(answer.into_value())
    }

    /// Asks for a list page after page, at most so many, and adds what is on them. Where a page is refused, those before it
    /// were added.
    pub(crate) async fn every_page<T, F, Fut>(
        &self,
        scope: Scope,
        most: u32,
        all: &mut Vec<T>,
        work: F,
    ) -> Result<(), ConnectionFailure>
    where
        F: Fn(Client, AccessToken, PageOf) -> Fut + Send + Sync,
        Fut: Future<Output = Result<Answer<GrantsPage<T>>, ApiError>> + Send,
        T: Send,
    {
        let mut part = PageOf::FIRST;
        loop {
            let page = self.ask(scope, |client, token| work(client, token, part)).await?;
            all.extend(page.items);
            part = part.next();
            if !page.has_more || part.offset >= most {
                return Ok(());
            }
        }
    }

    /// An error of work that was waited for, explained likewise.
    pub(crate) fn explain_api(&self, scope: Scope, login: &Login, error: ApiError) -> ConnectionFailure {
        self.explain(scope, login, &NoAccess::Api(error))
    }
}

impl Login {
    /// Notes what came in `X-System-Warning`, once each.
    pub(crate) fn heard(&self, warnings: &[SystemWarning]) {
        let mut facts = locked(&self.facts);
        for warning in warnings {
            if !facts.warnings.contains(warning) {
                facts.warnings.push(warning.clone());
            }
        }
    }
}
