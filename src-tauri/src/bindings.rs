//! The typed border to the web interface.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

/// Every command and event that the window may use; there are no others.
pub(crate) fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        // Every field is always written and asked for: one shape for both directions.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::program::program,
            commands::program::save_settings,
            commands::companies::companies,
            commands::companies::add_company,
            commands::companies::rename_company,
            commands::companies::remove_company,
            commands::companies::choose_environment,
            commands::companies::check_nip,
            commands::companies::make_sample_company,
            commands::credentials::credentials,
            commands::credentials::pick_credential_files,
            commands::credentials::load_credential_files,
            commands::credentials::set_certificate_password,
            commands::credentials::set_offline_serial,
            commands::credentials::paste_offline_serial,
            commands::credentials::check_offline_certificate,
            commands::credentials::remove_credential,
            commands::credentials::set_token,
            commands::credentials::paste_token,
            commands::connection::check_connection,
            commands::connection::start,
            commands::connection::open_portal,
            commands::sending::pick_invoices,
            commands::sending::load_invoices,
            commands::sending::prepared,
            commands::sending::drop_prepared,
            commands::sending::make_sample_invoice,
            commands::sending::send_prepared,
            commands::sending::cancel_sending,
            commands::sales::sales,
            commands::sales::sale,
            commands::sales::retry_sale,
            commands::sales::withdraw_sale,
            commands::sales::save_upo,
            commands::sales::save_xml,
        ])
        .events(collect_events![events::SaleChanged, events::CompaniesChanged])
}

#[cfg(test)]
mod tests {
    /// Writes the TypeScript types to the file that `OKIENKO_BINDINGS` names; `cargo xtask types` sets it.
    #[test]
    fn export_types() {
        let Some(path) = std::env::var_os("OKIENKO_BINDINGS") else {
            println!("skipped: OKIENKO_BINDINGS names no file; use cargo xtask types");
            return;
        };
        super::builder().export(specta_typescript::Typescript::default(), path).unwrap();
    }
}
