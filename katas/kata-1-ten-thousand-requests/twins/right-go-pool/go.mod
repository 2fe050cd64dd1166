module plan-lab/shop

go 1.19

require plan-lab/twin v0.0.0

replace plan-lab/twin => ../twin-go
