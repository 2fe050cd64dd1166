package main

import (
	"context"
	"fmt"
	"net/http"

	"plan-lab/kit"
)

type job struct {
	ID    string `json:"id"`
	State string `json:"state,omitempty"`
}

// overHTTP has the queue in this program.
func overHTTP(accepts strategy, options options, work work) kit.Service {
	return func(context.Context) (kit.Routes, func(), error) {
		q := newQueue(options, work)
		return kit.Routes{
			"POST /jobs":     q.post(accepts),
			"GET /jobs/{id}": q.tell,
		}, q.drained, nil
	}
}

func (q *queue) post(accepts strategy) kit.Handler {
	return func(request kit.Request) (int, any, error) {
		var asked job
		if err := request.JSON(&asked); err != nil {
			return 0, nil, err
		}
		if asked.ID == "" {
			return 0, nil, fmt.Errorf("%w: a job needs an id", kit.ErrBadRequest)
		}
		q.lock.Lock()
		defer q.lock.Unlock()
		if accepts(q, asked.ID) {
			return http.StatusAccepted, job{ID: asked.ID}, nil
		}
		why := kit.Problem{Error: "the queue is full"}
		return http.StatusServiceUnavailable, kit.ComeBack{Problem: why, After: q.untilAllDone()}, nil
	}
}

func (q *queue) tell(request kit.Request) (int, any, error) {
	id := request.Parameters["id"]
	state, known := q.stateOf(id)
	if !known {
		return http.StatusNotFound, kit.Problem{Error: "there is no job " + id}, nil
	}
	return http.StatusOK, job{id, state}, nil
}
