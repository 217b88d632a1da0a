// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What the planes logged, with causes: the only trace of an attempt that came to nothing. */
final class LogCount extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

    LogCount() {
        root.setLevel(Level.INFO);
        root.addAppender(this);
        setContext(root.getLoggerContext());
        start();
    }

    /** Waits until so many lines match. */
    void await(String regex, int times) {
        var pattern = Pattern.compile(regex);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        lines.stream().filter(line -> pattern.matcher(line).find()).count()
                                >= times);
    }

    @Override
    protected void append(ILoggingEvent event) {
        var line = new StringBuilder(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy();
                cause != null;
                cause = cause.getCause()) {
            line.append(" <- ").append(cause.getMessage());
        }
        lines.add(line.toString());
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
