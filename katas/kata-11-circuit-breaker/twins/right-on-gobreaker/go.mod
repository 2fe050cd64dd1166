module right-on-gobreaker

go 1.19

require github.com/sony/gobreaker v1.0.0
