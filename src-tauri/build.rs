//! Prepares the window: a placeholder page where the interface is not built yet, then Tauri's own steps.
fn main() {
    let page = std::path::Path::new("ui/dist/index.html");
    if !page.exists() {
        let _ = std::fs::create_dir_all("ui/dist");
        let _ = std::fs::write(page, "<!doctype html><title>Okienko</title><p>cargo xtask run</p>");
    }
    // Tauri embeds these files without telling cargo: a newly built interface would not reach the program.
    println!("cargo::rerun-if-changed=ui/dist");
    let attributes =
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/*.json");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
