module right-on-x-time-rate

go 1.19

require golang.org/x/time v0.5.0
