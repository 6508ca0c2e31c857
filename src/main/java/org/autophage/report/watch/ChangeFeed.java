package org.autophage.report.watch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Server-sent events for all pages that are open: what the one watcher found goes to each of them. A page that reads too
 * slowly is dropped; it connects again and begins with everything, as every connection does.
 */
final class ChangeFeed {
    /** Pages at once; every one holds a thread. */
    static final int MOST_CLIENTS = 32;

    private static final int QUEUE = 256;

    /** A comment from time to time tells both sides that the other is still there. */
    private static final long QUIET_SECONDS = 10;

    /** Ends a client's queue. */
    private static final String END = "";

    private final Set<Client> clients = ConcurrentHashMap.newKeySet();

    /** One page. */
    static final class Client {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private volatile boolean dropped;

        /** Sends an event, or drops the client that has not read those before. */
        void send(String name, String json) {
            if (events.size() >= QUEUE) {
                dropped = true;
            } else {
                events.add("event: " + name + "\ndata: " + json + "\n\n");
            }
        }
    }

    /**
     * A new client, which gets everything at first and then every event.
     *
     * @param name of the first event
     * @param everything its JSON; made while nothing can be published, or a change could come before what it changed
     */
    synchronized Client join(String name, Supplier<String> everything) throws TooManyClients {
        if (clients.size() >= MOST_CLIENTS) {
            throw new TooManyClients();
        }
        Client client = new Client();
        client.send(name, everything.get());
        clients.add(client);
        return client;
    }

    /** There is no room for another page. */
    static final class TooManyClients extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** Writes events to a client until it goes, is dropped, or the feed ends. */
    void serve(Client client, OutputStream out) throws IOException {
        try {
            out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
            while (!client.dropped) {
                String event = client.events.poll(QUIET_SECONDS, TimeUnit.SECONDS);
                if (END.equals(event)) {
                    return;
                }
                out.write((event == null ? ": \n\n" : event).getBytes(StandardCharsets.UTF_8));
                if (client.events.isEmpty()) {
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets a client that has gone. */
    void leave(Client client) {
        clients.remove(client);
    }

    /** Sends an event, JSON in one line, to every client. */
    synchronized void publish(String name, String json) {
        clients.forEach(client -> client.send(name, json));
    }

    /** Ends all connections. */
    void close() {
        for (Client client : clients) {
            client.events.clear();
            client.events.add(END);
        }
    }
}
