/// By definition of this kata: a microsecond of CPU is so many steps, in every language.
pub const STEPS_PER_MICROSECOND: u64 = 400;

/// FNV-1a of the id, then one step after the other: none of them can be left out or done at once.
pub fn checksum(id: &str, steps: u64) -> u32 {
    let start = id.bytes().fold(0x811c_9dc5_u32, |x, byte| {
        (x ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (0..steps).fold(start, |x, _| {
        (x ^ (x >> 15)).wrapping_mul(0x2c1b_3c6d).wrapping_add(1)
    })
}
