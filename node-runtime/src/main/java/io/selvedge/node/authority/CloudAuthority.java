// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.audit.Auditing;
import io.selvedge.actors.audit.JdbcAuditTrail;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.shell.ShardedEntities;
import io.selvedge.cluster.Tenant;
import io.selvedge.cluster.TlsStores;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.IpAddress;
import io.selvedge.node.api.AuditApi;
import io.selvedge.node.api.AuthorityApi;
import io.selvedge.node.api.TlsContexts;
import io.selvedge.node.report.ReportSink;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cloud node's part of the authority: the journal, the entities that live here, and on the node
 * that has folders what feeds them. Only cloud nodes load this class.
 */
public final class CloudAuthority implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CloudAuthority.class);

    private final Journal journal;
    private final ShardedEntities entities;
    private final Tenant tenant;
    private final AuditApi audit;
    private final @Nullable FolderFeed feed;

    private CloudAuthority(
            Journal journal,
            ShardedEntities entities,
            Tenant tenant,
            AuditApi audit,
            @Nullable FolderFeed feed) {
        this.journal = journal;
        this.entities = entities;
        this.tenant = tenant;
        this.audit = audit;
        this.feed = feed;
    }

    /**
     * What it starts from.
     *
     * @param cloudNodes the names of all cloud nodes, this one's too
     * @param key the file of the authority's record key, readable by its owner alone
     * @param folders null on nodes that have none
     */
    public record Parts(
            String cluster,
            String node,
            SortedSet<String> cloudNodes,
            Path key,
            JournalSettings journal,
            Api api,
            @Nullable AuthorityFolders folders) {}

    /**
     * Where this node answers about what was decided.
     *
     * @param mayAsk whether the holder of a certificate of the fabric's CA may; on many threads
     */
    public record Api(
            IpAddress address, int port, TlsStores stores, Predicate<X509Certificate> mayAsk) {}

    /**
     * Opens the journal; waits for the database, at most about ten seconds.
     *
     * @param held what this node's fabric plane holds of the authority's
     * @param publish told what the entities here publish; must not wait
     * @throws IOException when this cannot be, saying what to do; it may be possible later
     */
    public static CloudAuthority open(Parts parts, Held held, Consumer<List<SignedRecord>> publish)
            throws IOException {
        var signer = RecordKeyFile.readPrivate(parts.key());
        var cores = new Cores(parts.cluster(), signer);
        var claim = new Claim(parts.cluster(), parts.node(), parts.cloudNodes());
        var api = parts.api();
        var tls = TlsContexts.of(api.stores());
        try {
            var journal = Journal.open(parts.journal(), claim);
            var entities = new ShardedEntities(journal, cores, publish);
            var audit = new AuditApi(new JdbcAuditTrail(journal.reads()), InstantSource.system());
            var tenant =
                    entities.sharding()
                            .and(new Auditing(journal))
                            .and(
                                    new AuthorityApi(
                                            audit, api.address(), api.port(), tls, api.mayAsk()));
            var feed =
                    parts.folders() == null
                            ? null
                            : FolderFeed.start(parts.folders(), cores, entities, held);
            return new CloudAuthority(journal, entities, tenant, audit, feed);
        } catch (JournalException refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    /** Takes what nodes report, while the cluster plane lasts. */
    public ReportSink reports() {
        return new EntitySink(entities, InstantSource.system());
    }

    /** To live in the cluster plane of this node. */
    public Tenant tenant() {
        return tenant;
    }

    /** Answers a line that asks about what was decided; may wait for the database. */
    public String answer(String line) {
        return audit.line(line);
    }

    /** To be called when the cluster plane has ended. */
    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        try {
            journal.close();
        } catch (JournalException left) {
            LOG.atDebug().setCause(left).log("the journal was left uncleanly");
        }
    }
}
