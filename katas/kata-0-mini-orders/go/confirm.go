package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// upstream is the service that wants to hear of every order. Its time limit is shorter than the
// time in which this service has to answer itself.
type upstream struct {
	url    string
	client http.Client
}

func newUpstream(url string) *upstream {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	return &upstream{url: url, client: http.Client{Transport: transport, Timeout: 8 * time.Second}}
}

// confirm fails where upstream does not confirm: the client must not hear 201 then.
func (u *upstream) confirm(placed order) error {
	body, err := json.Marshal(map[string]string{"order": placed.ID})
	if err != nil {
		return err
	}
	answer, err := u.client.Post(u.url+"/confirmations", "application/json", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	// Read to its end, so that the connection can be used again.
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	// 202 says that it will look at it, which is no promise yet.
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("order %s was not confirmed: status %d", placed.ID, answer.StatusCode)
	}
	return nil
}
