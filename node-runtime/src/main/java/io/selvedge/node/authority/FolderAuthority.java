// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import io.selvedge.actors.authority.AuthorityActor;
import io.selvedge.actors.authority.AuthorityActor.IntentChanged;
import io.selvedge.actors.authority.AuthorityActor.Message;
import io.selvedge.actors.authority.AuthorityActor.RegistrationsChanged;
import io.selvedge.actors.authority.AuthorityOffice;
import io.selvedge.actors.authority.AuthorityOffice.Outcome;
import io.selvedge.model.Cidr;
import io.selvedge.node.intent.FolderIntentSource;
import io.selvedge.node.intent.FolderWatch;
import io.selvedge.node.intent.IntentReading;
import io.selvedge.node.intent.IntentSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.SortedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority of a running node over its folders: {@link #open} it, spawn its {@link #behavior}
 * on a blocking dispatcher, {@link #feed} the actor, and {@link #close} it after the actor ended.
 */
public final class FolderAuthority implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderAuthority.class);

    private final AuthorityLog log;
    private final AuthorityOffice office;
    private final IntentSource intent;
    private final RegistrationsFolder registrations;
    private @Nullable FolderWatch registrationsWatch;

    private FolderAuthority(AuthorityFolders folders, AuthorityLog log, AuthorityOffice office) {
        this.log = log;
        this.office = office;
        this.intent = new FolderIntentSource(folders.intent());
        this.registrations = new RegistrationsFolder(folders.registrations());
    }

    public static FolderAuthority open(AuthorityFolders folders) throws IOException {
        var signer = RecordKeyFile.read(folders.key());
        var log = AuthorityLog.open(folders.state(), signer.key());
        return new FolderAuthority(
                folders, log, new AuthorityOffice(log, signer, new SecureRandom()));
    }

    /** The actor; the audience hears in its thread. */
    public Behavior<Message> behavior(SortedSet<Cidr> localRoutes, Consumer<Outcome> audience) {
        return AuthorityActor.create(office, localRoutes, audience);
    }

    /** Begins to tell the actor what the folders say. */
    public void feed(ActorRef<Message> authority) {
        registrationsWatch =
                registrations.watch(reading -> {
                    reading.problems()
                            .forEach(problem ->
                                    LOG.atWarn()
                                            .addKeyValue("problem", problem)
                                            .log("registration not usable"));
                    authority.tell(new RegistrationsChanged(reading.byNode()));
                });
        intent.start(reading -> tell(reading, authority));
    }

    @Override
    public void close() throws IOException {
        intent.close();
        if (registrationsWatch != null) {
            registrationsWatch.close();
        }
        log.close();
    }

    private static void tell(IntentReading reading, ActorRef<Message> authority) {
        switch (reading) {
            case IntentReading.Loaded(var intent) -> authority.tell(new IntentChanged(intent));
            case IntentReading.Refused(var errors) ->
                    errors.forEach(error ->
                            LOG.atError()
                                    .addKeyValue("error", error)
                                    .log("manifest refused, the last good intent stays"));
            case IntentReading.Unreadable(var reason) ->
                    LOG.atWarn()
                            .addKeyValue("reason", reason)
                            .log("intent unreadable, the last good intent stays");
        }
    }
}
