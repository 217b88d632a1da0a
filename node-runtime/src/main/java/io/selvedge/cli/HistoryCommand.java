// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.lab.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code selvedge history}: what happened to something, with its causes. */
@Command(
        name = "history",
        description = {
            "What happened to a node, tunnel, service or Community, and why.",
            "Times: 2026-11-22T14:00:00Z, 2026-11-22 14:00, 14:00, yesterday 14:00, 10m (ago)."
        })
final class HistoryCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Set<String> BOOKKEEPING = Set.of("told", "epoch-opened");

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private AuthorityClient authority = new AuthorityClient();

    @Parameters(
            arity = "1..2",
            paramLabel = "NAME",
            description = "A node, Community or namespace/service; of a tunnel, its two ends.")
    private List<String> names = List.of();

    @Option(
            names = "--kind",
            description =
                    "node, tunnel, service, community or cluster, where a name is of several.")
    private @Nullable String kind;

    @Option(names = "--since", paramLabel = "TIME", description = "What happened from then on.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "What happened before then.")
    private @Nullable String until;

    @Option(
            names = {"-n", "--limit"},
            description = "At most so many, the last ones (default: ${DEFAULT-VALUE}).")
    private int limit = 1_000;

    @Option(
            names = {"-a", "--all"},
            description = "Tables also have what the authority notes to lose no report.")
    private boolean all;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens from now on.")
    private boolean follow;

    @Option(names = "-o", description = "text or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var moments = Moments.fromNow();
        var query = new LinkedHashMap<String, String>();
        query.put("name", String.join("|", names));
        query.put("limit", Integer.toString(limit));
        if (kind != null) {
            query.put("kind", kind);
        }
        if (since != null) {
            query.put("since", moments.parse(since).toString());
        }
        if (until != null) {
            query.put("until", moments.parse(until).toString());
        }
        var answer = authority.get("/v1/history", query);
        long last = show(answer, true);
        while (follow) {
            Thread.sleep(LOOK);
            query.put("after", Long.toString(last));
            last = Math.max(last, more(query));
        }
        return 0;
    }

    /** While nobody answers, it may be a failover that one wants to follow. */
    private long more(Map<String, String> query) {
        try {
            return show(authority.get("/v1/history", query), false);
        } catch (IOException nobody) {
            return 0;
        }
    }

    /** Gives the highest number shown. */
    private long show(Map<?, ?> answer, boolean first) throws IOException {
        var out = spec.commandLine().getOut();
        var shown = new Shown(answer);
        var entries = shown.objects("entries");
        switch (format) {
            case text -> {
                var rows = rows(entries);
                out.print(first ? table(rows) : lines(rows));
            }
            case json -> {
                if (follow) {
                    lines(out, entries);
                } else {
                    out.println(shown.json());
                }
            }
        }
        out.flush();
        return entries.stream().mapToLong(entry -> entry.number("sequence")).max().orElse(0);
    }

    private static void lines(PrintWriter out, List<Shown> entries) throws IOException {
        for (var entry : entries) {
            out.println(entry.line());
        }
    }

    private List<List<String>> rows(List<Shown> entries) throws IOException {
        if (entries.isEmpty()) {
            return List.of();
        }
        var names = NodeNames.from(authority);
        return entries.stream()
                .filter(entry -> all || !BOOKKEEPING.contains(entry.text("event")))
                .map(entry -> row(entry, names))
                .toList();
    }

    private static String table(List<List<String>> rows) {
        var table = new Table("WHEN", "BY", "EVENT", "WHAT", "CAUSE");
        rows.forEach(table::row);
        return table.toString();
    }

    private static String lines(List<List<String>> rows) {
        var lines = new StringBuilder();
        rows.forEach(row -> lines.append(String.join("  ", row)).append('\n'));
        return lines.toString();
    }

    private static List<String> row(Shown entry, NodeNames names) {
        return List.of(
                entry.time("happened"),
                entry.text("reporter").isEmpty() ? "authority" : names.in(entry.text("reporter")),
                entry.text("event"),
                names.in(entry.text("says")),
                names.in(cause(entry.object("cause"))));
    }

    /** Like {@code relay at once (Community beijing/community:line@1.3)}. */
    private static String cause(@Nullable Shown cause) {
        if (cause == null) {
            return "";
        }
        var records = cause.list("records");
        return records.isEmpty() ? cause.text("rule") : cause.text("rule") + " (" + records + ")";
    }
}
