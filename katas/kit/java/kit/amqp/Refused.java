package kit.amqp;

/** The broker is there and says no: it refuses a message, or closes the channel on its account. */
public final class Refused extends NotTaken {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
        super(why);
    }
}
