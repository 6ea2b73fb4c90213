//! The committed table of FA(3) is what the ministry's schema gives.

#[path = "../../../xtask/src/fa3_table/mod.rs"]
mod fa3_table;

#[test]
fn the_committed_table_is_the_schemas() {
    match fa3_table::check() {
        Ok(true) => {}
        Ok(false) => println!("skipped: the schemas are not beside the repository"),
        Err(problem) => panic!("{problem}"),
    }
}

#[test]
#[ignore = "writes the table, as cargo xtask fa3-table does"]
fn write_the_table() {
    fa3_table::run().unwrap();
}
