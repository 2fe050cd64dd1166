package main

// stepsPerMicrosecond: by definition of this kata a microsecond of CPU is so many steps, in every
// language.
const stepsPerMicrosecond = 400

// checksum is FNV-1a of the id, then one step after the other: none of them can be left out or done
// at once.
func checksum(id string, steps int) uint32 {
	x := uint32(0x811c9dc5)
	for i := 0; i < len(id); i++ {
		x = (x ^ uint32(id[i])) * 0x01000193
	}
	for step := 0; step < steps; step++ {
		x = (x^(x>>15))*0x2c1b3c6d + 1
	}
	return x
}
