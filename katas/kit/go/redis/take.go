package redis

import (
	"context"
	"errors"
	"time"

	streams "github.com/redis/go-redis/v9"
)

// takeNew takes what nobody has been given yet. What the last read brings is worked on, too.
func (w *Worker) takeNew() error {
	read, err := w.client.XReadGroup(context.Background(), &streams.XReadGroupArgs{
		Group: group, Consumer: w.name, Streams: []string{w.Queue, ">"}, Count: w.free(), Block: block,
	}).Result()
	if errors.Is(err, streams.Nil) {
		return nil
	}
	for _, stream := range read {
		for _, entry := range stream.Messages {
			w.begin(messageOf(entry, 1))
		}
	}
	return err
}

// takePending takes what was handed out and is in nobody's hands: to this worker, in an answer that
// was lost, or to one that is dead. XAUTOCLAIM would do, but does not say how often a message was
// handed out.
func (w *Worker) takePending() error {
	ask := streams.XPendingExtArgs{Stream: w.Queue, Group: group, Start: "-", End: "+", Count: page}
	ofOwn, ofOthers := ask, ask
	ofOwn.Consumer = w.name
	ofOthers.Idle = w.ClaimIdle
	own, err := w.client.XPendingExt(context.Background(), &ofOwn).Result()
	if err != nil {
		return err
	}
	others, err := w.client.XPendingExt(context.Background(), &ofOthers).Result()
	if err != nil {
		return err
	}
	for _, one := range own {
		if !w.has(one.ID) && err == nil {
			err = w.claim(one, 0)
		}
	}
	for _, one := range others {
		if one.Consumer != w.name && err == nil {
			err = w.claim(one, w.ClaimIdle)
		}
	}
	return err
}

// claim takes one, if there is room: of two workers that claim the same at once, the second finds
// that it is not idle any more.
func (w *Worker) claim(pending streams.XPendingExt, idle time.Duration) error {
	if w.free() == 0 {
		return nil
	}
	claimed, err := w.client.XClaim(context.Background(), &streams.XClaimArgs{
		Stream: w.Queue, Group: group, Consumer: w.name, MinIdle: idle, Messages: []string{pending.ID},
	}).Result()
	for _, entry := range claimed {
		w.begin(messageOf(entry, pending.RetryCount+1))
	}
	return err
}

// again hands a message out once more, to this worker.
func (w *Worker) again(message Message) bool {
	is := false
	w.patiently(func(ctx context.Context) error {
		claimed, err := w.client.XClaim(ctx, &streams.XClaimArgs{
			Stream: w.Queue, Group: group, Consumer: w.name, Messages: []string{message.Entry},
		}).Result()
		is = len(claimed) == 1
		return err
	})
	return is
}
