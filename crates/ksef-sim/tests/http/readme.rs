//! The examples of the README, run as they stand there.

use std::process::Command;

use crate::harness::Sim;

const README: &str = include_str!("../../README.md");

fn examples() -> Vec<&'static str> {
    README.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn the_examples_work() {
    if Command::new("curl").arg("--version").output().is_err() || cfg!(windows) {
        println!("skipped: there is no curl with a POSIX shell here");
        return;
    }
    let sim = Sim::start();
    let running = sim.running();
    assert!(examples().len() >= 10);
    for example in examples() {
        let run = Command::new("sh")
            .args(["-eu", "-c", example])
            .env("MANAGEMENT", running.management())
            .env("API", running.api().as_str())
            .env("LATARNIA", running.latarnia().as_str())
            .env("QR", running.qr().as_str())
            .env("WHITE_LIST", running.white_list().as_str())
            .env("NBP", running.nbp().as_str())
            .env("no_proxy", "127.0.0.1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{example}\n{told}\n{}", String::from_utf8_lossy(&run.stdout));
    }
}

#[test]
fn three_calls_are_enough_for_a_stranger() {
    let three = examples()[0];
    let commands: Vec<&str> = three.lines().filter(|line| line.starts_with("curl")).collect();
    assert_eq!(commands.len(), 3);
}
