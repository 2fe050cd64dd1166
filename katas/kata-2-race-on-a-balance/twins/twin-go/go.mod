module plan-lab/twin

go 1.19
