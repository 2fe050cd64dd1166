module plan-lab/degradation

go 1.19

require plan-lab/kit v0.0.0

replace plan-lab/kit => ../../kit/go
