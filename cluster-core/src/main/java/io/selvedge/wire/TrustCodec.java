// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.ByteString;
import io.selvedge.model.Bytes;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.proto.AuthorityProto;
import io.selvedge.wire.proto.EverythingProto;
import io.selvedge.wire.proto.RevocationProto;
import io.selvedge.wire.proto.RosterProto;
import io.selvedge.wire.proto.SitesProto;
import io.selvedge.wire.proto.TrustBundleProto;

/** What records of trust say (whom to trust, whom no more, what lives), to bytes and back. */
final class TrustCodec {
    private TrustCodec() {}

    static RevocationProto revocation(Payload.Revocation revocation) {
        return RevocationProto.newBuilder()
                .setRevoked(Fields.string(revocation.revoked().bytes()))
                .setReason(revocation.reason())
                .build();
    }

    static Payload revocation(RevocationProto proto) throws MalformedRecord {
        return new Payload.Revocation(
                new RecordKey(Fields.bytes("revocation.revoked", proto.getRevoked(), 32)),
                Fields.text("revocation.reason", proto.getReason()));
    }

    static TrustBundleProto bundle(Payload.TrustBundle bundle) {
        return TrustBundleProto.newBuilder()
                .addAllAuthorities(
                        bundle.authorities().stream().map(TrustCodec::authority).toList())
                .build();
    }

    static Payload bundle(TrustBundleProto proto) throws MalformedRecord {
        var authorities =
                Fields.list(
                        "trust.authorities",
                        proto.getAuthoritiesList(),
                        (_, one) -> TrustCodec.authority(one));
        return Fields.checked("trust.authorities", () -> new Payload.TrustBundle(authorities));
    }

    private static AuthorityProto authority(Authority authority) {
        var proto = AuthorityProto.newBuilder().setKey(Fields.string(authority.key().bytes()));
        switch (authority.limits()) {
            case Limits.Everything() -> proto.setEverything(EverythingProto.getDefaultInstance());
            case Limits.OfSites(var sites, var podCidrs, var fabricCidr) ->
                    proto.setOfSites(
                            SitesProto.newBuilder()
                                    .addAllSites(sites)
                                    .addAllPodCidrs(Fields.cidrs(podCidrs))
                                    .setFabricCidr(Fields.cidr(fabricCidr)));
        }
        return proto.build();
    }

    private static Authority authority(AuthorityProto proto) throws MalformedRecord {
        var key = Fields.bytes("trust.authorities.key", proto.getKey(), 32);
        return new Authority(new RecordKey(key), limits(proto));
    }

    /** Limits that are missing, or of a kind not known here, are refused: none is too many. */
    private static Limits limits(AuthorityProto proto) throws MalformedRecord {
        return switch (proto.getLimitsCase()) {
            case EVERYTHING -> new Limits.Everything();
            case OF_SITES -> sites(proto.getOfSites());
            case LIMITS_NOT_SET ->
                    throw new MalformedRecord("trust.authorities.limits", "are not known");
        };
    }

    private static Limits sites(SitesProto proto) throws MalformedRecord {
        return new Limits.OfSites(
                Fields.set("trust.authorities.sites", proto.getSitesList(), Fields::name),
                Fields.cidrs("trust.authorities.pod_cidrs", proto.getPodCidrsList()),
                Fields.cidr("trust.authorities.fabric_cidr", proto.getFabricCidr()));
    }

    static RosterProto roster(Payload.Roster roster) {
        return RosterProto.newBuilder()
                .setPublication(roster.publication())
                .setSlice(roster.slice())
                .setSlices(roster.slices())
                .addAllLive(roster.live().stream().map(Fields::string).toList())
                .build();
    }

    static Payload roster(RosterProto proto) throws MalformedRecord {
        long publication = Fields.count("roster.publication", proto.getPublication());
        if (publication == 0) {
            throw new MalformedRecord("roster.publication", "is missing");
        }
        int slices = Fields.number("roster.slices", proto.getSlices(), 1, Integer.MAX_VALUE);
        int slice = Fields.number("roster.slice", proto.getSlice(), 0, slices - 1);
        var live = Fields.set("roster.live", proto.getLiveList(), TrustCodec::hash);
        return Fields.checked(
                "roster.live", () -> new Payload.Roster(publication, slice, slices, live));
    }

    private static Bytes hash(String field, ByteString value) throws MalformedRecord {
        return Fields.bytes(field, value, Payload.Roster.HASH_SIZE);
    }
}
