//! How many simple requests a second of one core the simulator answers: starts the program that is its argument, asks over
//! kept connections, and reads the processor time that the program's process used (Linux; elsewhere the time that
//! passed). Prints a figure as JSON.
#![expect(clippy::print_stdout, clippy::float_arithmetic, reason = "a program that prints figures")]

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Requests that warm up, and requests that count.
const WARM: usize = 1_000;
const COUNTED: usize = 20_000;
const CONNECTIONS: usize = 4;
/// At least so many requests a second.
const LIMIT: f64 = 2_000.0;
/// The kernel's unit of processor time on Linux, for programs.
const TICKS_A_SECOND: f64 = 100.0;

fn main() -> Outcome<()> {
    let program = std::env::args_os().nth(1).ok_or("usage: requests_a_second KSEF_SIM")?;
    let mut simulator = Command::new(program)
        .args(["--rate-limits", "0", "--pace", "immediate"])
        .stdout(Stdio::piped())
        .spawn()?;
    let measured = measure(&mut simulator);
    simulator.kill()?;
    simulator.wait()?;
    let (spent, passed) = measured?;
    let rate = COUNTED as f64 / spent.as_secs_f64();
    println!(
        "{}",
        serde_json::json!({
            "figure": "simple requests answered in a second of one core", "value": rate.round(),
            "unit": "requests", "limit": LIMIT, "atLeast": true,
        })
    );
    println!(
        "of the time that passed, the simulator's process used {:.0} %",
        100.0 * spent.as_secs_f64() / passed.as_secs_f64()
    );
    Ok(())
}

/// Processor time of the simulator, and the time that passed, for the counted requests.
fn measure(simulator: &mut Child) -> Outcome<(Duration, Duration)> {
    let mut line = String::new();
    BufReader::new(simulator.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let addresses: serde_json::Value = serde_json::from_str(&line)?;
    let api = addresses["api"].as_str().ok_or("no address")?.trim_start_matches("http://").to_owned();
    let host = api.split('/').next().unwrap_or_default().to_owned();
    ask(&host, WARM)?;
    let before = processor_time(simulator.id());
    let started = Instant::now();
    std::thread::scope(|scope| {
        let askers: Vec<_> = (0..CONNECTIONS)
            .map(|_| scope.spawn(|| ask(&host, COUNTED / CONNECTIONS).map_err(|failure| failure.to_string())))
            .collect();
        askers
            .into_iter()
            .try_for_each(|asker| asker.join().unwrap_or_else(|_| Err("an asker broke".to_owned())))
    })?;
    let passed = started.elapsed();
    let spent = match (before, processor_time(simulator.id())) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => passed,
    };
    Ok((spent, passed))
}

/// The ministry's keys and challenges in turn, over one connection.
fn ask(host: &str, count: usize) -> Outcome<()> {
    let mut stream = TcpStream::connect(host)?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    for number in 0..count {
        let request = if number % 2 == 0 {
            format!("GET /v2/security/public-key-certificates HTTP/1.1\r\nHost: {host}\r\n\r\n")
        } else {
            format!("POST /v2/auth/challenge HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n")
        };
        stream.write_all(request.as_bytes())?;
        let (mut first, mut length) = (String::new(), 0);
        reader.read_line(&mut first)?;
        if !first.contains(" 200 ") {
            return Err(first.into());
        }
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            if header.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = header.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
    }
    Ok(())
}

/// User and system time of a process and its threads.
fn processor_time(process: u32) -> Option<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // What stands before the last parenthesis is the program's name.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
    Some(Duration::from_secs_f64((ticks(11)? + ticks(12)?) / TICKS_A_SECOND))
}
