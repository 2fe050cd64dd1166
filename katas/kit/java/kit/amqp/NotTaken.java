package kit.amqp;

import java.io.IOException;

/** The broker broke before it answered, or answers nothing. */
public class NotTaken extends IOException {
    private static final long serialVersionUID = 1;

    public NotTaken(String why) {
        super(why);
    }
}
