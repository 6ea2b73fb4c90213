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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn allow(ranges: &[IpRange], address: &str) -> bool {
        ranges.iter().any(|range| range.contains(address.parse().unwrap()))
    }

    #[test]
    fn a_body_and_a_signed_request_allow_the_same_addresses() {
        let body = json!({
            "ip4Addresses": ["192.168.0.1"], "ip4Ranges": ["10.0.0.1-10.0.0.9"], "ip4Masks": ["172.16.0.0/12"],
        });
        let signed = AllowedIps {
            addresses: vec![[192, 168, 0, 1].into()],
            ranges: vec![([10, 0, 0, 1].into(), [10, 0, 0, 9].into())],
            masks: vec![([172, 16, 0, 0].into(), 12)],
        };
        let both = [allowed_ips(Some(&body)), ranges(&signed)];
        assert_eq!(both[0], both[1]);
        for (address, expected) in [
            ("192.168.0.1", true),
            ("192.168.0.2", false),
            ("10.0.0.1", true),
            ("10.0.0.9", true),
            ("10.0.0.10", false),
            ("172.16.0.0", true),
            ("172.31.255.255", true),
            ("172.32.0.0", false),
            ("::ffff:10.0.0.9", true),
            ("::1", false),
        ] {
            assert_eq!(allow(&both[0], address), expected, "{address}");
        }
    }

    #[test]
    fn masks_from_none_to_all_of_the_bits() {
        let masked = |length| {
            ranges(&AllowedIps { masks: vec![([1, 2, 3, 4].into(), length)], ..AllowedIps::default() })
        };
        assert!(allow(&masked(0), "200.1.1.1"));
        assert!(allow(&masked(32), "1.2.3.4") && !allow(&masked(32), "1.2.3.5"));
        assert!(allow(&masked(31), "1.2.3.5") && !allow(&masked(31), "1.2.3.6"));
    }
}
