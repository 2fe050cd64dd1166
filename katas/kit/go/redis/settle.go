package redis

import (
	"context"

	streams "github.com/redis/go-redis/v9"
)

// Verdict is what becomes of a message: Ack, Requeue, or what MoveTo says.
type Verdict struct {
	requeue bool
	moveTo  string
	headers map[string]string
}

var (
	// Ack means done.
	Ack = Verdict{}
	// Requeue offers it again, at once.
	Requeue = Verdict{requeue: true}
)

// MoveTo puts it at the end of another stream, or of its own, with these headers besides its own.
// Moving and acknowledging are one step, and only one of several workers that hold the same message
// moves it.
func MoveTo(stream string, headers map[string]string) Verdict {
	return Verdict{moveTo: stream, headers: headers}
}

// Only who takes it from the pending ones moves it, so that it is moved once.
var settlement = streams.NewScript(`
local taken = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
if taken == 1 then
  redis.call('XDEL', KEYS[1], ARGV[2])
  if KEYS[2] then redis.call('XADD', KEYS[2], '*', unpack(ARGV, 3)) end
end
return taken
`)

// settle may do it twice: the second time there is nothing left to acknowledge.
func (w *Worker) settle(message Message, verdict Verdict) {
	keys := []string{w.Queue}
	values := []interface{}{group, message.Entry}
	if verdict.moveTo != "" {
		keys = append(keys, verdict.moveTo)
		for name, value := range fieldsOf(message, verdict.headers) {
			values = append(values, name, value)
		}
	}
	w.patiently(func(ctx context.Context) error {
		return settlement.Eval(ctx, w.client, keys, values...).Err()
	})
}
