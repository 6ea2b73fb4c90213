/// The NIP whose first nine digits are the first number from `start` on that has a check digit.
#[must_use]
pub fn nip(start: u32) -> String {
    const WEIGHTS: [u32; 9] = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    (start..)
        .find_map(|number| {
            let digits = format!("{number:09}");
            let values = digits.bytes().map(|digit| u32::from(digit - b'0'));
            let check = values.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>() % 11;
            (check < 10).then(|| format!("{digits}{check}"))
        })
        .unwrap_or_default()
}

/// The PESEL of somebody born on 21 November 1980 with this number.
#[must_use]
pub fn pesel(number: u16) -> String {
    const WEIGHTS: [u32; 10] = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
    let digits = format!("801121{number:04}");
    let sum: u32 = digits
        .bytes()
        .map(|digit| u32::from(digit - b'0'))
        .zip(WEIGHTS)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_others() {
        assert_eq!(nip(526_587_763), "5265877635");
        assert_eq!(nip(123_456_321), "1234563218");
        // 1*8+3*0+7*1+9*1+1*2+3*1+7*0+9*0+1*0+3*1 = 32
        assert_eq!(pesel(1), "80112100018");
    }
}
