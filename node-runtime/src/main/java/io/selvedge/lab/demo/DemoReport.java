// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of the demo, for {@code --report}.
 *
 * @param clearTextPackets seen outside ESP; -1 when the counters could not be read
 * @param sent pings that had to pass, of which {@code lost} did not
 */
record DemoReport(List<Result> steps, long clearTextPackets, long sent, long lost) {
    DemoReport {
        steps = List.copyOf(steps);
    }

    /** One step's outcome. */
    record Result(String name, boolean ok, double seconds, String detail) {}

    boolean ok() {
        return clearTextPackets == 0 && lost == 0 && steps.stream().allMatch(Result::ok);
    }

    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("ok", ok());
        all.put("steps", steps.stream().map(DemoReport::map).toList());
        all.put("clearTextPackets", clearTextPackets);
        var pings = new LinkedHashMap<String, Object>();
        pings.put("sent", sent);
        pings.put("lost", lost);
        all.put("pings", pings);
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all) + "\n";
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    void write(Path file) {
        try {
            Files.writeString(file, json());
        } catch (IOException failed) {
            throw new LabException("cannot write the report to " + file + ": " + failed, failed);
        }
    }

    private static Map<String, Object> map(Result step) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", step.name());
        map.put("ok", step.ok());
        map.put("seconds", step.seconds());
        map.put("detail", step.detail());
        return map;
    }
}
