package org.autophage.report.watch;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What every request has to keep to, and what every answer tells the browser. The server listens on 127.0.0.1 only, but
 * any page that a person has open can send requests there: so nothing is ever changed, and the Host header must be this
 * server's own, since a page whose name was made to point here (DNS rebinding) sends its own name.
 */
final class RequestRules {
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    /** The page: its own scripts, styles, pictures and events, and nothing from elsewhere. */
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** A report has its scripts inside it. It may do no more than when it is opened from a file, and ask this server nothing. */
    static final String REPORT_POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " sandbox allow-scripts allow-downloads";

    private final Set<String> hosts;

    RequestRules(int port) {
        this.hosts = port == 80
                ? Set.of("127.0.0.1", "localhost", "127.0.0.1:80", "localhost:80")
                : Set.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** The status with which a request is refused: 403 for another host's name, 405 for what would change something. */
    OptionalInt refusal(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            return OptionalInt.of(403);
        }
        return METHODS.contains(exchange.getRequestMethod()) ? OptionalInt.empty() : OptionalInt.of(405);
    }

    static void addHeaders(Headers headers, String type, String policy) {
        headers.set("Content-Type", type);
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
    }
}
