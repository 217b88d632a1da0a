// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * The type of a record, by the number that travels on the wire and is never given twice. A type
 * that this version does not know is kept and passed on untouched.
 */
public record RecordType(int number) implements Comparable<RecordType> {
    public static final RecordType FABRIC_SETTINGS = new RecordType(1);
    public static final RecordType NODE_GRANT = new RecordType(2);
    public static final RecordType COMMUNITY = new RecordType(3);
    public static final RecordType ENDPOINT = new RecordType(4);
    public static final RecordType OBSERVATION = new RecordType(5);
    public static final RecordType REVOCATION = new RecordType(6);
    public static final RecordType TRUST_BUNDLE = new RecordType(7);
    public static final RecordType ROSTER = new RecordType(8);
    public static final RecordType SERVICE_SPEC = new RecordType(9);

    @Override
    public int compareTo(RecordType other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return switch (number) {
            case 1 -> "FabricSettings";
            case 2 -> "NodeGrant";
            case 3 -> "Community";
            case 4 -> "Endpoint";
            case 5 -> "Observation";
            case 6 -> "Revocation";
            case 7 -> "TrustBundle";
            case 8 -> "Roster";
            case 9 -> "ServiceSpec";
            default -> "type-" + number;
        };
    }
}
