package redis

import streams "github.com/redis/go-redis/v9"

// Message is an entry of a stream, as whoever published it wrote it.
type Message struct {
	// Entry is the number that Redis gave it: 1700000000000-0.
	Entry string
	// ID is the field id: the message's own, the same for a duplicate.
	ID string
	// Body is the field body: JSON, not parsed.
	Body []byte
	// Headers are all other fields.
	Headers map[string]string
	// Deliveries is how often Redis has handed it out, this time included: 1 for a new message.
	Deliveries int64
}

func messageOf(entry streams.XMessage, deliveries int64) Message {
	message := Message{Entry: entry.ID, Headers: map[string]string{}, Deliveries: deliveries}
	for name, value := range entry.Values {
		text, _ := value.(string)
		switch name {
		case "id":
			message.ID = text
		case "body":
			message.Body = []byte(text)
		default:
			message.Headers[name] = text
		}
	}
	return message
}

func fieldsOf(message Message, headers map[string]string) map[string]string {
	fields := map[string]string{}
	for name, value := range message.Headers {
		fields[name] = value
	}
	for name, value := range headers {
		fields[name] = value
	}
	fields["id"], fields["body"] = message.ID, string(message.Body)
	return fields
}
