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
            commands::drafts::new_draft,
            commands::drafts::draft,
            commands::drafts::save_draft,
            commands::drafts::remove_draft,
            commands::drafts::drafts,
            commands::drafts::check_draft,
            commands::drafts::issue_draft,
            commands::drafts::open_advances,
            commands::drafts::sale_sheet,
            commands::drafts::prepared_sheet,
            commands::drafts::describe_part,
            commands::templates::templates,
            commands::templates::save_template,
            commands::templates::rename_template,
            commands::templates::remove_template,
            commands::recurring::recurring,
            commands::recurring::save_recurring,
            commands::recurring::recurring_draft,
            commands::recurring::remove_recurring,
            commands::company_data::seller_profile,
            commands::company_data::save_seller_profile,
            commands::company_data::check_seller_profile,
            commands::company_data::series,
            commands::company_data::save_series,
            commands::company_data::preview_series,
            commands::company_data::remove_series,
            commands::contractors::contractors,
            commands::contractors::contractor,
            commands::contractors::save_contractor,
            commands::contractors::remove_contractor,
            commands::contractors::contractor_doubles,
            commands::contractors::merge_contractors,
            commands::contractors::import_contractors,
            commands::contractors::pick_contractors,
            commands::contractors::export_contractors,
            commands::goods::goods,
            commands::goods::goods_item,
            commands::goods::save_goods,
            commands::goods::remove_goods,
            commands::goods::goods_doubles,
            commands::goods::merge_goods,
            commands::goods::import_goods,
            commands::goods::pick_goods,
            commands::goods::export_goods,
            commands::lookups::look_up_payer,
            commands::lookups::exchange_rate,
            commands::imports::load_import,
            commands::imports::pick_import,
            commands::imports::issue_import,
            commands::imports::save_import_template,
            commands::signing::start_signing,
            commands::signing::sign_on_trial,
            commands::signing::signing,
            commands::signing::load_signed_files,
            commands::signing::sign_with_files,
            commands::signing::cancel_signing,
            commands::enrolment::enrolment_offer,
            commands::enrolment::check_certificate_name,
            commands::enrolment::enrol,
            commands::enrolment::enrolments,
            commands::enrolment::continue_enrolment,
            commands::enrolment::abandon_enrolment,
            commands::certificates::certificates,
            commands::certificates::renew_certificate,
            commands::certificates::revocation_preview,
            commands::certificates::revoke_certificate,
            commands::certificates::reminders,
            commands::doctor::examine,
            commands::tokens::tokens,
            commands::tokens::make_token,
            commands::tokens::revoke_token,
            commands::auth_sessions::auth_sessions,
            commands::auth_sessions::end_auth_session,
            commands::permissions::permissions,
            commands::permissions::preview_grant,
            commands::permissions::grant_permission,
            commands::permissions::accountant_grant,
            commands::permissions::revoke_permission,
            commands::permissions::permission_operation,
            commands::permissions::company_standing,
            commands::discovery::found_companies,
            commands::discovery::read_nip_list,
            commands::discovery::load_nip_list,
            commands::discovery::add_companies,
            commands::discovery::check_companies,
            commands::discovery::bulk,
            commands::discovery::cancel_bulk,
            commands::discovery::company_context,
            commands::discovery::set_company_context,
            commands::limits::limits,
            commands::limits::peppol_providers,
            commands::collective::preview_collective,
            commands::collective::make_collective,
            commands::collective::collectives,
            commands::collective::collective_invoices,
            commands::journal::journal,
            commands::signing::pick_signed_file,
            commands::signing::pick_signing_files,
            commands::signing::save_signing_request_as,
            commands::signing::open_signing_page,
            commands::certificates::export_credential,
            commands::journal::save_journal,
            commands::discovery::pick_nip_list,
            commands::lock::lock_state,
            commands::lock::set_lock,
            commands::lock::remove_lock,
            commands::lock::lock_now,
            commands::lock::unlock,
            commands::once::show_once,
            commands::once::copy_once,
            commands::once::drop_once,
            commands::once::secret_pasted,
        ])
        .events(collect_events![events::SaleChanged, events::CompaniesChanged, events::PartChanged])
}

#[cfg(test)]
mod tests {
    /// A field with a default may be missing in a file that a person wrote; between the window and the program none is.
    fn every_field_is_there(types: &str) -> String {
        let whole = |line: &str| match line.split_once("?: ") {
            Some((name, rest)) if line.starts_with('\t') => format!("{name}: {rest}\n"),
            _ => format!("{line}\n"),
        };
        types.lines().map(whole).collect()
    }

    /// Writes the TypeScript types to the file that `OKIENKO_BINDINGS` names; `cargo xtask types` sets it.
    #[test]
    fn export_types() {
        let Some(path) = std::env::var_os("OKIENKO_BINDINGS") else {
            println!("skipped: OKIENKO_BINDINGS names no file; use cargo xtask types");
            return;
        };
        super::builder().export(specta_typescript::Typescript::default(), &path).unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, every_field_is_there(&written)).unwrap();
    }
}
