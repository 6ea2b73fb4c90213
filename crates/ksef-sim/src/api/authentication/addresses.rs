//! The addresses that a login allows.

use serde_json::Value;

use crate::judge::xades::AllowedIps;
use crate::model::IpRange;

/// `AllowedIps` of the request's body; its texts were judged by their patterns before.
pub(super) fn allowed_ips(value: Option<&Value>) -> Vec<IpRange> {
    let texts = |field: &str| -> Vec<String> {
        let list = value.and_then(|value| value.get(field)).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let address = |text: &str| text.parse::<std::net::Ipv4Addr>().ok().map(u32::from);
    let single = texts("ip4Addresses")
        .into_iter()
        .filter_map(|text| address(&text).map(|number| IpRange { first: number, last: number }));
    let spans = texts("ip4Ranges").into_iter().filter_map(|text| {
        let (first, last) = text.split_once('-')?;
        Some(IpRange { first: address(first)?, last: address(last)? })
    });
    let masks = texts("ip4Masks").into_iter().filter_map(|text| {
        let (network, length) = text.split_once('/')?;
        Some(network_range(address(network)?, length.parse().ok()?))
    });
    single.chain(spans).chain(masks).collect()
}

pub(super) fn ranges(allowed: &AllowedIps) -> Vec<IpRange> {
    let single = allowed.addresses.iter().map(|address| u32::from(*address));
    let single = single.map(|number| IpRange { first: number, last: number });
    let spans =
        allowed.ranges.iter().map(|(first, last)| IpRange { first: (*first).into(), last: (*last).into() });
    let masks = allowed.masks.iter().map(|(network, length)| network_range((*network).into(), *length));
    single.chain(spans).chain(masks).collect()
}

fn network_range(network: u32, length: u8) -> IpRange {
    let mask = u32::MAX.checked_shl(32 - u32::from(length.min(32))).unwrap_or(0);
    IpRange { first: network & mask, last: network | !mask }
}
