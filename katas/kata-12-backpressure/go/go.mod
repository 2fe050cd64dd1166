module plan-lab/kata-12

go 1.19

require (
	github.com/rabbitmq/amqp091-go v1.9.0
	plan-lab/kit v0.0.0
)

replace plan-lab/kit => ../../kit/go
