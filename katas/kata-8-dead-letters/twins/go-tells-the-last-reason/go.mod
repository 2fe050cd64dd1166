module plan-lab/worker

go 1.19

require (
	plan-lab/kit v0.0.0
	plan-lab/twin v0.0.0
)

require github.com/rabbitmq/amqp091-go v1.9.0 // indirect

replace plan-lab/kit => ../../../kit/go

replace plan-lab/twin => ../twin-go
