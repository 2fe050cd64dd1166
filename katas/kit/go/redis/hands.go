package redis

import (
	"context"

	streams "github.com/redis/go-redis/v9"
)

// showLife claims what it has in hand once more, which does not count as handing it out.
func (w *Worker) showLife(alive context.Context) {
	for pause(alive, w.ClaimIdle/signsOfLife) == nil {
		if entries := w.all(); len(entries) > 0 {
			w.client.XClaimJustID(alive, &streams.XClaimArgs{
				Stream: w.Queue, Group: group, Consumer: w.name, Messages: entries,
			})
		}
	}
}

func (w *Worker) mark(entry string, isInHand bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if isInHand {
		w.inHand[entry] = true
	} else {
		delete(w.inHand, entry)
	}
}

func (w *Worker) has(entry string) bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.inHand[entry]
}

func (w *Worker) all() []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	entries := make([]string, 0, len(w.inHand))
	for entry := range w.inHand {
		entries = append(entries, entry)
	}
	return entries
}
