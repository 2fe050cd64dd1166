package kit.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;

/** A message and where it goes. */
public record Outgoing(String exchange, String key, BasicProperties properties, byte[] body) {
    public Outgoing(String exchange, String key, byte[] body) {
        this(exchange, key, new BasicProperties(), body);
    }
}
