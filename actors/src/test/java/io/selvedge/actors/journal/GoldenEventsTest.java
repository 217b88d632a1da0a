// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.community.CommunityEvent;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.intent.Journals;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.service.ServiceEvent;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every event as the first release writes it. The files never change; with {@code
 * -Dselvedge.golden.write=true} files that do not exist yet are written.
 */
class GoldenEventsTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/events");
    private static final ActorTestKit KIT =
            ActorTestKit.create(
                    ConfigFactory.parseResources("entities.conf")
                            .withFallback(ConfigFactory.load())
                            .resolve());
    private static final ObjectMapper JSON =
            JacksonObjectMapperProvider.get(KIT.system())
                    .getOrCreate("jackson-json", Optional.empty());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<Object> events() {
        return Examples.events();
    }

    static Stream<Object> eventsAndReports() {
        return Stream.concat(events(), Examples.reports().stream());
    }

    static Stream<Class<?>> types() {
        return Stream.of(
                        ClusterEvent.class,
                        NodeEvent.class,
                        TunnelEvent.class,
                        CommunityEvent.class,
                        ServiceEvent.class,
                        Report.class)
                .flatMap(family -> Stream.of(family.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("eventsAndReports")
    void eventsAreReadAndWrittenAsEver(Object event) throws IOException {
        var file = FOLDER.resolve(name(event.getClass()));
        if (Boolean.getBoolean("selvedge.golden.write") && Files.notExists(file)) {
            Files.writeString(file, pretty(event), UTF_8);
        }
        var golden = Files.readString(file, UTF_8);

        assertThat(pretty(event)).isEqualTo(golden);
        assertThat(JSON.readValue(golden, event.getClass())).isEqualTo(event);
        assertThat(JSON.readValue(golden, event.getClass().getInterfaces()[0])).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyEventHasAGolden(Class<?> type) {
        assertThat(FOLDER.resolve(name(type))).exists();
    }

    @ParameterizedTest
    @MethodSource("eventsAndReports")
    void whatLaterVersionsAddIsPassedOver(Object event) throws IOException {
        var golden = Files.readString(FOLDER.resolve(name(event.getClass())), UTF_8);
        var later = golden.replaceFirst("\\{", "{ \"addedLater\" : [ 1 ],");

        assertThat(JSON.readValue(later, event.getClass())).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSerializerOfTheJournalKeepsEvents(Object event) {
        assertThat(throughTheJournal(event)).isEqualTo(event);
    }

    /** Snapshots: every state that a fabric's life leads to comes back as it was. */
    @Test
    void theSerializerOfTheJournalKeepsStates() {
        var authority = Journals.lived();
        for (var id : authority.journals().keySet()) {
            var state = authority.state(id);
            assertThat(throughTheJournal(state)).as("%s", id).isEqualTo(state);
        }
        assertThat(authority.journals().keySet())
                .extracting(id -> id.kind())
                .contains(EntityKind.values());
    }

    private static Object throughTheJournal(Object value) {
        var serialization = SerializationExtension.get(KIT.system());
        var serializer = serialization.findSerializerFor(value);
        String manifest = ((SerializerWithStringManifest) serializer).manifest(value);
        var bytes = serialization.serialize(value).get();
        return serialization.deserialize(bytes, serializer.identifier(), manifest).get();
    }

    private static String name(Class<?> type) {
        var family = Objects.requireNonNull(type.getEnclosingClass());
        return family.getSimpleName() + "." + type.getSimpleName() + ".json";
    }

    private static String pretty(Object event) throws JsonProcessingException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(event) + "\n";
    }
}
