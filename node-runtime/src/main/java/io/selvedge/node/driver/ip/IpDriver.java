// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import io.selvedge.node.driver.Commands;
import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Devices, addresses, routes, rules and settings of the kernel, through ip(8) and sysctl(8).
 *
 * <p>A setting is observed for the names given at construction, with the value it has, whoever gave
 * it; so a setting that is no longer planned keeps its value. A name that does not exist yet (of a
 * device to come) is not observed, and setting it fails until it does, after all else was made.
 */
public final class IpDriver implements Driver<IpResource> {
    private final Commands commands;
    private final SortedSet<String> sysctls;

    public IpDriver(Commands commands, SortedSet<String> sysctls) {
        this.commands = commands;
        this.sysctls = Collections.unmodifiableSortedSet(new TreeSet<>(sysctls));
    }

    @Override
    public String name() {
        return "ip";
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        var found = new ArrayList<IpResource>();
        IpListing.devices(links()).forEach(found::add);
        for (boolean v6 : new boolean[] {false, true}) {
            var family = v6 ? "-6" : "-4";
            var protocol = "" + IpBatch.PROTOCOL;
            var routes = list(family, "route", "show", "table", "main", "proto", protocol);
            IpListing.routes(routes, v6).forEach(found::add);
            IpListing.rules(list(family, "-d", "rule", "show"), v6).forEach(found::add);
        }
        found.addAll(settings());
        return found.stream().map(IpResource::key).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public void apply(Diff<IpResource> diff) throws IOException {
        if (diff.isEmpty()) {
            return;
        }
        var bridges = IpListing.bridges(links()).collect(Collectors.toSet());
        var batch = IpBatch.of(diff, bridges);
        batch(batch.first());
        batch(batch.rules4(), "-4");
        batch(batch.rules6(), "-6");
        batch(batch.last());
        if (!batch.sysctls().isEmpty()) {
            var command = new ArrayList<>(List.of("sysctl", "-q", "-w"));
            command.addAll(batch.sysctls());
            commands.run("", command.toArray(String[]::new));
        }
    }

    private List<Map<String, Object>> links() throws IOException {
        return list("-d", "address", "show");
    }

    private List<Map<String, Object>> list(String... arguments) throws IOException {
        return IpListing.objects(commands.run("", ip("-j", arguments)));
    }

    private void batch(List<String> lines, String... family) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(family));
        command.addAll(List.of("-batch", "-"));
        var input = String.join("\n", lines) + "\n";
        var output = commands.attempt(Map.of(), input, command);
        if (output.exit() != 0) {
            throw new IOException(
                    "%s (of: %s); if something of another owner is in the way, remove it"
                            .formatted(
                                    commands.failed(command, output).getMessage(),
                                    String.join(" | ", lines)));
        }
    }

    private List<IpResource> settings() throws IOException {
        if (sysctls.isEmpty()) {
            return List.of();
        }
        var command = new ArrayList<>(List.of("sysctl"));
        command.addAll(sysctls);
        // Exit code and complaints are about names that do not exist (yet): they have no value.
        return commands.attempt(Map.of(), "", command)
                .stdout()
                .lines()
                .filter(line -> line.contains(" = "))
                .map(line -> line.split(" = ", 2))
                .<IpResource>map(part -> new IpResource.Sysctl(part[0], part[1].strip()))
                .toList();
    }

    private static String[] ip(String option, String... arguments) {
        var command = new ArrayList<>(List.of("ip", option));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }
}
