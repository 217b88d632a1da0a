// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Moments as people write them: ISO 8601, with an offset or in the own time zone; {@code 14:00},
 * {@code yesterday 14:00}, {@code 2026-11-22 14:00}; {@code now}; and how long ago, {@code 10m},
 * {@code 2h30m}.
 */
final class Moments {
    private static final Pattern AGO = Pattern.compile("((\\d+)([smhdw]))+( ago)?");
    private static final Pattern PART = Pattern.compile("(\\d+)([smhdw])");
    private final ZonedDateTime now;

    Moments(ZonedDateTime now) {
        this.now = now;
    }

    static Moments fromNow() {
        return new Moments(ZonedDateTime.now(ZoneId.systemDefault()));
    }

    /** An {@link IllegalArgumentException} says which forms there are. */
    Instant parse(String text) {
        var said = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        return first(
                        said,
                        this::ago,
                        this::day,
                        form(written -> OffsetDateTime.parse(written).toInstant()),
                        form(written -> local(LocalDateTime.parse(written.replace(' ', 't')))),
                        form(written -> local(LocalDate.parse(written).atStartOfDay())),
                        form(written -> local(now.toLocalDate().atTime(LocalTime.parse(written)))))
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                ("'%s' is no time: write 2026-11-22T14:00:00Z, 2026-11-22 14:00, 14:00,"
                                                + " yesterday 14:00, 10m or now")
                                        .formatted(text)));
    }

    private Optional<Instant> ago(String said) {
        if (said.equals("now")) {
            return Optional.of(now.toInstant());
        }
        if (!AGO.matcher(said).matches()) {
            return Optional.empty();
        }
        try {
            var back =
                    PART.matcher(said)
                            .results()
                            .map(part ->
                                    unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))))
                            .reduce(Duration.ZERO, Duration::plus);
            return Optional.of(now.toInstant().minus(back));
        } catch (ArithmeticException | NumberFormatException | DateTimeException tooLong) {
            return Optional.empty();
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }

    private Optional<Instant> day(String said) {
        var words = said.split(" ", 2);
        var day =
                switch (words[0]) {
                    case "today" -> now.toLocalDate();
                    case "yesterday" -> now.toLocalDate().minusDays(1);
                    default -> null;
                };
        if (day == null) {
            return Optional.empty();
        }
        return words.length == 1
                ? Optional.of(local(day.atStartOfDay()))
                : form(time -> local(day.atTime(LocalTime.parse(time)))).apply(words[1]);
    }

    private Instant local(LocalDateTime moment) {
        return moment.atZone(now.getZone()).toInstant();
    }

    @SafeVarargs
    private static Optional<Instant> first(
            String said, Function<String, Optional<Instant>>... forms) {
        for (var form : forms) {
            var moment = form.apply(said);
            if (moment.isPresent()) {
                return moment;
            }
        }
        return Optional.empty();
    }

    private static Function<String, Optional<Instant>> form(Function<String, Instant> parse) {
        return written -> {
            try {
                return Optional.of(parse.apply(written));
            } catch (DateTimeParseException other) {
                return Optional.empty();
            }
        };
    }
}
