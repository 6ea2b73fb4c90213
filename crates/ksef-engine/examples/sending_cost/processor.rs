use std::error::Error;

/// The kernel counts in `USER_HZ`, 100 a second on every Linux that people run.
const MILLISECONDS_A_TICK: u64 = 10;

/// Processor time of this process so far, all threads, in user mode and in the kernel: fields 14 and 15 of
/// `/proc/self/stat`, counted after the name in parentheses.
pub(crate) fn milliseconds() -> Result<u64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no name in /proc/self/stat")?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let (Some(user), Some(kernel)) = (fields.get(11), fields.get(12)) else {
        return Err("/proc/self/stat is short".into());
    };
    Ok((user.parse::<u64>()? + kernel.parse::<u64>()?) * MILLISECONDS_A_TICK)
}
